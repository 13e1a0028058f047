/** Keys that two names of one thing may share, from the surest to the loosest. */
import type { AliasDimension, Suggestion } from '../../contract/aliases.ts';
import { fold } from '../../vocabulary/text.ts';

export type Reason = Suggestion['reason'];

/** Members with the same key may be one, with this score before other evidence. */
export interface NameKey {
  readonly key: string;
  readonly reason: Reason;
  readonly score: number;
}

export interface NameForms {
  readonly keys: readonly NameKey[];
  /** Without marks, suffixes and signs, for loose comparison. */
  readonly core: string;
  /** Numbers and marks of sequels: names that differ in these are never one. */
  readonly numbers: string;
  readonly trade: string;
}

const HAN_DIGITS = '零一二三四五六七八九';

/** `12`, `十二`, `两`, `iv`; null if it is no number. */
export function numberOf(text: string): number | null {
  if (/^\d+$/u.test(text)) return Number(text);
  const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'].indexOf(text);
  if (roman >= 0) return roman + 1;
  const [tens, ones] = text.replace('两', '二').split('十');
  const digit = (c: string | undefined, blank: number) => (c ? HAN_DIGITS.indexOf(c) : blank);
  if (ones === undefined) return tens?.length === 1 && HAN_DIGITS.includes(tens) ? HAN_DIGITS.indexOf(tens) : null;
  const number = digit(tens, 1) * 10 + digit(ones, 0);
  return digit(tens, 1) < 0 || digit(ones, 0) < 0 ? null : number;
}

const NUMBER = '(\\d{1,2}|[一二三四五六七八九十两]{1,3}|[ivx]{1,4})';
/** The season in a title; what follows stays part of the title. */
const SEASONS = [
  new RegExp(`第\\s*${NUMBER}\\s*[季部辑卷]`, 'u'),
  new RegExp(`\\b(?:season|part|vol\\.?|volume)\\s*${NUMBER}\\b`, 'u'),
  /\bs0?(\d{1,2})$/u,
  /(?<=[^\d.])(\d{1,2})$/u,
  /(?<=[\s\p{Script=Han}])([ivx]{1,4})$/u,
];
/** What platforms add to a title without meaning another series. */
const DECORATION =
  /[([【〔](?:[^)\]】〕]*(?:全集|完整|合集|完结|高清|短剧|独播|热播|竖屏|集全|全\d+集)[^)\]】〕]*)[)\]】〕]|(?:全集|完整版|合集|完结版?|高清版?|微?短剧|竖屏版?|全\d+集|\d+集全)$/gu;
const SEQUELS = /\d+|[零一二三四五六七八九十百千万两]|续|前传|后传|外传|番外|终章?|大结局|[上中下]$|\b[ivx]+$/gu;

/** Traditional numbers and sequels; other characters are compared by pronunciation. */
const SIMPLE: Readonly<Record<string, string>> = { 萬: '万', 兩: '两', 續: '续', 傳: '传', 終: '终' };

export function titleForms(title: string): NameForms {
  const plain = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[萬兩續傳終]/gu, (c) => SIMPLE[c] ?? c)
    .replace(/\s+/gu, ' ')
    .trim();
  const bare = plain.replace(DECORATION, '').trim();
  const written = fold(plain);
  const decorated = seasonOf(plain);
  const { name, season } = seasonOf(bare);
  const core = fold(name);
  if (core === '') return { keys: [], core: '', numbers: '', trade: '' };
  return {
    keys: [
      { key: `w:${written}`, reason: 'spelling', score: 0.97 },
      { key: `s:${fold(decorated.name)}#${decorated.season}`, reason: 'season_mark', score: 0.9 },
      { key: `d:${core}#${season}`, reason: 'decoration', score: 0.88 },
    ],
    core,
    numbers: `${season} ${(name.match(SEQUELS) ?? []).join(' ')}`,
    trade: '',
  };
}

/** The season is 1 if the title has none. */
function seasonOf(title: string): { name: string; season: number } {
  for (const pattern of SEASONS) {
    const match = pattern.exec(title);
    const season = match?.[1] === undefined ? null : numberOf(match[1]);
    if (match && season !== null && season > 0) {
      const name = title.slice(0, match.index) + title.slice(match.index + match[0].length);
      if (fold(name) !== '') return { name, season };
    }
  }
  return { name: title, season: 1 };
}

const LEGAL =
  /(?:股份有限公司|有限责任公司|有限公司|公司|\bco\.?,? ?ltd\.?|\bltd\.?|\binc\.?|\bllc|\blimited|\bcorp(?:oration)?\.?|\bcompany)$/u;
const TRADE =
  /(?:影视|文化|传媒|传播|科技|影业|娱乐|制作|工作室|制片厂?|短剧|剧场|集团|网络|平台|小程序|免费|\bapp|app|\bstudios?|\bmedia|\bpictures|\bentertainment|\bfilms?|\bproductions?|\bgroup|\bculture|\bdramas?|\bshorts?)$/u;
const PLACE =
  /^(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|郑州|厦门|青岛|横店|海南|浙江|江苏|广东|四川|河南|湖南|陕西|福建|山东)市?省?|[（(][^()（）]{2,6}[)）]/gu;

export function companyForms(name: string): NameForms {
  const plain = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  const legal = stripEnd(plain, LEGAL);
  const trade = stripEnd(legal, TRADE);
  const local = stripEnd(stripEnd(plain.replace(PLACE, '').trim(), LEGAL), TRADE);
  const core = fold(trade);
  const key = (prefix: string, text: string, reason: Reason, score: number): NameKey[] =>
    isLong(fold(text)) ? [{ key: `${prefix}:${fold(text)}`, reason, score }] : [];
  return {
    keys: [
      { key: `w:${fold(plain)}`, reason: 'spelling', score: 0.97 },
      ...key('l', legal, 'company_suffix', 0.93),
      ...key('t', trade, 'company_suffix', 0.75),
      ...key('p', local, 'company_suffix', 0.68),
    ],
    core,
    numbers: (plain.match(/\d+|[一二三四五六七八九十]/gu) ?? []).join(' '),
    trade: fold(legal.slice(trade.length)),
  };
}

function stripEnd(text: string, pattern: RegExp): string {
  for (let now = text; ; ) {
    const next = now.replace(pattern, '').trim();
    // A name of nothing but such words is a name.
    if (next === now || !isLong(fold(next))) return now;
    now = next;
  }
}

const isLong = (core: string) => core.length >= (/\p{Script=Han}/u.test(core) ? 2 : 3);

export const formsOf = (dimension: AliasDimension): ((name: string) => NameForms) =>
  dimension === 'series' || dimension === 'franchise' ? titleForms : companyForms;

/** One insertion, deletion, change, or swap of neighbours. */
export function isOneEditApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
