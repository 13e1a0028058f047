/** What is proposed for a file of exchange rates; pure. */
import { type ImportOptions, RATES_FIELDS, type RatesAre } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { currencyOf } from '../../vocabulary/currencies.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { decimalMarkOf } from '../cells/guess.ts';
import { unitOf } from '../cells/headers.ts';
import type { DecimalMark } from '../cells/numbers.ts';
import type { OptionReason } from '../read/doubt.ts';
import { doubtDecimalMark } from './decimal-doubt.ts';
import { isSizeKnown, offBy, plausibleRate } from './plausible-rates.ts';
import { timeOptions } from './propose-time.ts';
import { type Matches, type Proposal, SOURCE_REASON } from './proposed.ts';

const REASONS = {
  kind: {
    en: 'its columns are a day, a currency and a rate, and no series: exchange rates',
    zh: '列为日期、币种与汇率，没有剧集：汇率文件',
  },
} as const;

interface Said {
  readonly filename: string;
  readonly today: string | null;
  /** The base of all rates, and which way round they are, where somebody says so. */
  readonly currency?: string | undefined;
  readonly ratesAre?: RatesAre | undefined;
}

/**
 * @param source proposed from the file's name
 * @param matches with a time, a currency and a rate among them
 */
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
    { option: 'kind', reason: REASONS.kind },
    { option: 'source', reason: SOURCE_REASON },
    ...(isOpen ? [] : [{ option: 'currency', reason: readAs(matches, base, direction) }]),
    ...(marks ? [marks] : []),
    ...(asked ? [asked] : []),
  ];
  return {
    kind: 'rates',
    mapping: Object.fromEntries(kept.map(([field, { column }]) => [field, column.name])),
    options: {
      source,
      // What must be answered is not chosen beforehand.
      ...(base === null || isOpen ? {} : { currency: base }),
      ...(ratesAre ? { rates_are: ratesAre } : {}),
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

interface Stated {
  readonly currency: string;
  readonly base: string;
  readonly rate: number;
}

/** The first rate that can only be read as it stands, only the other way round, or neither way; and one that fits both ways. */
interface Sizes {
  readonly straight?: Stated;
  readonly turned?: Stated;
  readonly neither?: Stated;
  readonly either?: Stated;
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

/** Which way round the rates are by their sizes, and what is to be asked: all rates of a file have one direction. */
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
    return { ratesAre: 'units_per_base', asked: { option: 'rates_are', reason: sayTurned(turned), doubt: 'ask' } };
  if (either && !straight) return { ratesAre: null, asked: { option: 'rates_are', reason: sayEither(either) } };
  return { ratesAre: null, asked: null };
}

const NOTHING: Stated = { currency: 'CNY', base: 'CNY', rate: 1 };

const ask = (option: string, { en, zh }: Label): OptionReason => ({
  option,
  reason: { en: `watch out: ${en}`, zh: `请确认：${zh}` },
  doubt: 'answer',
});

const joined = (one: Label, other: Label): Label => ({ en: `${one.en}; ${other.en}`, zh: `${one.zh}；${other.zh}` });

const SAY_BASE: Label = {
  en: 'nothing says the base of the rates: say the currency that they are stated in, or for one unit of which (EUR in the file of the European Central Bank)',
  zh: '文件没有写明基准币种：请指定汇率以哪种货币表示，或是 1 单位哪种货币的价格（欧洲央行的文件为 EUR）',
};

/** @param direction that was said; left out, as they stand */
function sayImplausible({ currency, base, rate }: Stated, direction: RatesAre = 'base_per_unit'): Label {
  const read = direction === 'base_per_unit' ? rate : 1 / rate;
  const off = offBy(currency, base, read) ?? 1;
  const times = Number((off > 1 ? off : 1 / off).toPrecision(1)).toLocaleString('en');
  const about = plausibleRate(currency, base);
  const shown = Number(read.toPrecision(6));
  return {
    en: `1 ${currency} = ${shown} ${base} is some ${times} times ${off > 1 ? 'more' : 'less'} than it can be (about ${about}): by the hundred, the other way round, or of another base? Correct the rates, or say which way round they are (rates_are) and the currency that they are in`,
    zh: `1 ${currency} = ${shown} ${base}，约为合理值（约 ${about}）的${off > 1 ? ` ${times} 倍` : ` 1/${times}`}：是否按每 100 单位标价、方向相反，或基准币种不同？请更正汇率，或指定汇率方向（rates_are）与基准币种`,
  };
}

const sayTurned = ({ currency, base, rate }: Stated): Label => ({
  en: `the rates are taken the other way round: ${rate} can only be ${currency} for 1 ${base}, as 1 ${currency} is about ${plausibleRate(currency, base)} ${base}`,
  zh: `汇率按 1 ${base} 折合多少外币读取：1 ${currency} 约为 ${plausibleRate(currency, base)} ${base}，因此 ${rate} 只能是 1 ${base} 折合的 ${currency}`,
});

const sayEither = ({ currency, base, rate }: Stated): Label => ({
  en: `the sizes of the rates do not tell which way round they are; read as 1 ${currency} = ${rate} ${base}, not as 1 ${base} = ${rate} ${currency} (units_per_base)`,
  zh: `从数值看不出汇率方向：按 1 ${currency} = ${rate} ${base} 读取，而非 1 ${base} = ${rate} ${currency}（units_per_base）`,
});

function rateOf(cell: string | null, decimal: DecimalMark): number {
  const text = (cell ?? '').normalize('NFKC').replace(/\s/gu, '');
  return Number(decimal === 'comma' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
}

/** The direction in words, by the file's own first row. */
function readAs(matches: Matches, base: string | null, direction: RatesAre): Label {
  const cells = (field: 'time' | 'currency' | 'rate' | 'base_currency') => matches.get(field)?.column.cells ?? [];
  const row = cells('rate').findIndex((cell, i) => !isBlank(cell) && currencyOf(cells('currency')[i] ?? '') !== null);
  const into = base ?? cells('base_currency')[row] ?? null;
  const code = currencyOf(cells('currency')[row] ?? '');
  const rate = cells('rate')[row];
  const day = cells('time')[row];
  if (direction === 'units_per_base')
    return {
      en: `each rate is read as units of the currency for one ${base ?? 'unit of the base'}${row < 0 ? '' : `: 1 ${into ?? 'of the base'} = ${rate} ${code} on ${day}`}`,
      zh: `汇率按 1 单位${base === null ? '基准币种' : ` ${base} `}折合多少该币种读取${row < 0 ? '' : `：${day}，1 ${into ?? '基准币种'} = ${rate} ${code}`}`,
    };
  const one = `1 ${code} = ${rate}`;
  return {
    en: `each rate is read as ${base ?? 'units of the base'} for one unit of the currency${row < 0 ? '' : `: ${one} ${into ?? 'the base'} on ${day}`}`,
    zh: `汇率按 1 单位该币种折合多少${base === null ? '基准币种' : ` ${base} `}读取${row < 0 ? '' : `：${day}，${one} ${into ?? '基准币种'}`}`,
  };
}
