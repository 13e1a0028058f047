/** How the time of a row is read: from text, date or timestamp, with an hour beside it, with or without a zone. */
import type { Field } from '../../contract/imports.ts';
import * as dates from '../cells/dates.ts';
import { literal } from '../cells/sql.ts';
import * as values from '../cells/values.ts';
import type { ColumnUse, ImportPlan } from './plan.ts';
import { afterLatestDay } from './reject-messages.ts';
import { asText, type Columns, isText } from './staged-columns-sql.ts';

const DAYS_ONLY = new Set<string>(['day', 'week_ending', 'week_starting', 'month']);

/** Adds `day`, and `instant` (UTC) if cells may have a time of day. */
export function addTime(plan: ImportPlan, columns: Columns, plain: ReadonlySet<Field>): void {
  const use = plan.uses.get('time');
  if (!use) {
    if (plan.day !== null) addFixedDay(plan, plan.day, columns);
    return;
  }
  const { type, sql: cell } = use.column;
  const reading = { ...plan.dates, wholeSpans: plan.kind === 'log' };
  const daysOnly = plan.covers !== null && DAYS_ONLY.has(plan.covers);
  const hour = plan.uses.get('hour');
  if (type === 'DATE') addDay(plan, columns, cell, hour);
  else if (/^TIMESTAMP(_|$)/u.test(type) && hour) addDay(plan, columns, `${cell}::DATE`, hour);
  else if (/^TIMESTAMP/u.test(type)) addInstant(columns, typedTime(cell, type, plan), daysOnly);
  else {
    const text = asText(use);
    const easy = plain.has('time');
    const timed = easy && values.isPlain('local', use.column.cells);
    const date = easy ? values.plainReading.date(text) : dates.textToDate(text, reading);
    if (plan.timeNumbers && !hour) addInstant(columns, numericTime(text, textTime(text, date, plan), plan), daysOnly);
    else if (timed && !hour) addInstant(columns, localTime(values.plainReading.local(text), plan), daysOnly);
    else if (easy) addDay(plan, columns, date, hour);
    else if (hour) addDay(plan, columns, dates.textToDate(withoutMidnight(text), reading), hour);
    else addInstant(columns, textTime(text, date, plan), daysOnly);
  }
  columns.tell('r_time', use);
  if (plan.dates.upTo !== null && isText(use)) columns.add('yearless', dates.isYearless(use.column.sql));
  columns.fault('time', `day IS NULL OR day NOT BETWEEN DATE '1970-01-01' AND DATE '2199-12-31'`);
  if (plan.latestDay !== null)
    columns.fault('time', `${firstDay(plan)} > DATE ${literal(plan.latestDay)}`, afterLatestDay(plan.latestDay));
}

/** A week or a month that has begun may end later. */
function firstDay({ covers }: ImportPlan): string {
  if (covers === 'week_ending') return '(day - 6)';
  return covers === 'month' ? `date_trunc('month', day)` : 'day';
}

function addFixedDay(plan: ImportPlan, day: string, columns: Columns): void {
  addDay(plan, columns, `DATE ${literal(day)}`, plan.uses.get('hour'));
}

/** SQL: whether a cell has a time of day, its instant and business day if so, else its date. */
interface TimeParts {
  readonly timed: string;
  readonly utc: string;
  readonly businessDay: string;
  readonly date: string;
}

function typedTime(cell: string, type: string, plan: ImportPlan): TimeParts {
  if (type === 'TIMESTAMP WITH TIME ZONE') {
    const utc = `${cell} AT TIME ZONE 'UTC'`;
    return { timed: 'true', utc, businessDay: dates.dayOf(utc, plan.businessZone), date: 'NULL::DATE' };
  }
  return localTime(`${cell}::TIMESTAMP`, plan);
}

