/** Currencies by their ISO 4217 codes, and their names in real files. */
import { fold } from './text.ts';

const further: Readonly<Record<string, readonly string[]>> = {
  CNY: ['RMB', 'CNH', '元', '人民币元', '¥', '￥', '人民元', 'yuan', 'renminbi'],
  USD: ['$', 'US$', '美金', '美元', '米ドル', 'ドル', 'dollar', 'dollars'],
  EUR: ['€', '欧元', 'ユーロ', 'euro', 'euros'],
  JPY: ['日元', '日圆', '円', '日本円', 'yen'],
  KRW: ['₩', '韩元', '韩币', '韩圆', 'ウォン', 'won'],
  HKD: ['HK$', '港元', '港币', '港幣'],
  TWD: ['NT$', '台币', '新台币', '新台幣'],
  GBP: ['£', '英镑', 'ポンド', 'pound', 'pounds'],
  SGD: ['S$', '新币', '新加坡元'],
  THB: ['฿', '泰铢'],
  IDR: ['Rp', '印尼盾', '印尼卢比'],
  VND: ['₫', '越南盾'],
  MYR: ['RM', '令吉', '马币'],
  PHP: ['₱', '菲律宾比索'],
  INR: ['₹', '印度卢比'],
  BRL: ['R$', '巴西雷亚尔'],
};

const names = (locale: string) => new Intl.DisplayNames(locale, { type: 'currency', fallback: 'none' });
const zhNames = names('zh-Hans');
const enNames = names('en');

const byFolded = new Map<string, string>();
export const byCell = new Map<string, string>();
for (const code of Intl.supportedValuesOf('currency')) {
  for (const name of [code, zhNames.of(code), enNames.of(code), ...(further[code] ?? [])]) {
    if (!name) continue;
    const folded = fold(name);
    // Signs such as $ fold to nothing.
    if (folded && !byFolded.has(folded)) byFolded.set(folded, code);
    const cell = name.toLowerCase();
    if (!byCell.has(cell)) byCell.set(cell, code);
  }
}

export function currencyOf(text: string): string | null {
  return byCell.get(text.trim().toLowerCase()) ?? byFolded.get(fold(text)) ?? null;
}

/** Null for a text that is no code. */
export function currencyLabel(code: string): { zh: string; en: string } | null {
  if (!byFolded.has(fold(code)) || !/^[A-Z]{3}$/u.test(code)) return null;
  const [zh, en] = [zhNames.of(code), enNames.of(code)];
  return zh && en ? { zh, en } : null;
}
