import { type ImportOptions, RATES_FIELDS, type RatesAre } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { joined } from '../../wording.ts';
import { decimalMarkOf } from '../cells/guess.ts';
import { unitOf } from '../cells/headers.ts';
import type { DecimalMark } from '../cells/numbers.ts';
import type { OptionReason } from '../read/doubt.ts';
import { doubtDecimalMark } from './decimal-doubt.ts';
import {
  decimalComma,
  IS_OF_RATES,
  rateImplausible,
  ratesEitherWay,
  ratesTurned,
  readAsBasePerUnit,
  readAsUnitsPerBase,
  SAY_BASE,
  SOURCE_OF_NAME,
  type StatedRate,
  watchOut,
} from './messages.ts';
import type { Matches, Proposal } from './proposal.ts';
import { timeOptions } from './propose-time.ts';

interface Said {
  readonly filename: string;
  readonly today: string | null;
  readonly currency?: string | undefined;
  readonly ratesAre?: RatesAre | undefined;
}

export function proposeRates(source: string, matches: Matches, context: Said): Proposal {
  const kept = [...matches].filter(([field]) => RATES_FIELDS.some((own) => own === field));
  const told = currencyOf(context.currency ?? '') ?? baseInHeader(matches);
  const base = matches.has('base_currency') ? null : (told ?? 'CNY');
  const decimal = decimalMarkOf(matches.get('rate')?.column.cells ?? [], false)?.mark ?? 'point';
  const { asked, ratesAre } = directionOf(matches, base, decimal, {
    ...context,
    isTold: base === null || told !== null,
  });
  const marks = doubtDecimalMark(matches.get('rate')?.column.cells ?? []);
  const direction = context.ratesAre ?? ratesAre ?? 'base_per_unit';
  const isOpen = asked?.option === 'currency';
  const reasons: OptionReason[] = [
    { option: 'kind', reason: IS_OF_RATES },
    { option: 'source', reason: SOURCE_OF_NAME },
    ...(isOpen ? [] : [{ option: 'currency', reason: readAs(matches, base, direction) }]),
    ...(marks ? [marks] : []),
    ...(asked ? [asked] : []),
  ];
  return {
    kind: 'rates',
    mapping: Object.fromEntries(kept.map(([field, { column }]) => [field, column.name])),
    options: {
      source,
      // A question gets no default.
      ...(base === null || isOpen ? {} : { currency: base }),
      ...(ratesAre ? { rates_are: ratesAre } : {}),
      ...readingOf(matches, context, (option, reason) => reasons.push({ option, reason })),
    },
    reasons,
    columns: new Map(kept.map(([field, { column, match }]) => [column.name, { field, reason: match.reason }])),
  };
}

/** How dates and rates are written. Rates are of days: `covers` is no question. */
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
  say('decimal_mark', decimalComma(decimal.sample));
  return { ...dates, decimal_mark: 'comma' };
}

/** `汇率(人民币)`, `rate (USD)`: the currency of the rates. */
function baseInHeader(matches: Matches): string | null {
  const unit = /[（([【]([^）)\]】]*)[）)\]】]\s*$/u.exec(matches.get('rate')?.column.name ?? '')?.[1];
  return unit === undefined ? null : currencyOf(unit);
}

/** The first rate that is plausible only as it stands, only turned round, or neither; and one that is both. */
interface Sizes {
  readonly straight?: StatedRate;
  readonly turned?: StatedRate;
  readonly neither?: StatedRate;
  readonly either?: StatedRate;
}

