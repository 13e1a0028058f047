/** Rejected lines as a file that can be mended and imported again: how they leave, and how they return. */

import { fieldSchema, type ImportOptions } from '../../contract/imports.ts';
import { findEntry, type HistoryEntry } from '../../ledger/history.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import type { FileProposal, Proposal } from '../propose/proposal.ts';
import { LONGEST_KEPT, type Reject } from '../read/refused.ts';
import { mendedRejects } from './messages.ts';
import { headerOfRejects, wholeRejects } from './rejects-sql.ts';

export interface RejectedLines {
  readonly filename: string;
  readonly text: AsyncIterable<string>;
  readonly delimiter: string;
  readonly lines: number;
  /** Rejects that were not kept, or not kept whole. */
  readonly leftOut: number;
}

/** Under their header, in its delimiter, also lines that no reader could split. @param pages the rejects */
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

/** Line 1 is the header, and there is a row for each thing, even if the first file needed other options. */
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
 * A file named like the rejected lines of an import is proposed as that import was, so that its rows join the others.
 * `replace_range` becomes `upsert`: it must not hide them.
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
      // Defaults of the import are in its record.
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
