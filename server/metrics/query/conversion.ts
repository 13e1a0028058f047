import type { Note } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import type { DatasetState } from '../../warehouse/warehouse.ts';
import type { Engine } from '../language/engine.ts';
import { type CurrencySpan, ExchangeRates, type Factor } from '../language/exchange-rates.ts';
import { type Measure, sumsOf } from '../language/measures.ts';
import { isMoney, MONEY, mixedCurrency } from '../language/money.ts';
import { columnOf } from '../language/sums.ts';
import { and, call, column, join, or, type Sql, sql } from '../sql/sql.ts';
import { chosenSeries, splitFilters } from './filters.ts';
import { dictionaryJoins, rangeCondition } from './log-rows.ts';
import type { Plan } from './plan.ts';

export interface Money {
  /** Null without money, and if each row names its own. */
  readonly currency: string | null;
  /** Kept apart by grouping: totals and others have no money. */
  readonly apart: boolean;
  /** Into `currency`; null if nothing is converted. */
  readonly factors: readonly Factor[] | null;
  readonly notes: readonly Note[];
}

const NO_MONEY: Money = { currency: null, apart: false, factors: null, notes: [] };

/** Adds up one currency, keeps apart, converts, or refuses several. @throws ProblemError `mixed_currency` */
export async function moneyOf(engine: Engine, plan: Plan): Promise<Money> {
  const measures = plan.measures.filter(isMoney);
  if (measures.length === 0) return NO_MONEY;
  const { currencies } = engine.state;
  const target = plan.query.currency;
  const only = currencies.length <= 1 ? (currencies[0] ?? null) : undefined;
  if (only !== undefined && (target === undefined || target === only)) return { ...NO_MONEY, currency: only };
  const spans = await spansOf(engine, plan, measures);
  const notes = await viewsWithoutCurrency(engine, plan);
  if (target !== undefined) return converted(await exchangeRates(engine), spans, target, notes);
  if (spans.length <= 1) return { ...NO_MONEY, currency: spans[0]?.currency ?? null, notes };
  if (!plan.dimensions.includes('currency'))
    throw mixedCurrency(
      measures.map(({ id }) => id),
      spans.map((span) => span.currency),
    );
  return { ...NO_MONEY, apart: true, notes };
}

