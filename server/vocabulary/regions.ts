/** Regions as ISO 3166-1 alpha-2, groups of countries (`035` Southeast Asia) as UN M49; names are from CLDR. */
import { fold, isBlank, normalName } from './text.ts';

export const UNKNOWN = '(unknown)';

/** The dataset's own region, which only the dataset knows. */
export const DOMESTIC = '(domestic)';
/** Abroad, unknown where. */
export const OVERSEAS = '(overseas)';

/** Names that CLDR does not have, and texts for no country. */
const further: Readonly<Record<string, readonly string[]>> = {
  CN: ['中国大陆', '中国内地', '大陆', '内地', '中國大陸', '中國內地', '大陸', '內地', 'mainland china', 'prc', 'chn'],
  TW: ['中国台湾', '中國台灣', '臺灣'],
  HK: ['中国香港', '中國香港'],
  MO: ['中国澳门', '中國澳門', 'macau'],
  US: ['usa', 'united states of america', 'america'],
  GB: ['england', 'great britain'],
  KR: ['korea', 'republic of korea', '韓國'],
  AE: ['uae', '阿联酋', '阿聯酋'],
  TR: ['turkey'],
  RU: ['russian federation'],
  CZ: ['czech republic'],
  CI: ['ivory coast'],
  MM: ['burma', 'myanmar'],
  JP: ['jpn'],
  ID: ['idn'],
  TH: ['tha'],
  // Only geographers tell North America from Northern America.
  '003': ['北美', 'Northern America', 'Norteamérica', '北アメリカ', '북미', 'América do Norte'],
  '005': ['南美', '남미', '南米'],
  '013': ['中米', '중미'],
  '030': ['East Asia'],
  '034': ['South Asia'],
  '035': ['South East Asia', '东南亚地区', 'ASEAN', '东盟', '東盟', '동남아'],
  '145': ['West Asia'],
  '419': ['拉美', 'LATAM', '중남미', '中南米'],
  [DOMESTIC]: ['国内', '國內', '境内', '境內', '全国', '全國', '本土', '国内市场', 'domestic', 'home market', '국내'],
  [OVERSEAS]: [
    ...['海外', '境外', '国外', '國外', '海外市场', '海外市場', '海外地区', '其他海外', '해외', '国外市场', '出海'],
    ...['overseas', 'abroad', 'international', 'foreign', 'non-China', 'exterior', 'extranjero'],
  ],
  [UNKNOWN]: [
    ...[
      '其他',
      '其它',
      '其他地区',
      '其它地区',
      '其他国家',
      '其他国家和地区',
      '其他國家',
      '未知地区',
      '未知地區',
      'その他',
    ],
    ...['其他市场', '기타', 'other', 'others', 'other regions', 'other countries', 'other markets', 'rest of world'],
    ...['row', 'unknown region', 'unknown', 'outros', 'outras', 'otros', 'otras'],
  ],
};
const OWN_GROUPS: readonly { id: string; zh: string; en: string; names: readonly string[] }[] = [
  { id: 'asia_pacific', zh: '亚太', en: 'Asia-Pacific', names: ['亞太', 'apac', 'アジア太平洋'] },
  { id: 'greater_china', zh: '大中华区', en: 'Greater China', names: ['大中華區', '大中华'] },
  {
    ...{ id: 'hk_mo_tw', zh: '港澳台', en: 'Hong Kong, Macao and Taiwan' },
    names: ['港澳臺', '中国港澳台', '港台', '香港澳门台湾'],
  },
  {
    ...{ id: 'middle_east', zh: '中东', en: 'Middle East' },
    names: ['中東', '중동', 'oriente medio', 'oriente médio', 'mena', '中东北非'],
  },
];

/** Groups with the default home market in them: nobody knows whether such a row is domestic. */
const BROAD: ReadonlySet<string> = new Set(['142', '030', 'asia_pacific', 'greater_china']);

const spellings = new Map<string, string>();
const labels = new Map<string, { zh: string; en: string }>();

