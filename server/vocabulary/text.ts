/** Names as the warehouse stores them. Lists of names in one cell are in `lists.ts`. */

/**
 * Invisible characters of copied texts: soft hyphens, zero-width spaces, byte order marks, direction marks. Not joiners
 * (U+200C, U+200D): they are letters of some scripts.
 */
export const INVISIBLE =
  '\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff';
const invisible = new RegExp(`[${INVISIBLE}]`, 'gu');

export const visible = (text: string): string => text.replace(invisible, '');

/** NFKC, trimmed, white space as one space. */
export function normalName(text: string): string {
  return visible(text).normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** Without the marks of a Chinese title, `《…》`. */
export function normalTitle(text: string): string {
  return normalName(text.normalize('NFKC').replace(/[《》]/gu, ''));
}

export function writtenName(text: string): string {
  return visible(text).replace(/\s+/gu, ' ').trim();
}

export function writtenTitle(text: string): string {
  return writtenName(text.replace(/[《》]/gu, ''));
}

/** What spellings of one word share: NFKC, lower case, letters and digits only. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '');
}

/** Replaces bytes that are not of the file's encoding. */
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