function localTime(local: string, plan: ImportPlan): TimeParts {
  const utc = dates.localToUtc(local, plan.timeZone);
  const same = plan.timeZone === plan.businessZone;
  return {
    timed: 'true',
    utc,
    businessDay: same ? `(${local})::DATE` : dates.dayOf(utc, plan.businessZone),
    date: 'NULL::DATE',
  };
}

/** What is no number is read as a text. */
function numericTime(text: string, otherwise: TimeParts, plan: ImportPlan): TimeParts {
  const unit = plan.timeNumbers;
  const excel = unit === 'excel' || unit === null;
  const local = dates.spreadsheetTime(text);
  const utc = excel ? dates.localToUtc(local, plan.timeZone) : dates.epochTime(text, unit);
  const of = (found: string, other: string) => `CASE WHEN ${utc} IS NOT NULL THEN ${found} ELSE ${other} END`;
  // A whole number of a spreadsheet is a day.
  const timed = excel ? `${local} <> date_trunc('day', ${local})` : 'true';
  return {
    timed: of(timed, otherwise.timed),
    utc: of(utc, otherwise.utc),
    businessDay: of(dates.dayOf(utc, plan.businessZone), otherwise.businessDay),
    date: of(`${local}::DATE`, otherwise.date),
  };
}

function textTime(text: string, date: string, plan: ImportPlan): TimeParts {
  const utc = dates.textToInstant(text, plan.timeZone, plan.dates);
  return { timed: dates.hasTimeOfDay(text, plan.dates), utc, businessDay: dates.dayOf(utc, plan.businessZone), date };
}

function addInstant(columns: Columns, time: TimeParts, daysOnly: boolean): void {
  const always = time.timed === 'true';
  columns.add(
    'day',
    always ? time.businessDay : `CASE WHEN ${time.timed} THEN ${time.businessDay} ELSE ${time.date} END`,
  );
  if (!daysOnly) columns.add('instant', always ? time.utc : `CASE WHEN ${time.timed} THEN ${time.utc} END`);
}

/** `2025-10-01 00:00:00` is a date that an export wrote as a timestamp. */
const withoutMidnight = (text: string) => `regexp_replace(${text}, '[T ]0?0:00(:00([.]0+)?)?\\s*$', '')`;

/** With an hour (0 to 23) or a time of day (`21:00:00`) from another column, if there is one. */
function addDay(plan: ImportPlan, columns: Columns, date: string, hour: ColumnUse | undefined): void {
  if (!hour) {
    columns.add('day', date);
    return;
  }
  const { sql: cell, type } = hour.column;
  const typedClock = /^TIME(\s|$)/u.test(type);
  columns.add('r_date', date);
  columns.add(
    'r_hour',
    isText(hour) ? values.textToInteger(cell) : typedClock ? '0' : values.typedNumber(cell, 'BIGINT'),
  );
  const whole = 'r_hour BETWEEN 0 AND 23';
  const byHour = dates.localToUtc(`r_date::TIMESTAMP + to_hours(CASE WHEN ${whole} THEN r_hour END)`, plan.timeZone);
  const joined = `r_date::VARCHAR || ' ' || trim(${cell})`;
  const byClock = typedClock
    ? dates.localToUtc(`(r_date + ${cell}::TIME)`, plan.timeZone)
    : `CASE WHEN ${dates.hasTimeOfDay(cell, plan.dates)} OR regexp_matches(lower(${cell}), '[时點点]|[ap][.]?m') THEN ${dates.textToInstant(joined, plan.timeZone, plan.dates)} END`;
  const instant = typedClock
    ? byClock
    : isText(hour)
      ? `CASE WHEN ${whole} THEN ${byHour} ELSE ${byClock} END`
      : byHour;
  columns.add('instant', instant);
  columns.add('day', plan.timeZone === plan.businessZone ? 'r_date' : dates.dayOf('instant', plan.businessZone));
  columns.fault(
    'hour',
    isText(hour) || typedClock ? 'instant IS NULL AND r_date IS NOT NULL' : `r_hour IS NULL OR NOT ${whole}`,
  );
}
