import type { Bound, Statement } from '../../warehouse/warehouse.ts';

/**
 * A small SQL tree. Text comes only from template literals in this code base; whatever is interpolated is either
 * another node or becomes a bound value, so user input cannot reach the text. Where engines differ, a `Call` names
 * what is meant and the dialect says it.
 */
export interface Sql {
  readonly kind: 'sql';
  readonly parts: readonly Part[];
}

type Part = string | { readonly value: Bound } | { readonly identifier: string } | Call;

interface Call {
  readonly call: keyof Dialect['functions'];
  readonly args: readonly Sql[];
}

/** How one engine writes what the tree means. */
export interface Dialect {
  readonly name: string;
  identifier(name: string): string;
  /** The n-th bound value, counted from 1: how the statement names it, and as what it is bound. */
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
    /** Lower quartile, median and upper quartile as a list, interpolated as `quantile`: one pass for all three. */
    quartiles(args: readonly string[]): string;
    /** In a select list: one row for each whole number from 0 to below n. */
    eachBelow(args: readonly string[]): string;
    /** In a select list: one row for each value of a list; several lists of one length advance together. */
    eachOf(args: readonly string[]): string;
    /** 64-bit integer. */
    integer(args: readonly string[]): string;
    double(args: readonly string[]): string;
    text(args: readonly string[]): string;
    /** Whether a text is among the bound list of texts. */
    among(args: readonly string[]): string;
    /** Whether the first text contains the second, by case-folded letters. */
    containsFolded(args: readonly string[]): string;
    /** UTC timestamp → first instant of its hour: (timestamp, minutes by which the zone's hours are off UTC's). */
    startOfHour(args: readonly string[]): string;
    /** The same, counted from the midnight that began the business day: (timestamp, business day, zone). */
    startOfHourOfDay(args: readonly string[]): string;
    /** ISO text without an offset → UTC timestamp. */
    instant(args: readonly string[]): string;
    /** Timestamp plus whole seconds. */
    addSecondsToInstant(args: readonly string[]): string;
    /** Local timestamp in a zone → UTC timestamp: (local, zone). */
    localToUtc(args: readonly string[]): string;
  };
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'sql';

/** Builds a node: interpolated nodes are embedded, everything else is bound. */
export function sql(strings: TemplateStringsArray, ...inserts: (Sql | Bound)[]): Sql {
  const parts = strings.flatMap((text, i): readonly Part[] => {
    const own = text ? [text] : [];
    if (i >= inserts.length) return own;
    const insert = inserts[i];
    return [...own, ...(isSql(insert) ? insert.parts : [{ value: insert ?? null }])];
  });
  return { kind: 'sql', parts };
}

/** A table's or column's name; callers take it from the catalog or the schema, never from a request. */
export function identifier(name: string): Sql {
  return { kind: 'sql', parts: [{ identifier: name }] };
}

/** `table.column`. */
export function column(table: string, name: string): Sql {
  return sql`${identifier(table)}.${identifier(name)}`;
}

export function call(name: keyof Dialect['functions'], ...args: Sql[]): Sql {
  return { kind: 'sql', parts: [{ call: name, args }] };
}

/** A bound business date. */
export const dateValue = (iso: string): Sql => call('date', sql`${iso}`);

/** A bound list of texts tested for membership. */
export const among = (expression: Sql, values: readonly string[]): Sql => call('among', expression, sql`${values}`);

/** Whether the expressions are, together, one of the bound combinations of texts: one value each, in their order. */
export const amongCombos = (expressions: readonly Sql[], combos: readonly (readonly string[])[]): Sql =>
  sql`(${join(expressions, ', ')}) IN (SELECT ${join(eachCombo(expressions.length, combos), ', ')})`;

/** Of a select that gives one row for each combination: its columns. */
export const eachCombo = (width: number, combos: readonly (readonly string[])[]): Sql[] =>
  Array.from({ length: width }, (_, i) => call('eachOf', sql`${combos.map((combo) => combo[i] ?? '')}`));

export const EMPTY: Sql = { kind: 'sql', parts: [] };
export const TRUE: Sql = sql`TRUE`;

export function join(nodes: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL ' | ' ' | '\n'): Sql {
  return { kind: 'sql', parts: nodes.flatMap((node, i) => (i === 0 ? node.parts : [separator, ...node.parts])) };
}

/** Positions of the select's columns `from`..`to` for GROUP BY: a bound value makes an expression unlike itself. */
export function positions(from: number, to: number): Sql {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  return { kind: 'sql', parts: [numbers.join(', ')] };
}

/** All of the conditions; TRUE where there are none. */
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

/** `expression AS name`. */
export const as = (expression: Sql, name: string): Sql => sql`${expression} AS ${identifier(name)}`;

/** `WITH a AS (…), b AS (…) select`. */
export function withTables(tables: readonly (readonly [string, Sql])[], select: Sql): Sql {
  if (tables.length === 0) return select;
  const ctes = tables.map(([name, body]) => sql`${identifier(name)} AS (${body})`);
  return sql`WITH ${join(ctes, ', ')} ${select}`;
}

/** Writes the tree in an engine's dialect. */
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
