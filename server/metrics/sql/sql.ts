import type { Bound, Statement } from '../../warehouse/warehouse.ts';

/** Text comes only from literals in this code; every insert is a node or a bound value. */
export interface Sql {
  readonly kind: 'sql';
  readonly parts: readonly Part[];
}

type Part = string | { readonly value: Bound } | { readonly identifier: string } | Call;

interface Call {
  readonly call: keyof Dialect['functions'];
  readonly args: readonly Sql[];
}

export interface Dialect {
  readonly name: string;
  identifier(name: string): string;
  /** The n-th bound value, from 1: its placeholder, and the value to bind. */
  bind(n: number, value: Bound): { readonly placeholder: string; readonly value: Bound };
  readonly functions: {
    /** ISO text → date. */
    date(args: readonly string[]): string;
    /** Date → first day of its month, ISO week, quarter, year. */
    startOfMonth(args: readonly string[]): string;
    startOfWeek(args: readonly string[]): string;
    startOfQuarter(args: readonly string[]): string;
    startOfYear(args: readonly string[]): string;
    /** Whole days from the first date to the second. */
    daysBetween(args: readonly string[]): string;
    /** Date plus whole days. */
    addDays(args: readonly string[]): string;
    /** Date plus calendar months; the day is clipped to the month's last. */
    addMonths(args: readonly string[]): string;
    /** Timestamp plus whole days. */
    addDaysToInstant(args: readonly string[]): string;
    /** 1 = Monday … 7 = Sunday. */
    isoWeekday(args: readonly string[]): string;
    /** Median with linear interpolation: the mean of the two middle values. */
    median(args: readonly string[]): string;
    /** Quantile with linear interpolation (Hyndman-Fan type 7): (expression, fraction). */
    quantile(args: readonly string[]): string;
    /** All three in one pass, interpolated as `quantile`. */
    quartiles(args: readonly string[]): string;
    /** One row for each whole number below n. */
    eachBelow(args: readonly string[]): string;
    /** One row for each value; lists of one length advance together. */
    eachOf(args: readonly string[]): string;
    /** 64-bit integer. */
    integer(args: readonly string[]): string;
    double(args: readonly string[]): string;
    text(args: readonly string[]): string;
    /** Of a bound list of texts. */
    among(args: readonly string[]): string;
    /** Whether the first text contains the second, by case-folded letters. */
    containsFolded(args: readonly string[]): string;
    /** (timestamp, minutes by which the zone's hours are off UTC's). */
    startOfHour(args: readonly string[]): string;
    /** Counted from the business day's midnight: (timestamp, business day, zone). */
    startOfHourOfDay(args: readonly string[]): string;
    /** ISO text without an offset → UTC. */
    instant(args: readonly string[]): string;
    /** Timestamp plus whole seconds. */
    addSecondsToInstant(args: readonly string[]): string;
    /** (local timestamp, zone) → UTC. */
    localToUtc(args: readonly string[]): string;
  };
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'sql';

/** Nodes are embedded, everything else is bound. */
export function sql(strings: TemplateStringsArray, ...inserts: (Sql | Bound)[]): Sql {
  const parts = strings.flatMap((text, i): readonly Part[] => {
    const own = text ? [text] : [];
    if (i >= inserts.length) return own;
    const insert = inserts[i];
    return [...own, ...(isSql(insert) ? insert.parts : [{ value: insert ?? null }])];
  });
  return { kind: 'sql', parts };
}

/** From the catalog or the schema, never from a request. */
export function identifier(name: string): Sql {
  return { kind: 'sql', parts: [{ identifier: name }] };
}

export function column(table: string, name: string): Sql {
  return sql`${identifier(table)}.${identifier(name)}`;
}

export function call(name: keyof Dialect['functions'], ...args: Sql[]): Sql {
  return { kind: 'sql', parts: [{ call: name, args }] };
}

export const dateValue = (iso: string): Sql => call('date', sql`${iso}`);

export const among = (expression: Sql, values: readonly string[]): Sql => call('among', expression, sql`${values}`);

/** Together, in order, one of the combinations. */
export const amongCombos = (expressions: readonly Sql[], combos: readonly (readonly string[])[]): Sql =>
  sql`(${join(expressions, ', ')}) IN (SELECT ${join(eachCombo(expressions.length, combos), ', ')})`;

/** One row per combination. */
export const eachCombo = (width: number, combos: readonly (readonly string[])[]): Sql[] =>
  Array.from({ length: width }, (_, i) => call('eachOf', sql`${combos.map((combo) => combo[i] ?? '')}`));

export const EMPTY: Sql = { kind: 'sql', parts: [] };
export const TRUE: Sql = sql`TRUE`;

export function join(nodes: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL ' | ' ' | '\n'): Sql {
  return { kind: 'sql', parts: nodes.flatMap((node, i) => (i === 0 ? node.parts : [separator, ...node.parts])) };
}

/** For GROUP BY: a bound value makes an expression unlike itself. */
export function positions(from: number, to: number): Sql {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  return { kind: 'sql', parts: [numbers.join(', ')] };
}

/** TRUE if there are none. */
export const and = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0
    ? TRUE
    : join(
        conditions.map((c) => sql`(${c})`),
        ' AND ',
      );
export const or = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0
    ? sql`FALSE`
    : join(
        conditions.map((c) => sql`(${c})`),
        ' OR ',
      );

export const as = (expression: Sql, name: string): Sql => sql`${expression} AS ${identifier(name)}`;

export function withTables(tables: readonly (readonly [string, Sql])[], select: Sql): Sql {
  if (tables.length === 0) return select;
  const ctes = tables.map(([name, body]) => sql`${identifier(name)} AS (${body})`);
  return sql`WITH ${join(ctes, ', ')} ${select}`;
}

export function render(node: Sql, dialect: Dialect): Statement {
  const values: Bound[] = [];
  const write = (parts: readonly Part[]): string =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part;
        if ('value' in part) {
          const bound = dialect.bind(values.length + 1, part.value);
          values.push(bound.value);
          return bound.placeholder;
        }
        if ('identifier' in part) return dialect.identifier(part.identifier);
        return dialect.functions[part.call](part.args.map((arg) => write(arg.parts)));
      })
      .join('');
  return { text: write(node.parts), values };
}
