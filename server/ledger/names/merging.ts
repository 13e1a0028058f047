/** Merging and parting of names, each in one transaction, and the way back. */
import { randomUUID } from 'node:crypto';
import type {
  Alias,
  AliasDimension,
  AliasPreview,
  AliasRequest,
  Dismissal,
  DismissedPair,
} from '../../contract/aliases.ts';
import { ProblemError } from '../../problem.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { Warehouse, WriteSession } from '../../warehouse/warehouse.ts';
import { activeAliases, follow, leastText } from '../aliases.ts';
import { deriveAll } from '../derive.ts';
import { aliasRecords, findAlias } from './alias-records.ts';
import { insertAlias, insertSeriesKey, seriesOfNames, undoAlias } from './aliases-sql.ts';
import { dismissedPairs, dismissPair, takeBackPair } from './dismissals.ts';
import { refuseUnknown } from './known-names.ts';
import { mergedAlready, mergedIntoItself, mergedOtherWay, oneSeriesAlready, undoneAlready } from './messages.ts';
import { concernedBy, conflictsOf, extentsOf, previewOf } from './preview.ts';

export interface Aliases {
  /** Newest first; undone ones only if `undone`. */
  list(filter: { dimension?: AliasDimension | undefined; undone: boolean }): Promise<readonly Alias[]>;
  /** What merging or parting would change; nothing is written. @throws ProblemError as `merge` */
  preview(request: AliasRequest): Promise<AliasPreview>;
  /** Merges or parts. @throws ProblemError `unknown_member`, `alias_exists`, `alias_cycle` */
  merge(request: AliasRequest): Promise<readonly Alias[]>;
  /** As if the alias had never been. @throws ProblemError `not_found`, `alias_not_undoable` */
  undo(aliasId: string): Promise<Alias>;
  /** The two are not suggested again. */
  dismiss(dismissal: Dismissal): Promise<void>;
  dismissed(dimension?: AliasDimension | undefined): Promise<readonly DismissedPair[]>;
  /** The two may be suggested again. @throws ProblemError `not_found` */
  takeBack(dismissal: Dismissal): Promise<void>;
}

export interface AliasesWorld {
  readonly warehouse: Warehouse;
  readonly vocabulary: Vocabulary;
  readonly clock?: () => Date;
}

class PreviewDone extends Error {
  constructor(readonly preview: AliasPreview) {
    super('preview');
  }
}

export function createAliases({ warehouse, vocabulary, clock = () => new Date() }: AliasesWorld): Aliases {
  const derive = (session: WriteSession, dimension: AliasDimension, logOnly = false) =>
    deriveAll(session, {
      extents: [],
      settle: false,
      statements: dimension === 'producer' || dimension === 'franchise' ? 'members' : true,
      counters: false,
      currencies: false,
      logOnly,
      vocabulary,
    });
  const record = (aliasId: string) => warehouse.read((session) => findAlias(session, aliasId));
  return {
    list: (filter) => warehouse.read((session) => aliasRecords(session, filter)),
    async preview(request) {
      try {
        return await warehouse.write(async (session): Promise<AliasPreview> => {
          await refuseUnknown(session, request);
          const ids = await concernedBy(session, request);
          const before = await extentsOf(session, request, ids);
          const conflicts = await conflictsOf(session, request, ids);
          await insertAliases(session, request, clock());
          await derive(session, request.dimension, true);
          throw new PreviewDone(previewOf(request, ids, before, await extentsOf(session, request, ids), conflicts));
        });
      } catch (thrown) {
        if (thrown instanceof PreviewDone) return thrown.preview;
        throw thrown;
      }
    },
    async merge(request) {
      const ids = await warehouse.write(async (session) => {
        const made = await insertAliases(session, request, clock());
        await derive(session, request.dimension);
        return made;
      });
      return Promise.all(ids.map(record));
    },
    async undo(aliasId) {
      const alias = await record(aliasId);
      if (alias.undone_at !== null)
        throw new ProblemError('alias_not_undoable', undoneAlready(aliasId, alias.undone_at));
      await warehouse.write(async (session) => {
        await session.run(undoAlias(aliasId, clock().toISOString()));
        await derive(session, alias.dimension);
      });
      return record(aliasId);
    },
    dismiss: (dismissal) => warehouse.write((session) => dismissPair(session, dismissal, clock())),
    dismissed: (dimension) => warehouse.read((session) => dismissedPairs(session, dimension)),
    takeBack: (dismissal) => warehouse.write((session) => takeBackPair(session, dismissal)),
  };
}

/** One alias per name, each checked against those before it. @returns their ids */
async function insertAliases(session: WriteSession, request: AliasRequest, now: Date): Promise<string[]> {
  const { dimension, into, platform, source } = request;
  await refuseUnknown(session, request);
  const parts = platform !== undefined || source !== undefined;
  if (parts) await session.run(insertSeriesKey(into));
  const made: string[] = [];
  for (const from of new Set(request.from)) {
    await refuseContradiction(session, { ...request, from }, request.from.length === 1);
    const aliasId = randomUUID();
    const alias = { dimension, from, into, platform: platform ?? null, source: source ?? null };
    await session.run(insertAlias(aliasId, alias, now.toISOString()));
    made.push(aliasId);
  }
  return made;
}

/**
 * @param alone whether `from` has one name: a series merged into itself is then kept apart from its title's
 * @throws ProblemError `alias_exists` if the two are one already, `alias_cycle` for a circle
 */
async function refuseContradiction(
  session: WriteSession,
  { dimension, from, into, platform, source }: Omit<AliasRequest, 'from'> & { from: string },
  alone: boolean,
): Promise<void> {
  const parts = platform !== undefined || source !== undefined;
  const aliases = await activeAliases(session, dimension);
  const same = aliases.find(
    (a) => a.from === from && a.platform === (platform ?? null) && a.source === (source ?? null),
  );
  if (same) throw new ProblemError('alias_exists', mergedAlready(from, same.into), [{ path: 'from', message: from }]);
  if (from === into) {
    if (dimension === 'series' && !parts && alone) return;
    throw new ProblemError('invalid_request', mergedIntoItself(from), [{ path: 'into', message: into }]);
  }
  if (parts) return;
  const next = new Map(aliases.filter((a) => a.platform === null && a.source === null).map((a) => [a.from, a.into]));
  const { passed } = follow(into, (name) => next.get(name), leastText);
  if (passed.includes(from))
    throw new ProblemError('alias_cycle', mergedOtherWay(from, into), [{ path: 'into', message: into }]);
  if (dimension === 'series') await refuseOneSeries(session, from, into);
}

async function refuseOneSeries(session: WriteSession, from: string, into: string): Promise<void> {
  const rows = await session.all(seriesOfNames(from, into));
  if (rows.length > 1) return;
  throw new ProblemError('alias_exists', oneSeriesAlready(from, into), [{ path: 'from', message: from }]);
}
