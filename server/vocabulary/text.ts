/** Names as the warehouse knows them; pure. Lists of names in one cell are in `lists.ts`. */

/**
 * Characters that nobody sees and that copied texts carry along: soft hyphens, zero-width spaces, word joiners, byte
 * order marks, direction marks. Joiners (U+200C, U+200D) stay: they are letters of some scripts.
 */
export const INVISIBLE =
  '\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff';
const invisible = new RegExp(`[${INVISIBLE}]`, 'gu');

/** The text without `INVISIBLE` characters. */
export const visible = (text: string): string => text.replace(invisible, '');

/** A name of a producer, platform or franchise: NFKC, trimmed, runs of white space made one space. */
export function normalName(text: string): string {
  return visible(text).normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** A series title: a normal name without the marks of a Chinese title, `《…》`. */
export function normalTitle(text: string): string {
  return normalName(text.normalize('NFKC').replace(/[《》]/gu, ''));
}

/** A name as it is shown: as written, without stray white space. */
export function writtenName(text: string): string {
  return visible(text).replace(/\s+/gu, ' ').trim();
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
  return text === null || text === undefined || blanks.has(visible(text).normalize('NFKC').trim().toLowerCase());
}
