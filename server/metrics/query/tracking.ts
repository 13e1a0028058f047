import type { Day, Note, ScopeFilter } from '../../contract/query.ts';
import type { DatasetState, SourceState } from '../../warehouse/warehouse.ts';
import { earlier, later, type Range } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { countWords, dayWords, rangeWords } from '../language/day-words.ts';
import type { Engine } from '../language/engine.ts';
import { sql } from '../sql/sql.ts';
import { sourcesAsked } from './charts.ts';

/** A counter first read long after its release brings all it earns from then on: growth by tracking, not by viewing. */

/** Growth of tracked series, as a fraction, above which a note is given. */
const NOTABLE = 0.2;

/** By the day of their first row, in order. */
interface Entries {
  readonly day: Day;
  readonly series: number;
  /** Began with an opening: older than the log. */
  readonly opened: number;
}

/** Per data version. */
const ENTRIES = new WeakMap<DatasetState, Promise<readonly Entries[]>>();

function entriesOf(engine: Engine): Promise<readonly Entries[]> {
  const entries = ENTRIES.get(engine.state) ?? readEntries(engine);
  ENTRIES.set(engine.state, entries);
  // A failed read, such as a cancelled one, must not be kept.
  entries.catch(() => ENTRIES.delete(engine.state));
  return entries;
}

/** Empty if the log has no openings, which a small table shows. */
async function readEntries(engine: Engine): Promise<readonly Entries[]> {
  const [some] = await engine.all(
    sql`SELECT count(m.opening_views) + count(m.opening_valid_views) AS n FROM series_month m`,
  );
  if ((toNumber(some?.n) ?? 0) === 0) return [];
  const rows = await engine.all(
    sql`SELECT f.first AS day, count(*) AS series, count(*) FILTER (WHERE f.opened = f.first) AS opened
      FROM (SELECT d.series_key, min(d.day) AS first,
          min(d.day) FILTER (WHERE d.opening_views IS NOT NULL OR d.opening_valid_views IS NOT NULL) AS opened
        FROM series_day d GROUP BY d.series_key) f
      GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({
    day: String(row.day),
    series: toNumber(row.series) ?? 0,
    opened: toNumber(row.opened) ?? 0,
  }));
}

/** Series tracked after `since` up to `until`, and on `since`. Only those with an opening: others are new supply. */
export function widening(entries: readonly Entries[], since: Day, until: Day): { before: number; joined: number } {
  const sum = (own: readonly Entries[], pick: (entry: Entries) => number) =>
    own.reduce((total, entry) => total + pick(entry), 0);
  return {
    before: sum(
      entries.filter(({ day }) => day <= since),
      ({ series }) => series,
    ),
    joined: sum(
      entries.filter(({ day }) => day > since && day <= until),
      ({ opened }) => opened,
    ),
  };
}

/** Sources that begin within the comparison, or over 20 % of series joining by openings. Only source filters count. */
export async function trackingWidened(
  engine: Engine,
  compared: readonly [Range, Range],
  filters: readonly ScopeFilter[],
): Promise<Note[]> {
  const { state } = engine;
  if (state.from === null || state.asOf === null) return [];
  const [a, b] = compared;
  const since = later(earlier(a.from, b.from), state.from);
  const until = later(a.to, b.to);
  const sources = sourcesAsked(state, filters).filter(({ from }) => from > since && from <= until);
  const { before, joined } = widening(await entriesOf(engine), since, until);
  return [
    ...newSources(sources),
    ...(before > 0 && joined > before * NOTABLE ? [moreSeries(before, joined, since, until)] : []),
  ];
}

function newSources(sources: readonly SourceState[]): Note[] {
  const [first] = sources;
  if (first === undefined) return [];
  const begins = dayWords(first.from);
  if (sources.length === 1) {
    const text = {
      en: `Source ${first.id} begins on ${begins.en}, within the compared ranges: growth that it brings is wider tracking, not more viewing. Filter by source to leave it out.`,
      zh: `数据来源 ${first.id} 自${begins.zh}起才有数据，处于对比区间之内：由其带来的增长是统计范围扩大，并非观看增加。可按数据来源筛选将其排除。`,
    };
    return [{ code: 'tracking_widened', text }];
  }
  const text = {
    en: `${sources.length} sources begin within the compared ranges: growth that they bring is wider tracking, not more viewing. Filter by source to leave them out.`,
    zh: `有 ${sources.length} 个数据来源在对比区间之内才开始有数据：由其带来的增长是统计范围扩大，并非观看增加。可按数据来源筛选将其排除。`,
  };
  const items = sources.map(({ id, from }) => ({
    en: `${id}: from ${dayWords(from).en}`,
    zh: `${id}：自${dayWords(from).zh}起`,
  }));
  return [{ code: 'tracking_widened', text, items }];
}

function moreSeries(before: number, joined: number, since: Day, until: Day): Note {
  const percent = Math.round((joined / before) * 100);
  const [came, tracked] = [countWords(joined), countWords(before)];
  const between = rangeWords({ from: since, to: until });
  return {
    code: 'tracking_widened',
    text: {
      en: `In the whole dataset ${came} series released before their first reading, or at an unknown time, came under tracking between ${dayWords(since).en} and ${dayWords(until).en}, ${percent}% of the ${tracked} tracked on the first day: part of the growth is wider tracking, not more viewing.`,
      zh: `${between.zh}期间，全部数据中有 ${came} 部剧集（上线早于首次读数，或上线日期不明）新纳入统计，相当于首日 ${tracked} 部的 ${percent}%：部分增长来自统计范围扩大，并非观看增加。`,
    },
  };
}
