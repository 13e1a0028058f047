/** What is proposed for a file of exchange rates; pure. */

import { type ImportOptions, RATES_FIELDS } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import { currencyOf } from './currencies.ts';
import { doubtDecimalMark } from './decimal-doubt.ts';
import { decimalMarkOf } from './guess.ts';
import { unitOf } from './headers.ts';
import type { DecimalMark } from './numbers.ts';
import { offBy, plausibleRate } from './plausible-rates.ts';
import { type Matches, type OptionReason, type Proposal, SOURCE_REASON } from './propose.ts';
import { timeOptions } from './propose-time.ts';
import { isBlank } from './text.ts';

const REASONS = {
  kind: {
    en: 'its columns are a day, a currency and a rate, and no series: exchange rates',
    zh: '列为日期、币种与汇率，没有剧集：汇率文件',
  },
} as const;

/**
 * @param source proposed from the file's name
 * @param matches with a time, a currency and a rate among them
 */
export function proposeRates(
  source: string,
  matches: Matches,
  context: { readonly filename: string; readonly today: string | null },
): Proposal {
  const kept = [...matches].filter(([field]) => RATES_FIELDS.some((own) => own === field));
  const base = matches.has('base_currency') ? null : (baseInHeader(matches) ?? 'CNY');
  const decimal = decimalMarkOf(matches.get('rate')?.column.cells ?? [], false)?.mark ?? 'point';
  const implausible = implausibleOf(matches, base, decimal);
  const marks = doubtDecimalMark(matches.get('rate')?.column.cells ?? []);
  const reasons: OptionReason[] = [
    { option: 'kind', reason: REASONS.kind },
    { option: 'source', reason: SOURCE_REASON },
    { option: 'currency', reason: readAs(matches, base) },
    ...(marks ? [marks] : []),
    ...(implausible ? [{ option: 'currency', reason: implausible, doubt: 'ask' as const }] : []),
  ];
  return {
    kind: 'rates',
    mapping: Object.fromEntries(kept.map(([field, { column }]) => [field, column.name])),
    options: {
      source,
      ...(base === null ? {} : { currency: base }),
      ...readingOf(matches, context, (option, reason) => reasons.push({ option, reason })),
    },
    reasons,
    columns: new Map(kept.map(([field, { column, match }]) => [column.name, { field, reason: match.reason }])),
  };
}

/** How the dates and the rates are written. Rates are of days: what their time covers is no question. */
function readingOf(
  matches: Matches,
  context: { readonly filename: string; readonly today: string | null },
  say: (option: string, reason: Label) => void,
): ImportOptions {
  const time = matches.get('time')?.column;
  const { covers: _covers, ...dates } = time
    ? timeOptions(time, { ...context, hours: false }, (option, reason) => {
        if (option !== 'covers') say(option, reason);
      })
    : {};
  const decimal = decimalMarkOf(matches.get('rate')?.column.cells ?? [], false);
  if (decimal?.mark !== 'comma') return dates;
  say('decimal_mark', {
    en: `“${decimal.sample}” has a decimal comma`,
    zh: `“${decimal.sample}”以逗号作小数点`,
  });
  return { ...dates, decimal_mark: 'comma' };
}

/** `汇率(人民币)`, `rate (USD)`: the currency that the rates are stated in. */
function baseInHeader(matches: Matches): string | null {
  const unit = /[（([【]([^）)\]】]*)[）)\]】]\s*$/u.exec(matches.get('rate')?.column.name ?? '')?.[1];
  return unit === undefined ? null : currencyOf(unit);
}

/** The first rate that no currency ever had, such as one by the hundred (`100 JPY`) or the other way round; null where there is none. */
function implausibleOf(matches: Matches, base: string | null, decimal: DecimalMark): Label | null {
  const cells = (field: 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const scale = unitOf(matches.get('rate')?.column.name ?? '', 'rate').scale;
  for (const [i, cell] of cells('rate').entries()) {
    const currency = currencyOf(cells('currency')[i] ?? '');
    const into = base ?? currencyOf(cells('base_currency')[i] ?? '');
    const rate = rateOf(cell, decimal) * scale;
    const off = currency !== null && into !== null ? offBy(currency, into, rate) : null;
    if (currency === null || into === null || off === null) continue;
    const times = Number((off > 1 ? off : 1 / off).toPrecision(1)).toLocaleString('en');
    const about = plausibleRate(currency, into);
    return {
      en: `watch out: 1 ${currency} = ${rate} ${into} is some ${times} times ${off > 1 ? 'more' : 'less'} than it can be (about ${about}): by the hundred, or the other way round? Correct the rates, or say the currency that they are in`,
      zh: `请确认：1 ${currency} = ${rate} ${into}，约为合理值（约 ${about}）的${off > 1 ? ` ${times} 倍` : ` 1/${times}`}：是否按每 100 单位标价，或方向相反？请更正汇率，或指定基准币种`,
    };
  }
  return null;
}

function rateOf(cell: string | null, decimal: DecimalMark): number {
  const text = (cell ?? '').normalize('NFKC').replace(/\s/gu, '');
  return Number(decimal === 'comma' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
}

/** The direction in words, by the file's own first row: the one thing about rates that cannot be seen from numbers. */
function readAs(matches: Matches, base: string | null): Label {
  const cells = (field: 'time' | 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const row = cells('rate').findIndex((cell, i) => !isBlank(cell) && currencyOf(cells('currency')[i] ?? '') !== null);
  const into = base ?? cells('base_currency')[row] ?? null;
  const one = `1 ${currencyOf(cells('currency')[row] ?? '')} = ${cells('rate')[row]}`;
  const day = cells('time')[row];
  return {
    en: `each rate is read as ${base ?? 'units of the base'} for one unit of the currency${row < 0 ? '' : `: ${one} ${into ?? 'the base'} on ${day}`}`,
    zh: `汇率按 1 单位该币种折合多少${base === null ? '基准币种' : ` ${base} `}读取${row < 0 ? '' : `：${day}，${one} ${into ?? '基准币种'}`}`,
  };
}
