import type { ValueKind } from '../../../web/charts/scale.ts';
import type { Language } from '../../../web/i18n/i18n.ts';

const HUNDRED_MILLION = 1e8;
const TEN_THOUSAND = 1e4;

/**
 * How PowerPoint and Excel write numbers of a kind, all of one chart in one unit. A comma takes off three digits and an
 * escaped point stands between those that are left: 2,100,000,000 as `0\.00,,"亿"` is 21.00亿; the cell stays a number.
 */
export function numberFormat(kind: ValueKind, values: readonly number[], language: Language): string {
  const most = Math.max(0, ...values.map(Math.abs));
  switch (kind) {
    case 'count':
      return language === 'zh' ? chineseCount(most) : englishCount(most);
    case 'fraction':
      return '0.0%';
    case 'index':
      return most >= 100 ? '#,##0' : '0.0';
    case 'ratio':
      return '0.00';
    case 'days':
      return '0';
    case 'points':
      return '0.0';
  }
}

/**
 * Of an axis: whole numbers, if PowerPoint's own steps are whole: it makes some ten of them at most. From 100亿 on ticks are
 * tens of 亿: nine digits off and a zero put back.
 */
export function axisFormat(kind: ValueKind, values: readonly number[], language: Language, log: boolean): string {
  if (kind === 'fraction') return '0%';
  if (kind !== 'count') return numberFormat(kind, values, language);
  if (log)
    return language === 'zh'
      ? '[>=100000000]0\\.00,,"亿";[>=10000]0\\.0,"万";0'
      : '[>=1000000000]0.0,,,"B";[>=1000000]0.0,,"M";#,##0';
  const most = Math.max(0, ...values.map(Math.abs));
  if (language === 'zh') return most >= 100 * HUNDRED_MILLION ? '[=0]0;0,,,"0亿"' : chineseCount(most);
  if (most >= 1e9) return most >= 1e10 ? '0,,,"B"' : '0.0,,,"B"';
  return most >= 1e7 ? '0,,"M"' : englishCount(most);
}

function chineseCount(most: number): string {
  if (most >= HUNDRED_MILLION) return '0\\.00,,"亿"';
  return most >= TEN_THOUSAND ? '0\\.0,"万"' : '#,##0';
}

function englishCount(most: number): string {
  if (most >= 1e9) return '0.00,,,"B"';
  if (most >= 1e6) return '0.0,,"M"';
  return most >= TEN_THOUSAND ? '0.0,"K"' : '#,##0';
}
