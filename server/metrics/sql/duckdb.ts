import type { Bound } from '../../warehouse/warehouse.ts';
import type { Dialect } from './sql.ts';

/** Binding each value of a long list alone would block the loop, so it is bound as one text. */
const LONG_LIST = 1000;

const isLongList = (value: Bound): value is readonly string[] =>
  Array.isArray(value) && value.length >= LONG_LIST && value.every((one) => typeof one === 'string');

/** Half a character is replaced, as if bound alone. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Every argument is used once and in order: placeholders are numbered as they come. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  bind: (n, value) =>
    isLongList(value)
      ? { placeholder: `from_json($${n}, '["VARCHAR"]')`, value: JSON.stringify(value.map(wellFormed)) }
      : { placeholder: `$${n}`, value },
  functions: {
    date: ([iso]) => `CAST(${iso} AS DATE)`,
    startOfMonth: ([day]) => `CAST(date_trunc('month', ${day}) AS DATE)`,
    startOfWeek: ([day]) => `CAST(date_trunc('week', ${day}) AS DATE)`,
    startOfQuarter: ([day]) => `CAST(date_trunc('quarter', ${day}) AS DATE)`,
    startOfYear: ([day]) => `CAST(date_trunc('year', ${day}) AS DATE)`,
    daysBetween: ([from, to]) => `date_diff('day', ${from}, ${to})`,
    addDays: ([day, days]) => `CAST(${day} + to_days(CAST(${days} AS INTEGER)) AS DATE)`,
    addMonths: ([day, months]) => `CAST(${day} + to_months(CAST(${months} AS INTEGER)) AS DATE)`,
    addDaysToInstant: ([instant, days]) => `(${instant} + to_days(CAST(${days} AS INTEGER)))`,
    isoWeekday: ([day]) => `isodow(${day})`,
    median: ([value]) => `quantile_cont(CAST(${value} AS DOUBLE), 0.5)`,
    quartiles: ([value]) => `quantile_cont(CAST(${value} AS DOUBLE), [0.25, 0.5, 0.75])`,
    quantile: ([value, fraction]) => `quantile_cont(CAST(${value} AS DOUBLE), ${fraction})`,
    eachBelow: ([n]) => `unnest(range(CAST(${n} AS BIGINT)))`,
    eachOf: ([list]) => `unnest(${list})`,
    integer: ([value]) => `CAST(${value} AS BIGINT)`,
    double: ([value]) => `CAST(${value} AS DOUBLE)`,
    text: ([value]) => `CAST(${value} AS VARCHAR)`,
    // A join, not a scan per row: long lists stay quick.
    among: ([text, list]) => `${text} IN (SELECT unnest(${list}))`,
    containsFolded: ([text, part]) => `contains(lower(${text}), lower(${part}))`,
    startOfHour: ([instant, minutes]) =>
      `time_bucket(INTERVAL 1 HOUR, ${instant}, TIMESTAMP '2000-01-01' + to_minutes(CAST(${minutes} AS INTEGER)))`,
    startOfHourOfDay: ([instant, day, zone]) =>
      `time_bucket(INTERVAL 1 HOUR, ${instant}, (CAST(${day} AS TIMESTAMP) AT TIME ZONE ${zone}) AT TIME ZONE 'UTC')`,
    instant: ([iso]) => `CAST(${iso} AS TIMESTAMP)`,
    addSecondsToInstant: ([instant, seconds]) => `(${instant} + to_seconds(${seconds}))`,
    localToUtc: ([local, zone]) => `(${local} AT TIME ZONE ${zone}) AT TIME ZONE 'UTC'`,
  },
};
