/** From a file to its proposal, by its columns and probes of its rows; and that proposal as the answer of `/uploads`. */
import type { ImportOptions, Upload } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { allMidnight } from '../cells/guess.ts';
import { openFile } from '../read/inspect.ts';
import { AS_GIVEN, CURRENCIES_ACROSS } from '../read/messages.ts';
import type { InspectDesk, OpenedFile } from '../read/opened.ts';
import type { DataFile, SampledColumn } from '../read/source.ts';
import type { StoredUpload } from '../read/uploads.ts';
import { doubtLostCells } from '../stage/lost-cells.ts';
import { usesOf } from '../stage/plan.ts';
import { doubtsOf, questionsOf } from './confidence.ts';
import { fillFromFolders } from './folders.ts';
import { measuresOfOtherKind, type ViewsVerdict, viewsVerdict } from './increment-or-counter.ts';
import { readAcross } from './layout/across.ts';
import { dataSheetsBeside } from './left-out.ts';
import { rowsAreUnder, sheetsLeftOut } from './messages.ts';
import { withMoneySigns } from './probe/file-currency.ts';
import { isMidnightThroughout, timeCells, whyRanking, withRateCells } from './probe/probe.ts';
import type { FileProposal, ProfiledProposal, Proposal } from './proposal.ts';
import { type ChosenColumns, propose } from './propose-columns.ts';

/**
 * Looks at a file and proposes how to import it.
 * @param desk its scratch files stay until the import
 * @param options of the user: encoding, delimiter, sheet and header row decide how the file is read
 * @throws ProblemError if the file cannot be read
 */
export async function proposeFile(
  desk: InspectDesk,
  stored: StoredUpload,
  vocabulary: Vocabulary,
  options: ImportOptions,
): Promise<FileProposal> {
  const today = desk.now().toISOString().slice(0, 10);
  const whole = await openFile(desk, stored.path, stored.facts, options);
  const bare = await readAcross(desk, stored.filename, whole, options, vocabulary);
  const alone = propose(stored.filename, bare.inspected.columns, vocabulary, null, today);
  const opened = fillFromFolders(bare, stored.filename, alone, options, vocabulary);
  return proposeOpened(desk, stored.filename, opened, vocabulary, options);
}

/** For an open file. @param chosen mapping to judge @throws ProblemError `mapping_incomplete` for an unknown column */
export async function proposeOpened(
  desk: Pick<InspectDesk, 'warehouse' | 'now' | 'signal'>,
  filename: string,
  opened: OpenedFile,
  vocabulary: Vocabulary,
  options: ImportOptions,
  chosen: ChosenColumns = {},
): Promise<FileProposal> {
  const { inspected, file, clashes = [] } = opened;
  if (chosen.mapping) usesOf(file, chosen.mapping);
  const today = desk.now().toISOString().slice(0, 10);
  const said = { ...chosen, day: options.day, currency: options.currency, ratesAre: options.rates_are };
  const proposeFrom = (columns: readonly SampledColumn[], views: ViewsVerdict | null) =>
    propose(filename, columns, vocabulary, views, today, said);
  const alone = proposeFrom(inspected.columns, null);
  const sampled = { ...alone, reasons: [...alone.reasons, ...clashes] };
  if (sampled.kind === 'rates') {
    const columns = await desk.warehouse.read(
      (session) => withRateCells(session, file, inspected.columns, sampled.mapping),
      desk.signal ? { signal: desk.signal } : {},
    );
    return { ...opened, proposed: withReading(proposeFrom(columns, null), opened, options, vocabulary) };
  }
  if (sampled.kind !== 'log') return { ...opened, proposed: withReading(sampled, opened, options, vocabulary) };
  const proposed = await desk.warehouse.read(
    async (session) => {
      const time = sampled.mapping.time ?? '';
      const times = await timeCells(session, file, time);
      const columns = times
        ? inspected.columns.map((c) => (c.name === time ? { ...c, cells: times, firstCells: c.cells } : c))
        : inspected.columns;
      const first = proposeFrom(columns, null);
      const byTimes = allMidnight(columns.find((c) => c.name === time)?.cells ?? []);
      const midnight = first.options.covers !== undefined && byTimes && !(await staysMidnight(session, file, first));
      const views = await viewsVerdict(session, file, midnight ? withoutCovers(first) : first, options, vocabulary);
      const second = proposeFrom(columns, views);
      const chart = await whyRanking(session, file, time);
      const paid = await withMoneySigns(session, file, second, options);
      const beside = await measuresOfOtherKind(session, file, midnight ? withoutCovers(paid) : paid, options);
      const known = { ...paid, reasons: [...paid.reasons, ...beside, ...clashes] };
      return withCoverage(midnight ? withoutCovers(known) : known, chart);
    },
    desk.signal ? { signal: desk.signal } : {},
  );
  return { ...opened, proposed: withReading(proposed, opened, options, vocabulary) };
}

