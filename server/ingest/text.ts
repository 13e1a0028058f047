/** Names as the warehouse knows them; pure. */

/** A name of a producer, platform or franchise: NFKC, trimmed, runs of white space made one space. */
export function normalName(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** A series title: a normal name without the marks of a Chinese title, `《…》`. */
export function normalTitle(text: string): string {
  return normalName(text.normalize('NFKC').replace(/[《》]/gu, ''));
}

/** A name as it is shown: as written, without stray white space. */
export function writtenName(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** A title as it is shown: as written, without the marks of a Chinese title. */
export function writtenTitle(text: string): string {
  return writtenName(text.replace(/[《》]/gu, ''));
}

/** What two spellings of one word share: NFKC, lower case, letters and digits of any script only. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '');
}

/** What bytes become that are nothing in the encoding of their file. */
export const SPOILT = '\ufffd';

/** Texts that mean "no value" in real exports. */
export const BLANKS = [
  '',
  '-',
  '--',
  '---',
  '—',
  '——',
  '–',
  '−',
  '/',
  '\\n',
  'n/a',
  'na',
  'nan',
  'null',
  'none',
  'nil',
  '暂无',
  '无',
  '未知',
  '#n/a',
  '#value!',
  '#ref!',
  '#div/0!',
  '(null)',
  'undefined',
  '无数据',
  '不详',
  '無',
  'なし',
] as const;
const blanks = new Set<string>(BLANKS);

export function isBlank(text: string | null | undefined): boolean {
  return text === null || text === undefined || blanks.has(text.normalize('NFKC').trim().toLowerCase());
}

/**
 * The members of a list in one cell: JSON (`["逆袭","都市"]`), as Python prints it (`['逆袭', '都市']`), or separated by `/ | ; 、 ；`, and by commas too.
 * As written; blanks are dropped, repeats kept once, the order stays.
 */
export function members(text: string): string[] {
  const parts = jsonList(text) ?? pythonList(text) ?? text.split(/[/|丨;；、,，｜／\n]/u);
  const byName = new Map<string, string>();
  for (const part of parts) {
    const name = normalName(part);
    if (!isBlank(name) && !byName.has(name)) byName.set(name, writtenName(part));
  }
  return [...byName.values()];
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

/** `['逆袭', "it's"]`: a list as Python prints it. */
function pythonList(text: string): string[] | null {
  const inside = /^\s*\[(.*)\]\s*$/su.exec(text)?.[1];
  if (inside === undefined) return null;
  const items = [...inside.matchAll(/\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"]+))\s*(?:,|$)/gu)];
  return items.map(([, single, double, bare]) => (single ?? double ?? bare ?? '').replace(/\\(.)/gu, '$1'));
}