function sizesOf(matches: Matches, base: string | null, decimal: DecimalMark): Sizes {
  const cells = (field: 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const scale = unitOf(matches.get('rate')?.column.name ?? '', 'rate').scale;
  const known = new Map<string, string | null>();
  const codeOf = (text: string) => {
    if (!known.has(text)) known.set(text, currencyOf(text));
    return known.get(text) ?? null;
  };
  const [currencies, bases] = [cells('currency'), cells('base_currency')];
  const found: { -readonly [K in keyof Sizes]: Sizes[K] } = {};
  for (const [i, cell] of cells('rate').entries()) {
    const currency = codeOf(currencies[i] ?? '');
    const into = base ?? codeOf(bases[i] ?? '');
    const rate = rateOf(cell, decimal) * scale;
    if (currency === null || into === null || currency === into || !(rate > 0) || !isSizeKnown(currency, into))
      continue;
    const [asItIs, turned] = [offBy(currency, into, rate) === null, offBy(currency, into, 1 / rate) === null];
    const way = asItIs ? (turned ? 'either' : 'straight') : turned ? 'turned' : 'neither';
    found[way] ??= { currency, base: into, rate };
  }
  return found;
}

/** By the sizes: all rates of a file have one direction. */
function directionOf(
  matches: Matches,
  base: string | null,
  decimal: DecimalMark,
  { ratesAre, isTold }: Pick<Said, 'ratesAre'> & { readonly isTold: boolean },
): { ratesAre: RatesAre | null; asked: OptionReason | null } {
  const { straight, turned, neither, either } = sizesOf(matches, base, decimal);
  const odd = neither ?? turned;
  if (!isTold && ratesAre === 'units_per_base' && !odd) return { ratesAre: null, asked: ask('currency', SAY_BASE) };
  if (!isTold && odd)
    return {
      ratesAre: null,
      asked: ask('currency', joined(sayImplausible(odd), SAY_BASE)),
    };
  if (ratesAre !== undefined) {
    const wrong = neither ?? (ratesAre === 'units_per_base' ? straight : turned);
    return { ratesAre: null, asked: wrong ? ask('rates_are', sayImplausible(wrong, ratesAre)) : null };
  }
  if (neither || (turned && straight))
    return { ratesAre: null, asked: ask('rates_are', sayImplausible(neither ?? turned ?? NOTHING)) };
  if (turned)
    return {
      ratesAre: 'units_per_base',
      asked: {
        option: 'rates_are',
        reason: ratesTurned(turned, plausibleRate(turned.currency, turned.base)),
        doubt: 'ask',
      },
    };
  if (either && !straight) return { ratesAre: null, asked: { option: 'rates_are', reason: ratesEitherWay(either) } };
  return { ratesAre: null, asked: null };
}

const NOTHING: StatedRate = { currency: 'CNY', base: 'CNY', rate: 1 };

const ask = (option: string, reason: Label): OptionReason => ({ option, reason: watchOut(reason), doubt: 'answer' });

function sayImplausible({ currency, base, rate }: StatedRate, direction: RatesAre = 'base_per_unit'): Label {
  const read = direction === 'base_per_unit' ? rate : 1 / rate;
  return rateImplausible(
    { currency, base, rate: read },
    offBy(currency, base, read) ?? 1,
    plausibleRate(currency, base),
  );
}

function rateOf(cell: string | null, decimal: DecimalMark): number {
  const text = (cell ?? '').normalize('NFKC').replace(/\s/gu, '');
  return Number(decimal === 'comma' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
}

function readAs(matches: Matches, base: string | null, direction: RatesAre): Label {
  const cells = (field: 'time' | 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const row = cells('rate').findIndex((cell, i) => !isBlank(cell) && currencyOf(cells('currency')[i] ?? '') !== null);
  const at = (field: Parameters<typeof cells>[0]) => cells(field)[row] ?? null;
  const shown =
    row < 0
      ? null
      : {
          day: at('time'),
          code: currencyOf(at('currency') ?? ''),
          rate: at('rate'),
          into: base ?? at('base_currency'),
        };
  return direction === 'units_per_base' ? readAsUnitsPerBase(base, shown) : readAsBasePerUnit(base, shown);
}

/** About how many units one US dollar was in 2020 to 2025. Currencies that lost most of their value are left out. */
const PER_DOLLAR: Readonly<Record<string, number>> = {
  ...{ USD: 1, EUR: 0.9, GBP: 0.78, CHF: 0.9, CAD: 1.35, AUD: 1.5, NZD: 1.6, SGD: 1.35, BRL: 5.3, MXN: 18.5 },
  ...{ CNY: 7, CNH: 7, HKD: 7.8, MOP: 8, TWD: 31, JPY: 140, KRW: 1300, MNT: 3300, INR: 82, PKR: 250, BDT: 110 },
  ...{ IDR: 15500, THB: 34, VND: 24500, MYR: 4.4, PHP: 56, KHR: 4100, LKR: 300, NPR: 132, KZT: 470, UZS: 12000 },
  ...{ SEK: 10.3, NOK: 10.3, DKK: 6.8, PLN: 4, CZK: 22.5, HUF: 355, RON: 4.6, RUB: 85, UAH: 38, ISK: 137, ILS: 3.6 },
  ...{ AED: 3.67, SAR: 3.75, QAR: 3.64, KWD: 0.31, BHD: 0.377, OMR: 0.385, JOD: 0.71, MAD: 10, ZAR: 18, KES: 130 },
  ...{ COP: 4100, CLP: 900, PEN: 3.8, CRC: 530, DOP: 57, GTQ: 7.8, UYU: 40, BOB: 6.9 },
};

/** Rates by the hundred or turned round are further off than any currency moved in ten years. */
const FAR = 30;

const isSizeKnown = (currency: string, base: string): boolean =>
  PER_DOLLAR[currency] !== undefined && PER_DOLLAR[base] !== undefined;

/** How many times too large (below 1: too small) a rate is; null if it is plausible or unknown. */
function offBy(currency: string, base: string, rate: number): number | null {
  const [one, into] = [PER_DOLLAR[currency], PER_DOLLAR[base]];
  if (one === undefined || into === undefined || !(rate > 0)) return null;
  const ratio = rate / (into / one);
  return ratio >= FAR || ratio <= 1 / FAR ? ratio : null;
}

export const plausibleRate = (currency: string, base: string): string =>
  String(Number(((PER_DOLLAR[base] ?? 1) / (PER_DOLLAR[currency] ?? 1)).toPrecision(1)));
