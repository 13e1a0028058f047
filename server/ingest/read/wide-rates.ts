/** Exchange rates with a column per currency (`date, USD, EUR` or `日期, USD/CNY, 100JPY/CNY`), read as rows. */
import { currencyOf } from '../../vocabulary/currencies.ts';
import { isBlank } from '../../vocabulary/text.ts';
import { looksLikeTime } from '../cells/guess.ts';
import type { Layout } from './layout.ts';
import type { OpenedFile } from './opened.ts';
import type { SampledColumn } from './source.ts';

/** `per` units of the currency are worth the number, in units of the base. */
export interface RateColumn {
  readonly currency: string;
  readonly base: string | null;
  readonly per: number;
}

const LONGEST = 60;

/** `USD`, `美元汇率`, `日元(100)`, `100JPY/CNY`, `USDCNY`, `美元兑人民币`; null if there is no currency. */
export function rateColumn(header: string): RateColumn | null {
  if (header.length > LONGEST) return null;
  const text = header
    .normalize('NFKC')
    .replace(/\s*(汇率|中间价|折算价|為替レート|(exchange\s*)?rate)$/iu, '')
    .trim();
  const [, before, name = '', behind] = /^每?\s*(10*)?\s*(.+?)\s*(?:\(每?\s*(10*)\))?$/u.exec(text) ?? [];
  const per = Number(before ?? behind ?? 1);
  const one = currencyOf(name);
  if (one !== null) return { currency: one, base: null, per };
  const halves = /^[A-Z]{6}$/iu.test(name)
    ? [name.slice(0, 3), name.slice(3)]
    : name.split(/\s*[/:→兑对]\s*|\s+to\s+/iu);
  const [currency, base] = halves.map(currencyOf);
  return halves.length === 2 && currency && base && currency !== base ? { currency, base, per } : null;
}

type PlacedColumn = RateColumn & { readonly at: number };

/** One column of days, all others currencies or pairs. @returns its layout, and whether headers give the base */
export function wideRates({
  inspected,
}: Pick<OpenedFile, 'inspected'>): { layout: Layout; told: 'currencies' | 'pairs' } | null {
  const named = inspected.columns.map((column, at) => ({ column, at, rate: rateColumn(column.name) }));
  const [time, ...others] = named.filter(({ column, rate }) => rate === null && !isNothing(column));
  const columns = named.flatMap(({ rate, at }) => (rate ? [{ ...rate, at }] : []));
  const paired = columns.every(({ base }) => base !== null);
  if (!time || others.length > 0 || columns.length < (paired ? 1 : 2)) return null;
  if (!paired && columns.some(({ base }) => base !== null)) return null;
  const days = time.column.cells.filter((cell): cell is string => cell !== null && !isBlank(cell));
  if (days.length === 0 || !days.every(looksLikeTime)) return null;
  const names = ['date', 'currency', 'rate', ...(paired ? ['base_currency'] : [])];
  return {
    told: paired ? 'pairs' : 'currencies',
    layout: {
      columns: names.map((name) => ({ name, at: null })),
      groups: towardsOne(columns).map(({ at, currency, base, per }) => ({
        cells: [time.at, currency, at, ...(base === null ? [] : [base])],
        filled: [at],
        per,
      })),
    },
  };
}

/** The European Central Bank ends each line with a comma. */
const isNothing = ({ name, cells }: SampledColumn) =>
  /^column\d+$/u.test(name) && cells.every((cell) => cell === null || isBlank(cell));

/** A currency in every pair is the base of all: `CNY/MYR` beside `USD/CNY` is turned round. */
function towardsOne(columns: readonly PlacedColumn[]): readonly PlacedColumn[] {
  const common = [...new Set(columns.flatMap(({ currency, base }) => [currency, base]))].find(
    (code) => code !== null && columns.every(({ currency, base }) => currency === code || base === code),
  );
  return columns.map((column) =>
    common && column.base !== common && column.base !== null
      ? { ...column, currency: column.base, base: common, per: -column.per }
      : column,
  );
}

/** For one unit: a negative `per` turns the pair round. What is no number stays, to be rejected. */
export function rateText(cell: string, per: number): string {
  const comma = /^\s*\d+,\d+\s*$/u.test(cell) && !/,\d{3}\s*$/u.test(cell);
  const number = Number(comma ? cell.replace(',', '.') : cell.replaceAll(',', ''));
  if (per === 1 || !Number.isFinite(number) || number <= 0) return cell;
  const rate = String(per > 0 ? number / per : -per / number);
  // The mark is judged later, over all rates.
  return comma ? rate.replace('.', ',') : rate;
}
