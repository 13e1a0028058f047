/** Tables of `data/vocabulary` for analyses: holidays by date, genres by group. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import type { Day, Label } from '../contract/query.ts';

export interface Holiday {
  readonly id: string;
  readonly label: Label;
}

/** By business date; 春节 follows the lunar calendar, so dates are listed. */
export type Holidays = ReadonlyMap<Day, Holiday>;

/** Genres that readers name together (玄幻仙侠); a genre is in one group at most. */
export interface GenreGroup {
  readonly id: string;
  readonly label: Label;
  readonly genres: readonly string[];
}

export interface OutlookTables {
  readonly holidays: Holidays;
  readonly genreGroups: readonly GenreGroup[];
}

const holidayRow = z.object({ date: z.iso.date(), id: z.string().min(1), zh: z.string(), en: z.string() });
const groupRow = z.object({ id: z.string().min(1), zh: z.string(), en: z.string(), genres: z.string().min(1) });

/** Holidays that change viewing (docs/analyses/anomalies.md). */
const MOVING: ReadonlySet<string> = new Set(['national_day', 'spring_festival']);

/** The holiday that changes a day's expected level, or null. */
export function movingHoliday(holidays: Holidays, day: Day): Holiday | null {
  const holiday = holidays.get(day);
  return holiday !== undefined && MOVING.has(holiday.id) ? holiday : null;
}

/** A moving holiday of one year. */
export interface HolidayDays extends Holiday {
  readonly id: 'spring_festival' | 'national_day';
  readonly year: number;
  readonly from: Day;
  readonly to: Day;
}

/** The moving holidays that have a day in the span, each from its first day to its last, oldest first. */
export function holidaysBetween(holidays: Holidays, from: Day, to: Day): readonly HolidayDays[] {
  const found = new Map<string, HolidayDays>();
  for (const day of [...holidays.keys()].toSorted()) {
    const holiday = movingHoliday(holidays, day);
    const id = holiday?.id === 'national_day' || holiday?.id === 'spring_festival' ? holiday.id : null;
    if (holiday === null || id === null) continue;
    const year = Number(day.slice(0, 4));
    const key = `${id} ${year}`;
    found.set(key, { ...holiday, id, year, from: found.get(key)?.from ?? day, to: day });
  }
  return [...found.values()].filter((one) => one.from <= to && one.to >= from);
}

/** @param folder has `holidays.csv`, `genre_groups.csv` @throws Error naming the file and row that cannot be used */
export function loadOutlookTables(folder = join(process.cwd(), 'data', 'vocabulary')): OutlookTables {
  return {
    holidays: new Map(
      readRows(folder, 'holidays.csv', holidayRow).map(({ date, id, zh, en }) => [date, { id, label: { en, zh } }]),
    ),
    genreGroups: readRows(folder, 'genre_groups.csv', groupRow).map(({ id, zh, en, genres }) => ({
      id,
      label: { en, zh },
      genres: genres.split('|'),
    })),
  };
}

function readRows<T>(folder: string, file: string, schema: z.ZodType<T>): T[] {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  const { data } = Papa.parse<unknown>(text, { header: true, skipEmptyLines: true });
  return data.map((row, index) => {
    const parsed = schema.safeParse(row);
    if (!parsed.success) throw new Error(`${file}, row ${index + 2}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}
