/** Names of places and languages that a catalogue states in one language, for readers of the other. */
import type { Label } from '../contract/query.ts';
import { regionLabel, regionOf } from './regions.ts';
import { fold } from './text.ts';

/** Provinces, as the Chinese government names them in English. A producer's region is often one of them. */
const PROVINCES: readonly (readonly [zh: string, en: string])[] = [
  ['北京', 'Beijing'],
  ['天津', 'Tianjin'],
  ['河北', 'Hebei'],
  ['山西', 'Shanxi'],
  ['内蒙古', 'Inner Mongolia'],
  ['辽宁', 'Liaoning'],
  ['吉林', 'Jilin'],
  ['黑龙江', 'Heilongjiang'],
  ['上海', 'Shanghai'],
  ['江苏', 'Jiangsu'],
  ['浙江', 'Zhejiang'],
  ['安徽', 'Anhui'],
  ['福建', 'Fujian'],
  ['江西', 'Jiangxi'],
  ['山东', 'Shandong'],
  ['河南', 'Henan'],
  ['湖北', 'Hubei'],
  ['湖南', 'Hunan'],
  ['广东', 'Guangdong'],
  ['广西', 'Guangxi'],
  ['海南', 'Hainan'],
  ['重庆', 'Chongqing'],
  ['四川', 'Sichuan'],
  ['贵州', 'Guizhou'],
  ['云南', 'Yunnan'],
  ['西藏', 'Xizang'],
  ['陕西', 'Shaanxi'],
  ['甘肃', 'Gansu'],
  ['青海', 'Qinghai'],
  ['宁夏', 'Ningxia'],
  ['新疆', 'Xinjiang'],
];
/** `北京市`, `浙江省`, `广西壮族自治区`. */
const ENDING = /(?:省|市|(?:壮族|回族|维吾尔)?自治区)$/u;
const provinces = new Map(PROVINCES.flatMap(([zh, en]) => [zh, en].map((name) => [fold(name), { zh, en }] as const)));

/** A country's, group's or province's name; null if the vocabulary has no such place. */
export const placeLabel = (text: string): Label | null =>
  provinces.get(fold(text.replace(ENDING, ''))) ?? regionLabel(regionOf(text));

const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/u;
const [zhNames, enNames] = (['zh-Hans', 'en'] as const).map(
  (language) => new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }),
);

/** The name of a language's code; null for anything else. */
export function languageLabel(code: string): Label | null {
  if (!CODE.test(code)) return null;
  const [zh, en] = [zhNames?.of(code), enNames?.of(code)];
  return zh === undefined || en === undefined ? null : { zh, en };
}
