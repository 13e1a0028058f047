import { setImmediate } from 'node:timers/promises';
import type { AliasDimension, Suggestion, Suggestions } from '../../contract/aliases.ts';
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
import { dismissalsOf } from './aliases-sql.ts';
import { SUGGESTION_REASONS } from './messages.ts';
import { type Candidate, type Pair, type Pieces, suggestInPieces } from './suggest.ts';
import { members, standsOf } from './suggestions-sql.ts';

/** The likeliest first, without dismissed pairs. Fast: only blocks of one key are compared. */
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
    // Where they are stated is asked only for candidates.
    const first = await inTurns(suggestInPieces(dimension, candidates, pinyin), signal);
    const met = await withStands(session, dimension, [...new Set(first.flatMap(({ from, into }) => [from, into]))]);
    const judged = await inTurns(suggestInPieces(dimension, met, pinyin), signal);
    const pairs = judged.filter(({ from, into }) => !dismissed.has(pairKey(from.id, into.id)));
    return { rows: pairs.slice(0, limit).map((pair) => suggestionOf(dimension, pair)), total: pairs.length };
  }, asking);
}

/** Between pieces other requests are answered. */
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
  const rows = await session.all(dismissalsOf(dimension));
  return new Set(rows.map((row) => pairKey(textOf(row, 'one'), textOf(row, 'other'))));
}

async function withStands(
  session: ReadSession,
  dimension: AliasDimension,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  if (dimension === 'franchise' || candidates.length === 0) return [...candidates];
  const rows = await session.all(
    standsOf(
      dimension,
      candidates.map(({ id }) => id),
    ),
  );
  const stands = new Map(
    rows.map((row) => [textOf(row, 'id'), new Set(Array.isArray(row.stands) ? row.stands.map(String) : [])]),
  );
  return candidates.map((candidate) => ({ ...candidate, stands: stands.get(candidate.id) ?? new Set<string>() }));
}

async function candidatesOf(session: ReadSession, dimension: AliasDimension): Promise<Candidate[]> {
  return (await session.all(members[dimension])).map(candidateOf);
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
    reason_label: SUGGESTION_REASONS[reason],
    evidence: [...evidence],
  };
}
