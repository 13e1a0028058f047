/** Rejected lines as a file that can be mended and imported again: how they leave, and how they are known when they return. */

import { fieldSchema, type ImportOptions } from '../../contract/imports.ts';
import { findEntry, type HistoryEntry } from '../../ledger/history.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import type { FileProposal, Proposal } from '../propose/proposed.ts';
import { LONGEST_KEPT, type Reject } from '../read/refused.ts';
import { mendedRejects } from './messages.ts';
import { headerOfRejects, wholeRejects } from './rejects-sql.ts';

export interface RejectedLines {
  readonly filename: string;
  /** The header and the lines as they stand in the file, one piece after the other. */
  readonly text: AsyncIterable<string>;
  readonly delimiter: string;
  readonly lines: number;
  /** Rejects that are not in it: beyond those that are kept, or too long to be kept whole. */
  readonly leftOut: number;
}

/**
 * The rejected lines of an import under its header, in its delimiter; lines that no reader could cut are among them.
 * @param pages its rejects
 */
export async function rejectedLines(
  session: ReadSession,
  entry: HistoryEntry,
  pages: AsyncIterable<readonly Pick<Reject, 'raw'>[]>,
): Promise<RejectedLines> {
  const [kept] = await session.all(headerOfRejects(entry.importNo));
  const [whole] = await session.all(wholeRejects(entry.importNo));
  const lines = kept ? numberOf(whole, 'n') : 0;
  const base = entry.filename.replace(/^.*[\\/]/u, '').replace(/(\.[a-z0-9]{1,7}){1,2}$/iu, '');
  return {
    filename: `${base}.rejects-${entry.import_id}.csv`,
    text: linesOf(kept ? textOf(kept, 'header') : null, pages),
    delimiter: kept ? textOf(kept, 'delimiter') : ',',
    lines,
    leftOut: entry.rows_rejected - lines,
  };
}

async function* linesOf(
  header: string | null,
  pages: AsyncIterable<readonly Pick<Reject, 'raw'>[]>,
): AsyncGenerator<string> {
  if (header === null) return;
  yield `${header}\r\n`;
  for await (const page of pages)
    yield page
      .filter(({ raw }) => raw.length < LONGEST_KEPT)
      .map(({ raw }) => `${raw}\r\n`)
      .join('');
}

const MENDED = /rejects-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/u;

/**
 * How a file of mended lines is to be read: its header is the first line, which need not be found if that of the
 * first file had to be told; what was across in that one stands in rows.
 */
export async function readingOfMended(session: ReadSession, filename: string): Promise<ImportOptions> {
  const id = MENDED.exec(filename)?.[1];
  const entry = id === undefined ? null : await findEntry(session, id);
  if (!entry) return {};
  const { header_row, across } = entry.options;
  return {
    ...(header_row === undefined ? {} : { header_row: 1 }),
    ...(across === undefined ? {} : { across: 'none' }),
  };
}

/**
 * A file that is named like the rejected lines of an import is proposed as that import was: its source, mapping and
 * options, so that the mended rows join the others. It never hides them: `replace_range` becomes `upsert`.
 */
export async function asMended(session: ReadSession, filename: string, proposal: FileProposal): Promise<Proposal> {
  const { proposed, file } = proposal;
  const id = MENDED.exec(filename)?.[1];
  const entry = id === undefined ? null : await findEntry(session, id);
  if (entry?.status !== 'committed') return proposed;
  const names = new Set(file.columns.map((c) => c.name));
  const mapped = Object.values(entry.mapping);
  if (!mapped.every((name) => names.has(name))) return proposed;
  const {
    encoding: _encoding,
    delimiter: _delimiter,
    sheet: _sheet,
    header_row: _row,
    across: _across,
    ...options
  } = entry.options;
  const reason = mendedRejects(entry);
  return {
    kind: entry.kind,
    mapping: entry.mapping,
    options: {
      ...(proposed.options.encoding ? { encoding: proposed.options.encoding } : {}),
      ...(proposed.options.header_row === undefined ? {} : { header_row: proposed.options.header_row }),
      ...options,
      source: entry.source,
      // What was left to the import to decide stands in its record.
      ...(entry.kind === 'log' ? { views_are: entry.viewsAre } : {}),
      mode: entry.mode === 'append' ? 'append' : 'upsert',
      ...(entry.kind === 'log' ? { mends: id } : {}),
    },
    reasons: [...proposed.reasons.filter((r) => r.option === 'encoding'), { option: 'source', reason }],
    columns: new Map(
      fieldSchema.options.flatMap((field) => {
        const name = entry.mapping[field];
        return name === undefined ? [] : [[name, { field, reason }] as const];
      }),
    ),
  };
}