function add(spelling: string | undefined, id: string): void {
  if (spelling === undefined) return;
  for (const key of [fold(spelling), fold(bare(spelling))]) if (key && !spellings.has(key)) spellings.set(key, id);
}
/** Without accents: `Mexico`, `Cote d'Ivoire`. */
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC');

/** The order decides a spelling with two meanings. */
const LANGUAGES = ['zh-Hans', 'en', 'zh-Hant', 'ja', 'ko', 'pt', 'pt-PT', 'es'];
const WORLD = '001';
/** CLDR's codes that are no countries of ISO 3166-1. */
const NO_COUNTRY = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);
const A = 'A'.charCodeAt(0);
const namesOf = (language: string, style: 'long' | 'short') =>
  new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });

/** `FX` and `SU` are old codes of `FR` and `RU`, with the same names. */
const isCurrent = (id: string) => new Intl.Locale(`und-${id}`).region === id;
const countries = Array.from({ length: 26 * 26 }, (_, i) => String.fromCharCode(A + Math.floor(i / 26), A + (i % 26)));
const groups = Array.from({ length: 999 }, (_, i) => String(i + 1).padStart(3, '0'));
const [zhNames, enNames] = [namesOf('zh-Hans', 'long'), namesOf('en', 'long')];
const codes = [...countries.filter((id) => !NO_COUNTRY.has(id)), ...groups].filter(
  (id) => enNames.of(id) !== undefined && isCurrent(id),
);
for (const id of codes) {
  const [zh, en] = [zhNames.of(id), enNames.of(id)];
  if (zh && en) labels.set(id, { zh, en });
  if (/^\D/u.test(id)) add(id, id);
}
for (const [id, names] of Object.entries(further)) for (const name of names) add(name, id);
for (const { id, zh, en, names } of OWN_GROUPS) {
  labels.set(id, { zh, en });
  for (const name of [id, zh, en, ...names]) add(name, id);
}
for (const style of ['long', 'short'] as const)
  for (const names of LANGUAGES.map((language) => namesOf(language, style)))
    for (const id of codes) add(names.of(id), id === WORLD ? UNKNOWN : id);
labels.delete(WORLD);
labels.set(OVERSEAS, { zh: '海外', en: 'Overseas' });

/** Whether `NA` is Namibia: all other filled cells are codes of two letters. Else it means no value. */
export function writesCodes(cells: readonly (string | null)[]): boolean {
  const others = cells.filter((c): c is string => !isBlank(c));
  return others.length > 0 && others.every((c) => /^[a-z]{2}$/iu.test(c.normalize('NFKC').trim()));
}

/** `NA` in a column of codes, by a name that is no blank. */
export const namibiaOf = (cell: string | null) => (cell?.normalize('NFKC').trim() === 'NA' ? 'Namibia' : cell);

/** Endings that do not change a region's meaning: `美国市场`, `US market`. */
const KIND = /(?:市场|市場|地区|地區|站|markets?|region)$/u;

/** An id, `DOMESTIC`, `OVERSEAS` or `UNKNOWN`; an unknown name stays itself. */
export function regionOf(text: string): string {
  if (isBlank(text)) return UNKNOWN;
  const folded = fold(text);
  const forms = [folded, fold(bare(text)), folded.replace(KIND, '')];
  return forms.map((form) => spellings.get(form)).find((id) => id !== undefined) ?? normalName(text);
}

/** By today's names: `FX`, an old code of France, is `FR`, and `其他` is unknown. @param home the dataset's own region */
export function currentRegion(id: string, home: string): string {
  const current = /^[A-Z]{2}$/u.test(id) ? new Intl.Locale(`und-${id}`).region : undefined;
  const region = current ?? regionOf(id);
  return region === DOMESTIC ? home : region;
}

export const isBroad = (id: string) => BROAD.has(id);

/** Whether a cell names a region; `其他` does not. */
export const isRegion = (cell: string) => regionOf(cell) === DOMESTIC || regionLabel(regionOf(cell)) !== null;

export function regionLabel(id: string): { zh: string; en: string } | null {
  return labels.get(id) ?? null;
}
