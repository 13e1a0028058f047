/** Steps from what a source holds already into a file of its next days: a file of one day has none of its own. */
import { fold, isBlank, normalName, normalTitle } from '../../../vocabulary/text.ts';
import type { Vocabulary } from '../../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import type { DataFile } from '../../read/source.ts';
import type { ImportPlan } from '../../stage/plan.ts';
import { TITLE_MARK } from '../../stage/stage.ts';
import { stageViews } from '../probe.ts';
import type { Steps } from './counter-evidence.ts';

/** Rows of the file's first days that are looked at. */
const LOOKED_AT = 20_000;
/** Days before the file's first that are looked at. */
const DAYS_BEFORE = 31;

/** What a series has on a platform by the day, ISO. */
type Chains = Map<string, Map<string, number>>;

/**
 * The steps over the source's last days and the file's own, of the series that the file has.
 * @param before what the source's earlier imports were taken for: what they stated is compared
 * @returns null where the two cannot be compared, or no day lies before
 */
export async function stepsFromSource(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  { source, before, vocabulary }: { source: string; before: 'increment' | 'cumulative'; vocabulary: Vocabulary },
): Promise<Steps | null> {
  const { sql, staged } = stageViews(file, plan);
  // A week's or a month's number is kept by the day, and hours differ in what they leave out.
  if (staged.instant || (plan.covers !== null && plan.covers !== 'day')) return null;
  const platform = staged.platform ? 'platform' : 'NULL AS platform';
  const rows = await session.all({
    text: `SELECT name, ${platform}, day::VARCHAR AS day, sum(views)::DOUBLE AS views FROM (${sql})
      WHERE bad = 0 AND views IS NOT NULL GROUP BY ALL ORDER BY day LIMIT ${LOOKED_AT}`,
    values: [],
  });
  const chains: Chains = new Map();
  for (const row of rows) {
    const stated = plan.platform ?? (typeof row.platform === 'string' ? row.platform : null);
    add(chains, keyOf(idOf(String(row.name)), platformOf(stated, vocabulary)), String(row.day), Number(row.views));
  }
  const [first] = rows;
  if (!first) return null;
  const earlier = await rowsBefore(session, source, String(first.day), before);
  if (earlier.length === 0) return null;
  for (const row of earlier) {
    const key = keyOf(String(row.id), String(row.platform));
    if (chains.has(key)) add(chains, key, String(row.day), Number(row.views));
  }
  return stepsOfChains([...chains.values()]);
}

/** As the file states it, whatever it was resolved to since. */
function rowsBefore(session: ReadSession, source: string, day: string, before: 'increment' | 'cumulative') {
  const [table, rows] =
    before === 'cumulative' ? ['snapshot', 'true'] : ['view_log', "NOT derived AND kind = 'increment'"];
  return session.all({
    text: `SELECT id, platform, day, sum(views)::DOUBLE AS views FROM (
        SELECT k.series_id AS id, p.id AS platform, v.day::VARCHAR AS day, v.region_key, v.episode,
          ${before === 'cumulative' ? 'max' : 'sum'}(v.views) AS views
        FROM ${table} v JOIN source s USING (source_key) JOIN series_key k ON k.series_key = coalesce(v.stated_key, v.series_key)
          JOIN platform p ON p.platform_key = coalesce(v.stated_platform_key, v.platform_key)
        WHERE s.id = $1 AND v.day >= $2::DATE - ${DAYS_BEFORE} AND v.day < $2::DATE AND v.views IS NOT NULL AND ${rows} GROUP BY ALL)
      GROUP BY ALL`,
    values: [source, day],
  });
}

const keyOf = (series: string, platform: string) => `${series}\0${platform}`;
const idOf = (name: string) =>
  name.startsWith(TITLE_MARK) ? normalTitle(name.slice(TITLE_MARK.length)) : name.trim().replace(/^(\d+)\.0+$/u, '$1');
const platformOf = (platform: string | null, vocabulary: Vocabulary) =>
  platform === null || isBlank(platform)
    ? '(unknown)'
    : (vocabulary.platforms.get(fold(platform))?.id ?? normalName(platform));

function add(chains: Chains, key: string, day: string, views: number): void {
  const chain = chains.get(key) ?? new Map<string, number>();
  chain.set(day, (chain.get(day) ?? 0) + views);
  chains.set(key, chain);
}

function stepsOfChains(chains: readonly ReadonlyMap<string, number>[]): Steps {
  const changes: number[] = [];
  const found = { keys: 0, long: 0, steps: 0, held: 0, rose: 0, grew: 0 };
  for (const chain of chains) {
    const values = [...chain].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, views]) => views);
    if (values.length < 2) continue;
    found.keys += 1;
    if (values.length >= 3) found.long += 1;
    if ((values.at(-1) ?? 0) > (values[0] ?? 0)) found.grew += 1;
    for (const [i, value] of values.slice(1).entries()) {
      const before = values[i] ?? 0;
      found.steps += 1;
      if (value >= before) found.held += 1;
      if (value > before) found.rose += 1;
      if (before > 0) changes.push(Math.abs(value - before) / before);
    }
  }
  const { keys, long, steps, held, rose, grew } = found;
  const ordered = changes.sort((a, b) => a - b);
  return {
    keys,
    long,
    steps,
    held: held / Math.max(1, steps),
    rose: rose / Math.max(1, steps),
    grew: grew / Math.max(1, keys),
    change: ordered[ordered.length >> 1] ?? null,
  };
}
