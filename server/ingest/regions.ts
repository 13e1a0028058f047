/** Regions as ISO 3166-1 alpha-2; names in Chinese and English come from the runtime's own tables. */
import { fold, isBlank, normalName } from './text.ts';

export const UNKNOWN = '(unknown)';

const further: Readonly<Record<string, string>> = {
  中国大陆: 'CN',
  中国内地: 'CN',
  大陆: 'CN',
  内地: 'CN',
  国内: 'CN',
  全国: 'CN',
  china: 'CN',
  mainlandchina: 'CN',
  prc: 'CN',
  chn: 'CN',
  中国台湾: 'TW',
  台湾: 'TW',
  taiwan: 'TW',
  中国香港: 'HK',
  香港: 'HK',
  hongkong: 'HK',
  中国澳门: 'MO',
  澳门: 'MO',
  macau: 'MO',
  usa: 'US',
  unitedstatesofamerica: 'US',
  america: 'US',
  北美: 'US',
  uk: 'GB',
  england: 'GB',
  greatbritain: 'GB',
  korea: 'KR',
  southkorea: 'KR',
  uae: 'AE',
  vietnam: 'VN',
  turkey: 'TR',
  russia: 'RU',
  jpn: 'JP',
  kor: 'KR',
  idn: 'ID',
  tha: 'TH',
};

/** By folded spelling. */
const spellings = new Map<string, string>();
const labels = new Map<string, { zh: string; en: string }>();

const A = 'A'.charCodeAt(0);
const zhNames = new Intl.DisplayNames('zh-Hans', { type: 'region', fallback: 'none' });
const enNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
for (let i = 0; i < 26 * 26; i++) {
  const id = String.fromCharCode(A + Math.floor(i / 26), A + (i % 26));
  const zh = zhNames.of(id);
  const en = enNames.of(id);
  if (!zh || !en || id === 'UK' || id === 'ZZ') continue;
  labels.set(id, { zh, en });
  spellings.set(fold(id), id);
  spellings.set(fold(zh), id);
  spellings.set(fold(en), id);
}
for (const [spelling, id] of Object.entries(further)) spellings.set(fold(spelling), id);

/**
 * Whether `NA` among these cells is Namibia: where every other filled cell is a code of two letters. Else it says that
 * there is no value.
 */
export function writesCodes(cells: readonly (string | null)[]): boolean {
  const others = cells.filter((c): c is string => !isBlank(c));
  return others.length > 0 && others.every((c) => /^[a-z]{2}$/iu.test(c.normalize('NFKC').trim()));
}

/** `NA` in a column of codes, by a name that nobody takes for a blank. */
export const namibiaOf = (cell: string | null) => (cell?.normalize('NFKC').trim() === 'NA' ? 'Namibia' : cell);

/** The id of a region as written; an unknown name stays itself. */
export function regionOf(text: string): string {
  if (isBlank(text)) return UNKNOWN;
  return spellings.get(fold(text)) ?? normalName(text);
}

/** Labels of an ISO id, or null for a region that has none. */
export function regionLabel(id: string): { zh: string; en: string } | null {
  return labels.get(id) ?? null;
}
