import type { Label } from './contract/query.ts';

/** The three-letter names that IANA has; others, such as CST, name several zones. */
const SHORT_NAMES = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '));

/** Null for an IANA name; else why not, and what to write. The engine has the last word. */
export function timeZoneFault(zone: string): Label | null {
  const ambiguous = /^[A-Z]{3}$/i.test(zone) && !SHORT_NAMES.has(zone.toUpperCase());
  if (!ambiguous && isKnown(zone)) return null;
  const instead = offsetZone(zone) ?? (zone.toUpperCase() === 'CST' ? 'Asia/Shanghai' : null);
  return instead === null
    ? {
        en: `“${zone}” is no time zone; give an IANA name such as Asia/Shanghai.`,
        zh: `“${zone}”不是时区；请填写 IANA 名称，如 Asia/Shanghai。`,
      }
    : {
        en: `“${zone}” is no IANA time zone; write ${instead} instead.`,
        zh: `“${zone}”不是 IANA 时区；请改写为 ${instead}。`,
      };
}

export const sameTimeZone = (a: string, b: string): boolean =>
  a === b || (isKnown(a) && isKnown(b) && plain(a) === plain(b));

const plain = (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

function isKnown(zone: string): boolean {
  // Newer Nodes take offsets, the engine does not.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    plain(zone);
    return true;
  } catch {
    return false;
  }
}

/** `UTC+8` → IANA's name, where the sign is the other way round. */
function offsetZone(text: string): string | null {
  const [, sign, hours, minutes] = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(text.trim()) ?? [];
  if (sign === undefined || Number(minutes ?? 0) !== 0) return null;
  const offset = Number(hours);
  if (offset === 0) return 'Etc/UTC';
  if (offset > (sign === '+' ? 14 : 12)) return null;
  const fixed = `Etc/GMT${sign === '+' ? '-' : '+'}${offset}`;
  return sign === '+' && offset === 8 ? `Asia/Shanghai (or ${fixed})` : `${fixed}`;
}
