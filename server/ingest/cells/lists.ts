/** A list of names in one cell (docs/reading-files.md#names-genres-regions). Only this code splits lists, never SQL. */
import { isBlank, normalName, writtenName } from '../../vocabulary/text.ts';

/** Splits names if a cell has any of these; else commas do. */
const PARTING = /[/／|｜丨;；、\r\n]/u;
const COMMA = /[,，]/u;

/** Words in a company's legal form, without points: `Co., Ltd.`, `S.A. de C.V.`, `Sp. z o.o.`. */
const FORM_WORDS: ReadonlySet<string> = new Set(
  (
    'ltd limited co company corp corporation inc incorporated llc llp lllp lp plc pte pty pvt private public sdn bhd tbk pt ' +
    'gmbh ag kg kgaa ohg ug mbh ev se sa sas sasu sarl eurl srl sl slu spa snc sc cv de rl ltda lda eireli bv nv ' +
    'oy oyj ab as asa aps a/s kk gk yk jsc pjsc ojsc ooo oao zao kft zrt sro doo sp z oo spzoo fze fzco fzllc dmcc ' +
    '有限公司 有限责任公司 有限責任公司 股份有限公司 株式会社 有限会社 合同会社 주식회사 유한회사'
  ).split(' '),
);

/** Nothing is split inside these quotes. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '＂': '＂', '“': '”', '「': '」', '『': '』' };

/**
 * The names in one cell: JSON, `['逆袭', '都市']`, or split at `/ | ; 、 丨` and line ends, else at commas. A legal form
 * (`Ltd.`) belongs to the name before it. Gives names as written, each once, in order, without blanks.
 */
export function members(text: string): string[] {
  const parts = jsonList(text) ?? bracketedList(text) ?? partedList(text);
  const byName = new Map<string, string>();
  for (const part of parts) {
    const name = normalName(part);
    if (!isBlank(name) && !byName.has(name)) byName.set(name, writtenName(part));
  }
  return [...byName.values()];
}

function partedList(text: string): string[] {
  const open = unquoted(text);
  const parting = PARTING.test(open) ? PARTING : COMMA;
  const parts: { from: number; to: number }[] = [];
  let from = 0;
  for (let at = 0; at <= open.length; at++) {
    if (at < open.length && !parting.test(open.charAt(at))) continue;
    const before = parts.at(-1);
    if (before && isCompanyForm(text.slice(from, at))) before.to = at;
    else parts.push({ from, to: at });
    from = at + 1;
  }
  return parts.map((part) => withoutQuotes(text.slice(part.from, part.to)));
}

/** Whether a part consists only of words of legal forms. */
export function isCompanyForm(part: string): boolean {
  const words = normalName(part)
    .toLowerCase()
    .split(/[\s,()&]+/u)
    .filter((word) => word !== '');
  const isForm = (word: string) =>
    FORM_WORDS.has(word.replaceAll('.', '')) || word.split('.').every((w) => w === '' || FORM_WORDS.has(w));
  return words.length > 0 && words.every(isForm);
}

function unquoted(text: string): string {
  let open = '';
  let done = 0;
  const closings = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const closing = QUOTES[text.charAt(at)];
    if (closing === undefined || isWord(text.charAt(at - 1))) continue;
    // What was found for an earlier quote is asked again: a text of nothing but quotes would take minutes.
    const known = closings.get(closing) ?? 0;
    const end = known > at ? known : closingAt(text, closing, at + 1);
    closings.set(closing, end);
    if (end === Number.POSITIVE_INFINITY) continue;
    open += text.slice(done, at + 1) + ' '.repeat(end - at - 1);
    done = end;
    at = end;
  }
  return open + text.slice(done);
}

/** Where a quote closes: not before a letter or digit, as in `12" and 7" vinyl`; infinity if it does not. */
function closingAt(text: string, closing: string, from: number): number {
  let end = text.indexOf(closing, from);
  while (end >= 0 && isWord(text.charAt(end + 1))) end = text.indexOf(closing, end + 1);
  return end < 0 ? Number.POSITIVE_INFINITY : end;
}

const isWord = (character: string) => /[a-z0-9]/iu.test(character);

function withoutQuotes(part: string): string {
  const name = part.trim();
  const closing = /^["＂]/u.test(name) ? QUOTES[name.charAt(0)] : undefined;
  return closing !== undefined && name.length > 1 && name.indexOf(closing, 1) === name.length - 1
    ? name.slice(1, -1)
    : part;
}

function jsonList(text: string): string[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : null;
  } catch {
    return null;
  }
}

/** Characters of a list in quotes: the pattern for its items is slow on more, which no list of names has. */
const LONGEST_LITERAL = 10_000;

/** `['逆袭', "it's"]`, as Python prints it, and `[逆袭、都市]`. */
function bracketedList(text: string): string[] | null {
  const inside = /^\s*[[【［](.*)[\]】］]\s*$/su.exec(text)?.[1];
  if (inside === undefined) return null;
  if (inside.length > LONGEST_LITERAL || !/^\s*['"]/u.test(inside))
    return /[[\]【】［］]/u.test(inside) ? null : partedList(inside);
  const items = [...inside.matchAll(/\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"]+))\s*(?:,|$)/gu)];
  return items.map(([, single, double, bare]) => (single ?? double ?? bare ?? '').replace(/\\(.)/gu, '$1'));
}
