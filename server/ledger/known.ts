/** The data as known at a past moment (docs/api.md#as-known-at-a-moment): without later imports. */
import type { Note } from '../contract/query.ts';
import { ProblemError } from '../problem.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { numberOf } from '../warehouse/row-values.ts';
import type { Asking, ReadSession, Warehouse } from '../warehouse/warehouse.ts';
import { listEntries } from './history.ts';
import { aliasesAsAt, aliasesChangedSince } from './history-sql.ts';
import { asKnownAt, nothingKnownAt } from './messages.ts';
import { undoImports } from './undo.ts';

interface Known {
  readonly later: readonly number[];
  readonly aliases: readonly number[];
  /** The end and the file of the earliest committed log; null if there is none. */
  readonly earliest: { readonly at: string; readonly filename: string } | null;
  readonly version: string;
}

/**
 * Runs work on the data as known at a moment: the world after undoing all later imports, by the same code, in a copy
 * that is thrown away. Imports that were undone since are gone; aliases are as they were.
 * @param instant ISO, with its offset @throws ProblemError `not_enough_data` naming the earliest import
 */
export async function readAsKnownAt<T>(
  world: { readonly warehouse: Warehouse; readonly vocabulary: Vocabulary },
  instant: string,
  work: (session: ReadSession, notes: readonly Note[]) => Promise<T>,
  asking?: Asking,
): Promise<T> {
  const { warehouse, vocabulary } = world;
  const moment = Date.parse(instant);
  const { later, aliases, earliest, version } = await warehouse.read((session) => knownAt(session, moment), asking);
  if (earliest && Date.parse(earliest.at) > moment) {
    throw new ProblemError('not_enough_data', nothingKnownAt(instant, earliest));
  }
  const notes = [noteOf(instant, later.length, aliases.length)];
  if (later.length === 0 && aliases.length === 0) return warehouse.read((session) => work(session, notes), asking);
  return warehouse.readCopy(
    `${version}:${later.join(',')}:${aliases.length === 0 ? '' : instant}`,
    async (session) => {
      // Again in the copy: an import may have been committed meanwhile, which is a later one, too.
      const now = await knownAt(session, moment);
      const entries = (await listEntries(session)).filter((entry) => now.later.includes(entry.importNo));
      for (const change of aliasesAsAt(new Date(moment).toISOString())) await session.run(change);
      await undoImports(session, entries, vocabulary, new Date(moment));
    },
    (session) => work(session, notes),
    asking,
  );
}

async function knownAt(session: ReadSession, moment: number): Promise<Known> {
  const committed = (await listEntries(session)).filter((entry) => entry.status === 'committed').reverse();
  const endOf = (at: string | null) => (at === null ? Number.NEGATIVE_INFINITY : Date.parse(at));
  const logs = committed.filter((entry) => entry.kind === 'log');
  const [first] = logs.toSorted((a, b) => endOf(a.finished_at) - endOf(b.finished_at));
  const aliases = await session.all(aliasesChangedSince(new Date(moment).toISOString()));
  return {
    aliases: aliases.map((row) => numberOf(row, 'alias_no')),
    later: committed.filter((entry) => endOf(entry.finished_at) > moment).map((entry) => entry.importNo),
    earliest: first?.finished_at ? { at: first.finished_at, filename: first.filename } : null,
    version: session.state.version,
  };
}

const noteOf = (instant: string, later: number, aliases: number): Note => ({
  code: 'known_at',
  text: asKnownAt(instant, later, aliases),
});