/** With each one's first and last day. */
async function spansOf(engine: Engine, plan: Plan, measures: readonly Measure[]): Promise<CurrencySpan[]> {
  const sums = new Set(measures.flatMap(sumsOf).filter((sum) => MONEY.has(sum)));
  const stated = or([...sums].map((sum) => sql`${column('t', columnOf(sum))} IS NOT NULL`));
  const rows = await engine.all(
    sql`SELECT coalesce(t.currency, '(unknown)') AS currency, ${call('text', sql`min(t.day)`)} AS first, ${call('text', sql`max(t.day)`)} AS last
      ${fromRows(plan, plan.scopeFilters, stated)} GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({ currency: String(row.currency), from: String(row.first), to: String(row.last) }));
}

/** Increments in the log under a further condition. */
function fromRows(plan: Plan, filters: Plan['scopeFilters'], condition: Sql): Sql {
  const table = 'view_log';
  const split = splitFilters(filters, table);
  const chosen = chosenSeries(split);
  const ranges = plan.comparison ? [plan.comparison.current, plan.comparison.previous] : [plan.range];
  const conditions = [
    sql`t.kind = 'increment'`,
    or(ranges.map((range) => and(rangeCondition(table, range)))),
    condition,
    ...split.rows,
    ...(chosen ? [sql`t.series_key IN (${chosen})`] : []),
  ];
  return sql`FROM view_log t ${join(dictionaryJoins({ table, logDimensions: [], filters, sums: [] }), ' ')} WHERE ${and(conditions)}`;
}

const KNOWN = new WeakMap<DatasetState, Promise<ExchangeRates>>();

/** Of several statements of one day and currency the latest import's holds. */
function exchangeRates(engine: Engine): Promise<ExchangeRates> {
  const rates = KNOWN.get(engine.state) ?? readRates(engine);
  KNOWN.set(engine.state, rates);
  // A failed read, such as a cancelled one, must not be kept.
  rates.catch(() => KNOWN.delete(engine.state));
  return rates;
}

async function readRates(engine: Engine): Promise<ExchangeRates> {
  const rows = await engine.all(
    sql`SELECT ${call('text', sql`r.day`)} AS day, r.currency, r.base, r.rate FROM currency_rate r
      JOIN (SELECT day, currency, max(import_no) AS import_no FROM currency_rate GROUP BY day, currency) l
      ON l.day = r.day AND l.currency = r.currency AND l.import_no = r.import_no`,
  );
  return new ExchangeRates(
    rows.map((row) => ({
      day: String(row.day),
      currency: String(row.currency),
      base: String(row.base),
      rate: Number(row.rate),
    })),
  );
}

function converted(
  rates: ExchangeRates,
  spans: readonly CurrencySpan[],
  target: string,
  notes: readonly Note[],
): Money {
  const foreign = spans.filter(({ currency }) => currency !== target).map(({ currency }) => currency);
  if (foreign.length === 0) return { ...NO_MONEY, currency: target, notes };
  const factors = rates.factors(spans, target);
  if ('day' in factors) throw withoutRate(rates, factors.currency, factors.day, target);
  return {
    currency: target,
    apart: false,
    factors,
    notes: [convertedNote(foreign, target), ...oldRates(factors), ...notes],
  };
}

function withoutRate(rates: ExchangeRates, currency: string, day: string, target: string): ProblemError {
  const first = rates.firstDay(currency);
  const known =
    first === null
      ? {
          en: `there is no rate of ${currency}${rates.known.length > 0 ? ` (there are rates of ${rates.known.join(', ')})` : ''}`,
          zh: `没有 ${currency} 的汇率${rates.known.length > 0 ? `（已有 ${rates.known.join('、')} 的汇率）` : ''}`,
        }
      : { en: `the first rate of ${currency} is of ${first}`, zh: `${currency} 最早的汇率在 ${first}` };
  return new ProblemError('mixed_currency', {
    en:
      `Money of ${day} cannot be converted into ${target}: ${known.en}. Import a rates file (day, currency, rate) with a rate of ` +
      `${currency} on or before ${day}, ask for later days, or filter or group by the dimension currency.`,
    zh:
      `${day} 的金额无法折算为 ${target}：${known.zh}。请导入含 ${day} 或更早 ${currency} 汇率的文件（日期、币种、汇率），` +
      '或改查更晚的日期，或按币种（currency）筛选、分组。',
  });
}

const convertedNote = (foreign: readonly string[], target: string): Note => ({
  code: 'converted',
  text: {
    en: `Revenue and spend in ${foreign.join(', ')} are converted into ${target} day by day, by the imported rate of the day or the last one before it.`,
    zh: `以 ${foreign.join('、')} 计的收入与消耗按日折算为 ${target}，汇率取当日导入值，当日没有则取此前最近一日。`,
  },
});

/** Rates bridge weekends and holidays; a longer gap gets a note. */
const LONGEST_GAP_DAYS = 10;

function oldRates(factors: readonly Factor[]): Note[] {
  const age = ({ day, statedOn }: Factor) =>
    statedOn === null ? 0 : (Date.parse(day) - Date.parse(statedOn)) / 86_400_000;
  const oldest = factors.reduce<Factor | null>(
    (worst, one) => (age(one) > (worst ? age(worst) : 0) ? one : worst),
    null,
  );
  if (oldest === null || age(oldest) <= LONGEST_GAP_DAYS) return [];
  const { currency, day, statedOn } = oldest;
  return [
    {
      code: 'old_rates',
      text: {
        en: `${currency} of ${day} is converted by a rate of ${statedOn}, the last one known then.`,
        zh: `${day} 的 ${currency} 按 ${statedOn} 的汇率折算，此后没有更新的汇率。`,
      },
    },
  ];
}

/** They are in none of the currencies picked or kept apart. */
async function viewsWithoutCurrency(engine: Engine, plan: Plan): Promise<Note[]> {
  const others = plan.scopeFilters.filter((filter) => !('dimension' in filter && filter.dimension === 'currency'));
  const picked = others.length < plan.scopeFilters.length || plan.dimensions.includes('currency');
  if (!picked || !plan.measures.some(({ id }) => id === 'revenue_per_mille')) return [];
  const [row] = await engine.all(
    sql`SELECT ${call('integer', sql`coalesce(sum(t.views), 0)`)} AS views ${fromRows(plan, others, sql`t.currency IS NULL`)}`,
  );
  const views = row?.views ?? 0;
  if (views === 0) return [];
  return [
    {
      code: 'views_without_currency',
      text: {
        en: `${views} views are of rows that state no money; they belong to no currency and are not in its revenue per 1,000 views.`,
        zh: `${views} 次播放所在的行没有金额，不属于任何币种，不计入按币种的千次播放收入。`,
      },
    },
  ];
}

export const APART_NOTE: Note = {
  code: 'mixed_currency_totals',
  text: {
    en: 'Totals and others hold several currencies, so they have no amounts of money; ask with "currency" to convert.',
    zh: '合计与“其他”含多个币种，不给出金额；指定 currency 可折算为一种币种。',
  },
};

/** `currency, day, factor`. */
export function factorRelation(factors: readonly Factor[]): Sql {
  const each = (values: readonly string[] | readonly number[]) => call('eachOf', sql`${values}`);
  return sql`SELECT currency, ${call('date', sql`day`)} AS day, factor FROM (SELECT ${each(factors.map((f) => f.currency))} AS currency,
    ${each(factors.map((f) => f.day))} AS day, ${each(factors.map((f) => f.factor))} AS factor) f`;
}
