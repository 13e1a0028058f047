/** What must be there, in plain JavaScript: the committed imports in their order, and the merges that hold. */
import { counterOf, dayOf, type Mode, PLATFORMS, type SoakFile, titleOf } from './files.ts';

/** A committed import as the history tells it. */
export interface Committed {
  readonly file: SoakFile;
  readonly source: string;
  readonly mode: Mode;
}

export interface Totals {
  /** `title day` → views. */
  readonly seriesDays: ReadonlyMap<string, number>;
  /** `platform day` → views. */
  readonly platformDays: ReadonlyMap<string, number>;
  /** Title of a counter → views within the log. */
  readonly counters: ReadonlyMap<string, number>;
  /** Title → producer. */
  readonly producers: ReadonlyMap<string, string>;
  /** Revenue in CNY, all of it. */
  readonly revenue: number;
}

/**
 * @param imports committed ones, oldest first
 * @param merged title → title that it is now
 */
export function totalsOf(imports: readonly Committed[], merged: ReadonlyMap<string, string>): Totals {
  const counting = dailyRows(imports, merged);
  const seriesDays = new Map<string, number>();
  const platformDays = new Map<string, number>();
  for (const { title, day, platform, views } of counting) {
    add(seriesDays, `${title} ${dayOf(day)}`, views);
    add(platformDays, `${PLATFORMS[platform]} ${dayOf(day)}`, views);
  }
  return {
    seriesDays,
    platformDays,
    counters: countersOf(imports),
    producers: producersOf(imports),
    revenue: revenueOf(imports),
  };
}

interface DailyRow {
  readonly title: string;
  readonly day: number;
  readonly platform: number;
  views: number;
  /** Number of the latest import that states it. */
  by: number;
}

/** Of one key of a source the latest import counts; what was appended adds; a replaced range begins anew. */
function dailyRows(imports: readonly Committed[], merged: ReadonlyMap<string, string>): DailyRow[] {
  const sources = new Map<string, Map<string, DailyRow>>();
  for (const [by, { file, source, mode }] of imports.entries()) {
    if (file.kind !== 'daily') continue;
    const rows = sources.get(source) ?? new Map<string, DailyRow>();
    sources.set(source, rows);
    const days = file.facts.map((fact) => fact.day);
    const [from, to] = [Math.min(...new Set(days)), Math.max(...new Set(days))];
    if (mode === 'replace_range') for (const [key, row] of rows) if (row.day >= from && row.day <= to) rows.delete(key);
    for (const { series, day, platform, value } of file.facts) {
      const title = merged.get(titleOf(series)) ?? titleOf(series);
      const key = `${title}|${day}|${platform}`;
      const known = rows.get(key);
      if (known && (mode === 'append' || known.by === by)) known.views += value;
      else rows.set(key, { title, day, platform, views: value, by });
    }
  }
  return [...sources.values()].flatMap((rows) => [...rows.values()]);
}

/** Counters never fall here: what came within the log is the last one less the first. */
function countersOf(imports: readonly Committed[]): Map<string, number> {
  const stated = new Map<number, Map<number, number>>();
  for (const { file } of imports)
    if (file.kind === 'counter')
      for (const { series, day, value } of file.facts) {
        const days = stated.get(series) ?? new Map<number, number>();
        stated.set(series, days.set(day, value));
      }
  const views = new Map<string, number>();
  for (const [series, days] of stated) {
    const sorted = [...days].sort(([a], [b]) => a - b).map(([, value]) => value);
    views.set(counterOf(series), (sorted.at(-1) ?? 0) - (sorted[0] ?? 0));
  }
  return views;
}

function producersOf(imports: readonly Committed[]): Map<string, string> {
  const producers = new Map<string, string>();
  for (const { file } of imports)
    if (file.kind === 'catalogue')
      for (const { series, value } of file.facts) producers.set(titleOf(series), `Studio ${value}`);
  return producers;
}

function revenueOf(imports: readonly Committed[]): number {
  const rates = new Map<number, number>();
  const revenue = new Map<string, { day: number; amount: number }>();
  for (const { file } of imports)
    for (const { series, day, value } of file.facts)
      if (file.kind === 'rates') rates.set(day, value / 100);
      else if (file.kind === 'money') revenue.set(`${series}|${day}`, { day, amount: value });
  let total = 0;
  for (const { day, amount } of revenue.values()) total += amount * (rates.get(day) ?? Number.NaN);
  return total;
}

function add(map: Map<string, number>, key: string, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}
