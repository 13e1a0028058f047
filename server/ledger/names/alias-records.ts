/** The `alias` table as the records that the API answers with. */

import { z } from 'zod';
import { type Alias, type AliasDimension, aliasDimensionSchema } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, ResultRow } from '../../warehouse/warehouse.ts';

const rowSchema = z.object({
  alias_id: z.string(),
  dimension: aliasDimensionSchema,
  from_id: z.string(),
  into_id: z.string(),
  platform: z.string().nullable(),
  source: z.string().nullable(),
  made_at: z.string(),
  undone_at: z.string().nullable(),
});

/** How a member is written, also where it is merged into another and no longer one itself. */
export async function namesOf(
  session: ReadSession,
  dimension: AliasDimension,
  ids: readonly string[],
): Promise<(id: string) => Label> {
  const rows = ids.length === 0 ? [] : await session.all({ text: NAMES[dimension], values: [ids] });
  const labels = new Map(
    rows.map((row) => {
      const zh = String(row.zh ?? row.id);
      return [textOf(row, 'id'), { zh, en: String(row.en ?? zh) }];
    }),
  );
  return (id) => labels.get(id) ?? { zh: id, en: id };
}

const written = (dimension: string) =>
  `SELECT id, arg_max(zh, import_no) AS zh, arg_max(en, import_no) AS en FROM label_statement
   WHERE dimension = '${dimension}' AND id IN (SELECT unnest($1::VARCHAR[])) GROUP BY id`;
const NAMES: Record<AliasDimension, string> = {
  series: `SELECT k.series_id AS id, arg_max(s.title, s.import_no) AS zh, arg_max(s.title_en, s.import_no) AS en
    FROM series_key k LEFT JOIN series_statement s USING (series_key)
    WHERE k.series_id IN (SELECT unnest($1::VARCHAR[])) GROUP BY k.series_id`,
  producer: written('producer'),
  franchise: written('franchise'),
  platform: 'SELECT id, zh, en FROM platform WHERE id IN (SELECT unnest($1::VARCHAR[]))',
};

/** Newest first. */
export async function aliasRecords(
  session: ReadSession,
  { dimension, undone }: { dimension?: AliasDimension | undefined; undone: boolean },
): Promise<readonly Alias[]> {
  const rows = await session.all({
    text: `FROM alias WHERE ($1::VARCHAR IS NULL OR dimension = $1) AND ($2 OR undone_at IS NULL) ORDER BY alias_no DESC`,
    values: [dimension ?? null, undone],
  });
  return named(session, rows);
}

/** @throws ProblemError `not_found` */
export async function findAlias(session: ReadSession, aliasId: string): Promise<Alias> {
  const [alias] = await named(
    session,
    await session.all({ text: 'FROM alias WHERE alias_id = $1', values: [aliasId] }),
  );
  if (alias) return alias;
  throw new ProblemError('not_found', {
    en: `There is no alias ${aliasId}; GET /api/v1/aliases lists them.`,
    zh: `没有编号为 ${aliasId} 的合并；全部合并见 GET /api/v1/aliases。`,
  });
}

async function named(session: ReadSession, rows: readonly ResultRow[]): Promise<readonly Alias[]> {
  const aliases = rowSchema.array().parse(rows);
  const named = new Map<string, Alias>();
  for (const dimension of new Set(aliases.map((a) => a.dimension))) {
    const own = aliases.filter((a) => a.dimension === dimension);
    const label = await namesOf(session, dimension, [...new Set(own.flatMap((a) => [a.from_id, a.into_id]))]);
    for (const { from_id, into_id, ...rest } of own)
      named.set(rest.alias_id, {
        ...rest,
        from: { id: from_id, label: label(from_id) },
        into: { id: into_id, label: label(into_id) },
      });
  }
  return aliases.flatMap(({ alias_id }) => named.get(alias_id) ?? []);
}