/** Whether the options do not change how the file is read. */
export function readsAlike({ inspected }: OpenedFile, options: ImportOptions): boolean {
  const { encoding, delimiter, workbook, shape, wide } = inspected;
  const same = (said: string | undefined, is: string | undefined) =>
    said === undefined || said.toLowerCase() === is?.toLowerCase();
  return (
    same(options.encoding, encoding?.encoding) &&
    same(options.delimiter, delimiter ?? undefined) &&
    same(options.sheet, workbook?.sheet) &&
    same(options.across, wide?.across ?? 'none') &&
    (options.header_row === undefined || (shape !== null && options.header_row === (shape.headerRow ?? 0)))
  );
}

function withReading(
  proposal: Proposal,
  { inspected }: OpenedFile,
  said: ImportOptions,
  vocabulary: Vocabulary,
): Proposal {
  const { encoding, workbook, ratesAcross, wide } = inspected;
  const read = [
    ...(encoding ? [{ option: 'encoding', value: encoding.encoding, reason: encoding.reason }] : []),
    ...(workbook ? [{ option: 'sheet', value: workbook.sheet, reason: workbook.reason }] : []),
    ...(wide && said.across === undefined
      ? [{ option: 'across', value: wide.across, reason: wide.reason, doubt: 'answer' as const }]
      : []),
    ...(['delimiter', 'header_row', 'across'] as const).flatMap((option) =>
      said[option] === undefined ? [] : [{ option, value: said[option], reason: AS_GIVEN }],
    ),
  ];
  const others = said.sheet === undefined ? dataSheetsBeside(inspected, vocabulary) : [];
  return {
    ...proposal,
    options: { ...Object.fromEntries(read.map(({ option, value }) => [option, value])), ...proposal.options },
    reasons: [
      ...read.map(({ value: _value, ...one }) => one),
      ...(workbook && others.length > 0
        ? [{ option: 'sheet', reason: sheetsLeftOut(workbook.sheet, others), doubt: 'ask' as const }]
        : []),
      ...(ratesAcross ? [{ option: 'kind', reason: CURRENCIES_ACROSS }] : []),
      ...(inspected.under === undefined ? [] : [{ option: 'rows', reason: rowsAreUnder(inspected.under) }]),
      ...doubtLostCells(proposal.mapping, inspected.columns),
      // If headers do not give the direction of rates, only the user knows it.
      ...proposal.reasons.map((one) =>
        ratesAcross === 'currencies' && !one.doubt && (one.option === 'currency' || one.option === 'rates_are')
          ? { ...one, doubt: 'ask' as const }
          : one,
      ),
    ],
  };
}

function withCoverage(proposal: Proposal, chart: Label | null): Proposal {
  if (chart === null) return proposal;
  return {
    ...proposal,
    options: { ...proposal.options, coverage: 'chart' },
    reasons: [...proposal.reasons, { option: 'coverage', reason: chart }],
  };
}

function staysMidnight(session: ReadSession, file: DataFile, proposal: Proposal): Promise<boolean> {
  return isMidnightThroughout(session, file, proposal.mapping.time ?? '');
}

function withoutCovers(proposal: Proposal): Proposal {
  const { covers: _covers, ...options } = proposal.options;
  return { ...proposal, options, reasons: proposal.reasons.filter((r) => r.option !== 'covers') };
}

const PREVIEW = 20;
const SAMPLES = 5;

export function uploadOf(stored: StoredUpload, proposal: ProfiledProposal, duplicateOf: string | null): Upload {
  const { inspected, proposed, profile } = proposal;
  const { format, compression, encoding, delimiter, workbook, shape, columns, rows } = inspected;
  return {
    upload_id: stored.id,
    filename: stored.filename,
    bytes: stored.facts.bytes,
    sha256: stored.facts.sha256,
    format,
    kind: proposed.kind,
    compression,
    encoding: encoding?.encoding ?? null,
    encodings: encoding?.alternatives.map((a) => ({ ...a, preview: [...a.preview] })) ?? [],
    delimiter,
    sheets: workbook ? [...workbook.sheets] : [],
    sheet: workbook?.sheet ?? null,
    header_row: shape?.headerRow ?? null,
    first_rows: shape?.top.map(({ line, fields }) => ({ row: line, cells: [...fields] })) ?? [],
    columns: columns.map(({ name, type, cells }) => {
      const found = proposed.columns.get(name);
      const samples = [...new Set(cells.filter((c): c is string => c !== null))].slice(0, SAMPLES);
      return { name, type, samples, proposed: found?.field ?? null, reason: found?.reason ?? null };
    }),
    preview: rows
      .slice(0, PREVIEW)
      .map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]))),
    mapping: proposed.mapping,
    options: proposed.options,
    reasons: proposed.reasons.map(({ option, reason }) => ({ option, reason })),
    profile: profile?.name ?? null,
    doubts: doubtsOf(proposal).map(({ reason }) => reason),
    questions: questionsOf(proposal),
    duplicate_of: duplicateOf,
  };
}
