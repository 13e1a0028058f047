/**
 * Imports that today's rules would read differently, as far as their rows show it. What only the file shows (北美 was
 * read as US) needs a new reading: `reread.ts`.
 */

import type { ReadingChange } from '../../contract/outdated.ts';
import { type HistoryEntry, listEntries } from '../../ledger/history.ts';
import { rulesOf } from '../../vocabulary/reading-rules.ts';
import { currentRegion, UNKNOWN } from '../../vocabulary/regions.ts';
import { fold, INVISIBLE, isBlank, normalName, visible } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { genresOf } from '../cells/genres.ts';
import { isCompanyForm } from '../cells/lists.ts';
import { type Part, wouldBe } from './messages.ts';
import {
  anyOddName,
  countStated,
  type Dictionary,
  importsOfOtherRules,
  listsStated,
  namesIn,
  oddNames,
} from './outdated-sql.ts';
import { outdatedViews } from './outdated-views.ts';

export interface OutdatedEntry {
  readonly entry: HistoryEntry;
  readonly changes: readonly ReadingChange[];
}

interface Renamed {
  readonly importNo: number;
  readonly before: string;
  readonly after: string;
  readonly count: number;
}

export async function outdatedEntries(session: ReadSession, vocabulary: Vocabulary): Promise<OutdatedEntry[]> {
  const old = await session.all(importsOfOtherRules(rulesOf(vocabulary)));
  if (old.length === 0) return [];
  const numbers = new Set(old.map((row) => numberOf(row, 'import_no')));
  const entries = await listEntries(session);
  const [home = UNKNOWN] = session.state.domesticRegions;
  const found: readonly (readonly [Part, ReadingChange['unit'], readonly Renamed[]])[] = [
    ['region', 'rows', await renamedRows(session, 'region', (id) => currentRegion(id, home))],
    ['platform', 'rows', await renamedRows(session, 'platform', (id) => currentPlatform(id, vocabulary))],
    ['series', 'rows', await renamedSeries(session)],
    ['producers', 'series', await reparted(session, 'producers', joinedForms)],
    ['genres', 'series', await reparted(session, 'genres', (tags) => currentGenres(tags, vocabulary))],
    ['cast', 'series', await reparted(session, '"cast"', joinedForms)],
  ];
  const views = await outdatedViews(session, entries, numbers);
  return entries
    .filter(({ importNo }) => numbers.has(importNo))
    .flatMap((entry) => {
      const changes = found.flatMap(([part, unit, all]) => {
        const of = all.filter(({ importNo }) => importNo === entry.importNo);
        return of.length === 0 ? [] : [changeOf(part, unit, of)];
      });
      const counted = views.get(entry.importNo);
      if (counted) changes.unshift(counted);
      return changes.length === 0 ? [] : [{ entry, changes }];
    });
}

function changeOf(part: Part, unit: ReadingChange['unit'], renamed: readonly Renamed[]): ReadingChange {
  const [first = { before: '', after: '' }] = [...renamed].sort((a, b) => b.count - a.count);
  const { before, after } = first;
  return {
    part,
    unit,
    before,
    after,
    count: renamed.reduce((sum, { count }) => sum + count, 0),
    detail: wouldBe(part, before, after, renamed.length - 1),
  };
}

async function renamedRows(
  session: ReadSession,
  dictionary: Dictionary,
  current: (id: string) => string,
): Promise<Renamed[]> {
  const ids = await session.all(namesIn(dictionary));
  const renamed = new Map(
    ids.flatMap((row) => {
      const before = textOf(row, 'id');
      const after = before === UNKNOWN ? before : current(before);
      return after === before ? [] : [[numberOf(row, 'key'), { before, after }] as const];
    }),
  );
  if (renamed.size === 0) return [];
  const rows = await session.all(countStated(dictionary, [...renamed.keys()]));
  return rows.flatMap((row) => {
    const pair = renamed.get(numberOf(row, 'key'));
    return pair ? [{ importNo: numberOf(row, 'import_no'), ...pair, count: numberOf(row, 'n') }] : [];
  });
}

const currentPlatform = (id: string, { platforms }: Vocabulary) => platforms.get(fold(id))?.id ?? normalName(id);

/** Names with invisible characters, and whole numbers that were stored as floats (`7001.0`). */
async function renamedSeries(session: ReadSession): Promise<Renamed[]> {
  if ((await session.all(anyOddName)).length === 0) return [];
  const rows = await session.all(oddNames);
  return rows.map((row) => {
    const before = textOf(row, 'series_id');
    const after = visible(before)
      .trim()
      .replace(/^(\d+)\.0+$/u, '$1');
    return { importNo: numberOf(row, 'import_no'), before: shown(before), after, count: numberOf(row, 'n') };
  });
}

const shown = (text: string) =>
  [...text]
    .map((c) =>
      INVISIBLE.includes(c) ? `[U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]` : c,
    )
    .join('');

/** Lists of names that would be split or written in another way. */
async function reparted(
  session: ReadSession,
  column: string,
  current: (names: readonly string[]) => readonly string[],
): Promise<Renamed[]> {
  const rows = await session.all(listsStated(column));
  return rows.flatMap((row) => {
    const names = Array.isArray(row.names) ? row.names.map(String) : [];
    const after = current(names);
    if (after.length === names.length && after.every((name, i) => name === names[i])) return [];
    const text = (list: readonly string[]) => list.map(shown).join(' / ');
    return [
      { importNo: numberOf(row, 'import_no'), before: text(names), after: text(after), count: numberOf(row, 'n') },
    ];
  });
}

/** `Acme Co.` and `Ltd.` were one name, split at its comma. */
function joinedForms(names: readonly string[]): string[] {
  const joined: string[] = [];
  for (const name of names.map(normalName)) {
    const before = joined.at(-1);
    if (before !== undefined && isCompanyForm(name)) joined[joined.length - 1] = `${before}, ${name}`;
    else if (!isBlank(name)) joined.push(name);
  }
  return joined;
}

const currentGenres = (tags: readonly string[], vocabulary: Vocabulary): string[] => [
  ...new Set(tags.flatMap((tag) => genresOf(tag, vocabulary) ?? [normalName(tag)])),
];
