/**
 * The dataset as it was known at a past moment (docs/api.md#as-known-at-a-moment): imports committed later are left
 * out.
 */
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
  /** Numbers of the committed imports that came later. */
  readonly later: readonly number[];
  /** Numbers of the aliases that were made or undone later. */
  readonly aliases: readonly number[];
  /** When the earliest committed log ended its import, and its file; null while there is none. */
  readonly earliest: { readonly at: string; readonly filename: string } | null;
  readonly version: string;
}

/**
 * Runs work on the data as known at a moment: exactly the world that undoing every later import would make, by the
 * same code, in a copy that is thrown away. An import that was undone since is gone as if it had never been; an alias,
 * of which nothing is lost, holds as it held then.
 * @param instant ISO, with its offset
 * @throws ProblemError `not_enough_data` naming the earliest import if no log was known yet
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
      // Asked again in the copy itself: an import may have been committed in between, and it is a later one, too.
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
