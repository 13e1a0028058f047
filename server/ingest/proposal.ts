/** What `/uploads` answers, and what an import takes where nothing else is said. */
import type { ImportOptions, Upload, ViewsAre } from '../contract/imports.ts';
import type { ReadSession, Warehouse } from '../warehouse/warehouse.ts';
import { viewsOfSource } from './history.ts';
import { type Inspection, inspectFile } from './inspect.ts';
import { planImport } from './plan.ts';
import { type Prepared, prepareFile } from './prepare.ts';
import { isMidnightThroughout, judgeViews, type ViewsVerdict } from './probe.ts';
import { type Proposal, propose } from './propose.ts';
import type { StoredUpload } from './uploads.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface FileProposal {
  readonly inspected: Inspection;
  readonly prepared: Prepared;
  readonly proposed: Proposal;
}

/**
 * Looks at a file and proposes how to import it.
 * @param scratch path that a decoded copy may be written to; it is kept for the import
 * @param options what the user says already: encoding and delimiter decide how the file is read
 * @throws ProblemError where the file cannot be read
 */
export async function proposalFor(
  warehouse: Warehouse,
  stored: StoredUpload,
  vocabulary: Vocabulary,
  scratch: string,
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<FileProposal> {
  const inspected = await inspectFile(warehouse, stored.path, stored.facts, options);
  const prepared = await prepareFile(stored.path, inspected, scratch, signal);
  const first = propose(stored.filename, inspected.columns, vocabulary, null);
  if (first.kind !== 'log') return { inspected, prepared, proposed: first };
  const proposed = await warehouse.read(async (session) => {
    const midnight = first.options.covers === 'day' && !(await staysMidnight(session, prepared, first));
    const views = await viewsVerdict(session, prepared, midnight ? withoutCovers(first) : first, options);
    const second = propose(stored.filename, inspected.columns, vocabulary, views);
    return midnight ? withoutCovers(second) : second;
  }, signal);
  return { inspected, prepared, proposed };
}

function staysMidnight(session: ReadSession, { file }: Prepared, proposal: Proposal): Promise<boolean> {
  return isMidnightThroughout(session, file, proposal.mapping.time ?? '');
}

function withoutCovers(proposal: Proposal): Proposal {
  const { covers: _covers, ...options } = proposal.options;
  return { ...proposal, options, reasons: proposal.reasons.filter((r) => r.option !== 'covers') };
}

/** From the file's own values; where they are too few, from what the source's earlier imports were. */
async function viewsVerdict(
  session: ReadSession,
  { file }: Prepared,
  proposal: Proposal,
  options: ImportOptions,
): Promise<ViewsVerdict | null> {
  if (options.views_are !== undefined || proposal.options.views_are === 'event') return null;
  if (!proposal.mapping.series_id && !proposal.mapping.title) return null;
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const judged = await judgeViews(session, file, plan);
  if (judged?.verdict) return judged;
  const source = options.source ?? proposal.options.source ?? '';
  const before: ViewsAre | null = await viewsOfSource(session, source);
  if (before === 'cumulative' || before === 'increment')
    return { verdict: before, reason: `earlier imports of the source “${source}” were ${before}` };
  return judged;
}

const PREVIEW = 20;
const SAMPLES = 5;

export function uploadOf(
  stored: StoredUpload,
  { inspected, proposed }: FileProposal,
  duplicateOf: string | null,
): Upload {
  const { format, encoding, shape, columns, rows } = inspected;
  const reasons = encoding === null ? [] : [{ option: 'encoding', reason: inspected.encodingReason ?? '' }];
  return {
    upload_id: stored.id,
    filename: stored.filename,
    bytes: stored.facts.bytes,
    sha256: stored.facts.sha256,
    format,
    kind: proposed.kind,
    encoding,
    delimiter: shape?.delimiter ?? null,
    header_row: shape?.headerRow ?? null,
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
    reasons: [...reasons, ...proposed.reasons],
    profile: null,
    duplicate_of: duplicateOf,
  };
}
