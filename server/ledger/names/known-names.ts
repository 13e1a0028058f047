/** Names that files stated, as ids of their dimension. */

import type { AliasDimension, AliasRequest } from '../../contract/aliases.ts';
import { ProblemError } from '../../problem.ts';
import { textOf } from '../../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../../warehouse/warehouse.ts';

const STATED: Record<AliasDimension | 'source', string> = {
  series: 'SELECT series_id FROM series_key',
  producer: 'SELECT unnest(producers) FROM series_statement',
  platform: 'SELECT id FROM platform',
  franchise: 'SELECT franchise FROM series_statement',
  source: 'SELECT id FROM source',
};

const IN_CHINESE: Record<AliasDimension | 'source', string> = {
  series: '剧集',
  producer: '承制方',
  platform: '平台',
  franchise: '系列 IP',
  source: '数据来源',
};

/** @throws ProblemError `unknown_member` naming the first id that no file ever stated */
export async function refuseUnknown(session: ReadSession, request: AliasRequest): Promise<void> {
  const { dimension, from, into, platform, source } = request;
  // What is parted from a series may be a new one.
  const parts = platform !== undefined || source !== undefined;
  await refuse(session, dimension, 'from', from);
  if (!parts) await refuse(session, dimension, 'into', [into]);
  if (platform !== undefined) await refuse(session, 'platform', 'platform', [platform]);
  if (source !== undefined) await refuse(session, 'source', 'source', [source]);
}

async function refuse(
  session: ReadSession,
  dimension: AliasDimension | 'source',
  path: string,
  ids: readonly string[],
): Promise<void> {
  const [unknown] = await session.all({
    text: `SELECT id FROM (SELECT unnest($1::VARCHAR[]) AS id) WHERE id NOT IN (SELECT s.id FROM (${STATED[dimension]}) s(id) WHERE s.id IS NOT NULL)`,
    values: [ids],
  });
  if (!unknown) return;
  if (dimension === 'series') await refuseTitle(session, path, textOf(unknown, 'id'));
  throw new ProblemError(
    'unknown_member',
    {
      en: `There is no ${dimension} “${textOf(unknown, 'id')}” in the data; GET /api/v1/members/${dimension} lists them.`,
      zh: `数据中没有${IN_CHINESE[dimension]}“${textOf(unknown, 'id')}”；全部成员见 GET /api/v1/members/${dimension}。`,
    },
    [{ path, message: textOf(unknown, 'id') }],
  );
}

/** A title that no file states by itself is no id: the series that bear it have theirs. */
async function refuseTitle(session: ReadSession, path: string, title: string): Promise<void> {
  const rows = await session.all({
    text: 'SELECT series_id FROM series WHERE title = $1 OR title_en = $1 ORDER BY series_id LIMIT 5',
    values: [title],
  });
  if (rows.length === 0) return;
  const ids = rows.map((row) => textOf(row, 'series_id'));
  throw new ProblemError(
    'unknown_member',
    {
      en: `“${title}” is a title; give the id of its series: ${ids.join(', ')}.`,
      zh: `“${title}”是剧名；请填写剧集编号：${ids.join('、')}。`,
    },
    [{ path, message: ids.join(', ') }],
  );
}

/** Gives a new series its key, where it has none. */
export async function addName(session: WriteSession, id: string): Promise<void> {
  await session.run({
    text: `INSERT INTO series_key (series_key, series_id, resolved_key)
      SELECT top + 1, $1, top + 1 FROM (SELECT coalesce(max(series_key), 0) AS top FROM series_key)
      WHERE $1 NOT IN (SELECT series_id FROM series_key)`,
    values: [id],
  });
}
