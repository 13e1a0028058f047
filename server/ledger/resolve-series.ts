/**
 * Which series a name in a file stands for. A name leads to another by an alias (the user's word), else by being the
 * title of exactly one catalogued series, as written or in other case; where nothing follows, it is the series. What a
 * file stated stays with each row (`stated_key`), so all of it can be resolved anew: aliases and imports come and go in
 * any order.
 */
import { numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { follow, type Way } from './alias-walk.ts';
import { type ActiveAlias, activeAliases, tableOfPairs } from './aliases.ts';

/** Tables whose rows carry keys that may be resolved to others. */
export const KEYED_TABLES = ['view_log', 'view_log_hidden', 'snapshot'] as const;

/**
 * Resolves every name anew and moves the rows of those whose series changed. Makes the temporary tables `moved` of the
 * series concerned, and `title_edge` of the names that are titles.
 * @param platformsMoved rows whose platform changed may fall under another condition of a part
 * @returns whether any row's series may have changed
 */
export async function resolveNames(session: WriteSession, platformsMoved: boolean): Promise<boolean> {
  const run = (text: string) => session.run({ text, values: [] });
  const graph = await findRenamed(session);
  await run(
    `CREATE OR REPLACE TEMP TABLE parted_now (series_key INTEGER, source_key SMALLINT, platform_key SMALLINT, into_key INTEGER)`,
  );
  if (graph.parts.length > 0) await graph.part(session);
  await run(AFFECTED);
  if (platformsMoved)
    await run('INSERT INTO affected SELECT DISTINCT series_key FROM (FROM series_parted UNION ALL FROM parted_now)');
  await run(`CREATE OR REPLACE TEMP TABLE moved AS
    SELECT was AS series_key FROM renamed UNION SELECT now FROM renamed
    UNION SELECT k.resolved_key FROM series_key k JOIN affected USING (series_key)
    UNION SELECT into_key FROM (FROM series_parted UNION ALL FROM parted_now) WHERE series_key IN (FROM affected)`);
  const [row] = await session.all({ text: 'SELECT count(*) AS n FROM affected', values: [] });
  if (numberOf(row, 'n') === 0) return false;
  await run('UPDATE series_key SET resolved_key = r.now FROM renamed r WHERE r.series_key = series_key.series_key');
  await run('DELETE FROM series_parted');
  await run('INSERT INTO series_parted FROM parted_now');
  const parted = graph.parts.length > 0;
  for (const table of KEYED_TABLES) {
    await run(moveRows(table, 'k.resolved_key', 'series_key k', 'k.series_key IN (FROM affected)'));
    if (!parted) continue;
    const part = (by: string) => moveRows(table, 'k.into_key', 'series_parted k', `k.${by} = ${table}.${by}`);
    // What is said of a platform goes before what is said of a source: written last, it holds.
    await run(part('source_key'));
    await run(part('platform_key'));
  }
  return true;
}

/** Makes the temporary tables `renamed`, of the names that are to lead elsewhere than they do, and `title_edge`. */
export async function findRenamed(session: WriteSession): Promise<AliasGraph> {
  const graph = await AliasGraph.of(session, await activeAliases(session, 'series'));
  await tableOfPairs(session, 'alias_root', ['series_key', 'root'], graph.roots());
  await session.run({ text: TITLE_EDGES, values: [] });
  await graph.addTitles(session);
  await tableOfPairs(session, 'alias_final', ['series_key', 'final_key'], graph.ends());
  await session.run({ text: RENAMED, values: [] });
  return graph;
}

/**
 * Resolves names that have no rows yet, so that the rows to come are written under the right series from the start.
 * @param after the last key that was given before them
 * @returns whether one of them may be the title of a series; what else follows of it, `resolveNames` does
 */
export async function resolveNewNames(session: WriteSession, after: number): Promise<boolean> {
  const [row] = await session.all({
    text: `SELECT EXISTS (FROM series_key k JOIN series_statement s ON lower(s.title_key) = lower(k.series_id)
      WHERE k.series_key > $1) AS titled`,
    values: [after],
  });
  if (row?.titled !== true) return false;
  await findRenamed(session);
  await session.run({
    text: `UPDATE series_key SET resolved_key = r.now FROM renamed r
      WHERE r.series_key = series_key.series_key AND series_key.series_key > $1`,
    values: [after],
  });
  return true;
}

const moveRows = (table: string, now: string, from: string, where: string) =>
  `UPDATE ${table} SET series_key = ${now}, stated_key = nullif(k.series_key, ${now})
   FROM ${from} WHERE k.series_key = coalesce(${table}.stated_key, ${table}.series_key) AND ${where}`;

/** Of titles that several series have, only those that aliases made one lead anywhere: to the one they ended at. */
const onlyTarget = (title: string) => `
    SELECT t.${title}, CASE WHEN count(*) = 1 THEN min(t.series_key) ELSE min(coalesce(r.root, t.series_key)) END AS target
    FROM titled t LEFT JOIN alias_root r USING (series_key)
    WHERE own GROUP BY t.${title} HAVING count(DISTINCT coalesce(r.root, t.series_key)) = 1`;

/**
 * Names that are the title of exactly one other series: as written, else in other case. Series that aliases made one
 * count as one. Titles without any id that differ in case alone are one series, named as the first import that holds
 * writes it, unless an alias says another of them.
 */
const TITLE_EDGES = `CREATE OR REPLACE TEMP TABLE title_edge AS
  WITH titled AS (
    SELECT t.*, k.series_id, lower(title) AS folded, title <> k.series_id AS own FROM (
      SELECT series_key, arg_max(title_key, import_no) AS title, min(import_no) AS since
      FROM series_statement WHERE title_key IS NOT NULL GROUP BY series_key) t JOIN series_key k USING (series_key)),
  exact AS (${onlyTarget('title')}),
  blind AS (${onlyTarget('folded')}),
  first AS (
    SELECT folded, arg_min(series_key, (since, series_id)) AS series_key FROM titled
    WHERE NOT own AND title NOT IN (SELECT title FROM exact) GROUP BY folded),
  led AS (
    SELECT f.folded, CASE WHEN lower(k.series_id) = f.folded THEN r.root ELSE f.series_key END AS target
    FROM first f LEFT JOIN alias_root r USING (series_key) LEFT JOIN series_key k ON k.series_key = r.root),
  edge AS (
    SELECT k.series_key, coalesce(e.target, b.target, l.target) AS target
    FROM series_key k LEFT JOIN exact e ON e.title = k.series_id LEFT JOIN blind b ON b.folded = lower(k.series_id)
      LEFT JOIN led l ON l.folded = lower(k.series_id)
    WHERE k.series_key NOT IN (SELECT series_key FROM titled WHERE own))
  FROM edge WHERE target <> series_key`;

const RENAMED = `CREATE OR REPLACE TEMP TABLE renamed AS
  WITH wanted AS (
    SELECT k.series_key, k.resolved_key AS was, CASE
        WHEN f.final_key IS NOT NULL THEN f.final_key
        WHEN e.target IS NULL THEN k.series_key
        WHEN g.final_key IS NOT NULL THEN g.final_key
        ELSE e.target END AS now
    FROM series_key k LEFT JOIN alias_final f USING (series_key) LEFT JOIN title_edge e USING (series_key)
      LEFT JOIN alias_final g ON g.series_key = e.target)
  FROM wanted WHERE was <> now`;

const AFFECTED = `CREATE OR REPLACE TEMP TABLE affected AS
  SELECT series_key FROM renamed UNION SELECT series_key FROM (
    (FROM series_parted EXCEPT FROM parted_now) UNION ALL (FROM parted_now EXCEPT FROM series_parted))`;

interface Part {
  readonly node: number;
  readonly into: number;
  readonly alias: ActiveAlias;
}

/** The names that aliases touch, and where each of them leads. */
class AliasGraph {
  private readonly titles = new Map<number, number>();

  private constructor(
    private readonly ids: ReadonlyMap<number, string>,
    private readonly next: ReadonlyMap<number, number>,
    /** What a platform or a source states of a name is another series. */
    readonly parts: readonly Part[],
  ) {}

  static async of(session: WriteSession, aliases: readonly ActiveAlias[]): Promise<AliasGraph> {
    const names = [...new Set(aliases.flatMap((alias) => [alias.from, alias.into]))];
    const rows =
      names.length === 0
        ? []
        : await session.all({
            text: 'SELECT series_key, series_id FROM series_key WHERE series_id IN (SELECT unnest($1::VARCHAR[]))',
            values: [names],
          });
    const ids = new Map(rows.map((row) => [numberOf(row, 'series_key'), textOf(row, 'series_id')]));
    const keys = new Map([...ids].map(([key, id]) => [id, key]));
    const next = new Map<number, number>();
    const parts: Part[] = [];
    for (const alias of aliases) {
      const node = keys.get(alias.from);
      const into = keys.get(alias.into);
      if (node === undefined || into === undefined) continue;
      if (alias.platform === null && alias.source === null) next.set(node, into);
      else parts.push({ node, into, alias });
    }
    return new AliasGraph(ids, next, parts);
  }

  private way(start: number, next: (node: number) => number | undefined): Way<number> {
    const id = (key: number) => this.ids.get(key) ?? '';
    return follow(start, next, (a, b) => (id(a) < id(b) ? a : b));
  }

  /** Where aliases alone lead, titles left aside. */
  *roots(): Iterable<readonly [number, number]> {
    for (const key of this.next.keys()) yield [key, this.way(key, (node) => this.next.get(node)).end];
  }

  async addTitles(session: WriteSession): Promise<void> {
    if (this.ids.size === 0) return;
    const rows = await session.all({
      text: 'SELECT series_key, target FROM title_edge WHERE series_key IN (SELECT unnest($1::INTEGER[]))',
      values: [[...this.ids.keys()]],
    });
    for (const row of rows) this.titles.set(numberOf(row, 'series_key'), numberOf(row, 'target'));
  }

  private wayOf(start: number): Way<number> {
    return this.way(start, (node) => this.next.get(node) ?? this.titles.get(node));
  }

  /** Each name that an alias touches, and the series it ends at. */
  *ends(): Iterable<readonly [number, number]> {
    for (const key of this.ids.keys()) yield [key, this.wayOf(key).end];
  }

  /**
   * Fills `parted_now`: names on whose way a condition stands, with the series that it leads to. Titles lead no further:
   * what is parted from the series of a title may bear that title.
   */
  async part(session: WriteSession): Promise<void> {
    for (const { node, into, alias } of this.parts) {
      const passing = [...this.ids.keys()].filter((key) => this.wayOf(key).passed.includes(node));
      const key = alias.platform === null ? 'source' : 'platform';
      await session.run({
        text: `INSERT INTO parted_now (series_key, ${key}_key, into_key)
          SELECT n.series_key, d.${key}_key, $3 FROM (
            SELECT unnest($1::INTEGER[]) AS series_key UNION
            SELECT series_key FROM title_edge WHERE target IN (SELECT unnest($1::INTEGER[])) AND series_key NOT IN (SELECT unnest($2::INTEGER[]))) n,
            (SELECT ${key === 'source' ? 'source_key FROM source' : 'coalesce(m.into_key, p.platform_key) AS platform_key FROM platform p LEFT JOIN platform_merged m USING (platform_key)'} WHERE id = $4) d
          WHERE NOT EXISTS (FROM parted_now o WHERE o.series_key = n.series_key AND o.${key}_key = d.${key}_key)`,
        values: [
          passing,
          [...this.next.keys()],
          this.way(into, (at) => this.next.get(at)).end,
          alias.platform ?? alias.source,
        ],
      });
    }
  }
}
