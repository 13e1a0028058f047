/** Suggestions of what may be one, from the members that count now. */

import { setImmediate } from 'node:timers/promises';
import type { AliasDimension, Suggestion, Suggestions } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import { spell, transcriber } from '../../vocabulary/pinyin.ts';
import { textOf } from '../../warehouse/row-values.ts';
import {
  type Asking,
  Cancelled,
  type ReadSession,
  type ResultRow,
  type Value,
  type Warehouse,
} from '../../warehouse/warehouse.ts';
import type { Reason } from './name-keys.ts';
import { type Candidate, type Pair, type Pieces, suggestInPieces } from './suggest.ts';

/**
 * Pairs that may be one, the likeliest first, without those that the user dismissed.
 * Quick for some ten thousands of members: they are compared within blocks of one key only.
 */
export async function suggestions(
  warehouse: Warehouse,
  { dimension, limit }: { dimension: AliasDimension; limit: number },
  asking: Asking = {},
): Promise<Suggestions> {
  const { signal } = asking;
  const transcribe = await transcriber();
  const pinyin = (text: string) => spell(text, transcribe)?.letters ?? null;
  return warehouse.read(async (session) => {
    const dismissed = await dismissedOf(session, dimension);
    const candidates = await candidatesOf(session, dimension);
    // Where they stand is asked of the few that may be one, not of all.
    const first = await inTurns(suggestInPieces(dimension, candidates, pinyin), signal);
    const met = await withStands(session, dimension, [...new Set(first.flatMap(({ from, into }) => [from, into]))]);
    const judged = await inTurns(suggestInPieces(dimension, met, pinyin), signal);
    const pairs = judged.filter(({ from, into }) => !dismissed.has(pairKey(from.id, into.id)));
    return { rows: pairs.slice(0, limit).map((pair) => suggestionOf(dimension, pair)), total: pairs.length };
  }, asking);
}

/** Runs work in pieces to its end; between them other requests are answered. */
async function inTurns<T>(work: Pieces<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await setImmediate();
    if (signal?.aborted) throw new Cancelled();
  }
}

const pairKey = (...ids: readonly [string, string]) => ids.toSorted().join('\u0000');

async function dismissedOf(session: ReadSession, dimension: AliasDimension): Promise<ReadonlySet<string>> {
  const rows = await session.all({
    text: 'SELECT one, other FROM alias_dismissed WHERE dimension = $1',
    values: [dimension],
  });
  return new Set(rows.map((row) => pairKey(textOf(row, 'one'), textOf(row, 'other'))));
}

const VIEWS = '(SELECT series_key, sum(views)::BIGINT AS views FROM series_month GROUP BY series_key)';
const labelled = (id: string, dimension: string) =>
  `LEFT JOIN label l ON l.dimension = '${dimension}' AND l.id = ${id} WHERE ${id} IS NOT NULL AND ${id} <> '(unknown)'`;

const MEMBERS: Record<AliasDimension, string> = {
  series: `SELECT s.series_id AS id, s.title AS zh, s.title_en AS en, coalesce(v.views, 0) AS views,
      nullif(s.producer, '(unknown)') AS producer, s.franchise, s.format, s.release_day::VARCHAR AS release, s.episodes
    FROM series s LEFT JOIN ${VIEWS} v USING (series_key)`,
  producer: `SELECT m.id, any_value(l.zh) AS zh, any_value(l.en) AS en, any_value(m.views) AS views FROM (
      SELECT p.member AS id, coalesce(sum(v.views), 0)::BIGINT AS views
      FROM series_producer p LEFT JOIN ${VIEWS} v USING (series_key) GROUP BY p.member) m ${labelled('m.id', 'producer')} GROUP BY m.id`,
  franchise: `SELECT m.id, l.zh, l.en, m.views FROM (
      SELECT s.franchise AS id, coalesce(sum(v.views), 0)::BIGINT AS views FROM series s LEFT JOIN ${VIEWS} v USING (series_key)
      GROUP BY s.franchise) m ${labelled('m.id', 'franchise')}`,
  platform: `SELECT p.id, p.zh, p.en, sum(t.views)::BIGINT AS views
    FROM platform_month t JOIN platform p USING (platform_key) WHERE p.id <> '(unknown)' GROUP BY ALL`,
};

/** Where members stand: two that stand together are hardly one. */
const STANDS: Partial<Record<AliasDimension, string>> = {
  series: `SELECT k.series_id AS id, concat_ws(' ', t.source_key, t.platform_key, t.month) AS stand
    FROM platform_month t JOIN series_key k USING (series_key)`,
  producer: 'SELECT member AS id, series_key::VARCHAR AS stand FROM series_producer',
  platform: 'SELECT p.id, t.source_key::VARCHAR AS stand FROM platform_month t JOIN platform p USING (platform_key)',
};

async function withStands(
  session: ReadSession,
  dimension: AliasDimension,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  const relation = STANDS[dimension];
  if (relation === undefined || candidates.length === 0) return [...candidates];
  const rows = await session.all({
    text: `SELECT id, list(DISTINCT stand) AS stands FROM (${relation}) WHERE id IN (SELECT unnest($1::VARCHAR[])) GROUP BY id`,
    values: [candidates.map(({ id }) => id)],
  });
  const stands = new Map(
    rows.map((row) => [textOf(row, 'id'), new Set(Array.isArray(row.stands) ? row.stands.map(String) : [])]),
  );
  return candidates.map((candidate) => ({ ...candidate, stands: stands.get(candidate.id) ?? new Set<string>() }));
}

async function candidatesOf(session: ReadSession, dimension: AliasDimension): Promise<Candidate[]> {
  return (await session.all({ text: MEMBERS[dimension], values: [] })).map(candidateOf);
}

const text = (value: Value | undefined) => (typeof value === 'string' ? value : null);

function candidateOf(row: ResultRow): Candidate {
  const id = textOf(row, 'id');
  const zh = text(row.zh) ?? id;
  const { views } = row;
  return {
    id,
    label: { zh, en: text(row.en) ?? zh },
    views: typeof views === 'bigint' || typeof views === 'number' ? views : 0,
    producer: text(row.producer),
    franchise: text(row.franchise),
    format: text(row.format),
    release: text(row.release),
    episodes: typeof row.episodes === 'number' ? row.episodes : null,
  };
}

const REASONS: Record<Reason, Label> = {
  spelling: { en: 'the same but for signs, width or case', zh: '仅标点、全半角或大小写不同' },
  season_mark: { en: 'the same season, marked another way', zh: '同一季，写法不同' },
  decoration: { en: 'the same but for words that platforms add', zh: '仅多了平台附加的字样' },
  company_suffix: { en: 'the same but for kind or seat of the company', zh: '仅公司类型、行业或地名字样不同' },
  translation: { en: 'the same English name', zh: '英文名相同' },
  pinyin: { en: 'written with other characters, pronounced the same', zh: '用字不同，读音相同' },
  one_character: { en: 'one character apart', zh: '仅差一个字' },
};

function suggestionOf(dimension: AliasDimension, { from, into, score, reason, evidence }: Pair): Suggestion {
  const named = ({ id, label, views }: Candidate) => ({
    id,
    label,
    views: typeof views === 'bigint' ? String(views) : views,
  });
  return {
    dimension,
    from: named(from),
    into: named(into),
    score,
    reason,
    reason_label: REASONS[reason],
    evidence: [...evidence],
  };
}
