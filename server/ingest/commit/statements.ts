/** What a file says about each series, one statement a series; the catalogue is derived from all of them. */

import type { Field } from '../../contract/imports.ts';
import { channelOf, countOf, formatOf, languageOf, productionOf } from '../../vocabulary/terms.ts';
import { fold, isBlank, normalName, normalTitle, writtenTitle } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { ResultRow, WriteSession } from '../../warehouse/warehouse.ts';
import { genresOf } from '../cells/genres.ts';
import { members } from '../cells/lists.ts';
import { parseMoment } from '../cells/times.ts';
import type { ImportPlan } from '../stage/plan.ts';
import type { Staged } from '../stage/stage.ts';
import {
  dropStated,
  insertStatedLabels,
  insertStatements,
  makeStated,
  type NameLabel,
  type SeriesStatement,
  statedBetween,
} from './statements-sql.ts';

const BATCH = 2000;

/** Cells of the catalogue that cannot be read: the field stays unknown, the row counts. */
export interface IgnoredCells {
  readonly field: Field;
  readonly count: number;
  readonly sample: string;
}

/** If a file contradicts itself, the text of the latest day counts, in a catalogue the greatest text. */
export async function writeStatements(
  session: WriteSession,
  importNo: number,
  plan: ImportPlan,
  staged: Staged,
  vocabulary: Vocabulary,
): Promise<readonly IgnoredCells[]> {
  if (staged.catalog.length === 0) return [];
  await session.run(makeStated(staged.catalog, plan.kind === 'log'));
  const reader = new StatementReader(plan, vocabulary);
  for (let from = 1; ; from += BATCH) {
    const rows = await session.all(statedBetween(from, from + BATCH - 1));
    if (rows.length === 0) break;
    await session.run(
      insertStatements(
        importNo,
        rows.map((row) => reader.read(row)),
      ),
    );
  }
  await writeLabels(session, importNo, reader.labels());
  await session.run(dropStated);
  return reader.ignored();
}

async function writeLabels(session: WriteSession, importNo: number, labels: readonly NameLabel[]): Promise<void> {
  for (let at = 0; at < labels.length; at += BATCH)
    await session.run(insertStatedLabels(importNo, labels.slice(at, at + BATCH)));
}

class StatementReader {
  private readonly names = new Map<string, NameLabel>();
  private readonly faults = new Map<Field, { count: number; sample: string }>();

  constructor(
    private readonly plan: ImportPlan,
    private readonly vocabulary: Vocabulary,
  ) {}

  read(row: ResultRow): SeriesStatement {
    const cell = (field: Field): string | null => {
      const value = row[`f_${field}`];
      return typeof value === 'string' && !isBlank(value) ? value : null;
    };
    const name = (field: Field) => mapped(cell(field), normalName);
    const maker = cell('producers') ? 'producers' : 'presenters';
    const producers = this.people('producer', cell(maker), maker === 'producers' ? cell('producers_en') : null);
    const franchise = mapped(cell('franchise'), normalTitle);
    if (franchise)
      this.label(
        'franchise',
        franchise,
        writtenTitle(cell('franchise') ?? ''),
        mapped(cell('franchise_en'), writtenTitle),
      );
    const release = this.checked('release_at', cell('release_at'), (t) =>
      parseMoment(t, this.plan.timeZone, this.plan.businessZone, this.plan.dates),
    );
    return {
      series_key: numberOf(row, 'key'),
      title_key: mapped(cell('title'), normalTitle),
      title: mapped(cell('title'), writtenTitle),
      title_en: mapped(cell('title_en'), writtenTitle),
      producers,
      rights_holder: name('rights_holder'),
      producer_region: name('producer_region'),
      genres: filled(mapped(cell('genres'), (t) => this.genres(t))),
      channel: this.checked('channel', cell('channel'), channelOf),
      format: formatOf(cell('format')),
      production: this.checked('production', cell('production'), productionOf),
      franchise,
      cast: this.people('cast', cell('cast'), cell('cast_en')),
      language: languageOf(cell('language')),
      origin: name('origin'),
      release_day: release?.day ?? null,
      release_at: release?.instant?.replace('Z', '') ?? null,
      episodes: this.checked('episodes', cell('episodes'), countOf),
      paywall_episode: this.checked('paywall_episode', cell('paywall_episode'), countOf),
    };
  }

  /** Known tags by their ids, each once; an unknown one keeps its text; `全部` is left out. */
  private genres(text: string): string[] {
    const tags = members(text).filter((tag) => !this.vocabulary.totals.genres.has(fold(tag)));
    return [...new Set(tags.flatMap((tag) => genresOf(tag, this.vocabulary) ?? [normalName(tag)]))];
  }

  /** Ids of a list of names, and how they are written; English names pair one to one, or not at all. */
  private people(dimension: 'producer' | 'cast', text: string | null, english: string | null): string[] | null {
    const names = mapped(text, members) ?? [];
    const others = mapped(english, members) ?? [];
    for (const [i, name] of names.entries())
      this.label(dimension, normalName(name), name, others.length === names.length ? (others[i] ?? null) : null);
    return filled(names.map(normalName));
  }

  private label(dimension: string, id: string, zh: string, en: string | null): void {
    const key = `${dimension}\u0000${id}`;
    if (!this.names.get(key)?.en) this.names.set(key, { dimension, id, zh, en });
  }

  labels(): NameLabel[] {
    return [...this.names.values()];
  }

  private checked<T>(field: Field, text: string | null, parse: (text: string) => T | null): T | null {
    if (text === null) return null;
    const value = parse(text);
    if (value === null) {
      const seen = this.faults.get(field);
      this.faults.set(field, { count: (seen?.count ?? 0) + 1, sample: seen?.sample ?? text.slice(0, 80) });
    }
    return value;
  }

  ignored(): IgnoredCells[] {
    return [...this.faults].map(([field, fault]) => ({ field, ...fault }));
  }
}

function mapped<T>(text: string | null, map: (text: string) => T): T | null {
  return text === null ? null : map(text);
}

const filled = (list: string[] | null) => (list && list.length > 0 ? list : null);
