import type { Across, ImportRecord, Upload } from '../../../../server/contract/imports.ts';
import type { Refusal } from './formats.ts';
import { type Draft, draftOf, problemsOf } from './mapping.ts';
import type { Pace } from './speed.ts';

/** `look`: something should be confirmed first; `ready`: nothing is in doubt. `starting`: not yet accepted. */
export type FileState =
  | 'refused'
  | 'waiting'
  | 'uploading'
  | 'reading'
  | 'look'
  | 'ready'
  | 'duplicate'
  | 'starting'
  | 'importing'
  | 'done'
  | 'failed'
  | 'cancelled';

/** How the reader wants the upload to be read; what is left out is proposed. */
export interface Reading {
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  /** From 1; 0: the file has none. Undefined: found by itself. */
  header_row?: number | undefined;
  /** Undefined: found by itself. */
  across?: Across | undefined;
  /** Empty: by no profile. */
  profile?: string;
}

export interface QueuedFile {
  id: string;
  name: string;
  bytes: number;
  state: FileState;
  refusal: Refusal | null;
  pace: Pace;
  reading: Reading;
  rereading: boolean;
  rereadError: unknown;
  upload: Upload | null;
  draft: Draft | null;
  /** What the server asks, and the places in a request that the reader filled or confirmed: `kind`, `options.day` … */
  questions: Upload['questions'];
  answered: readonly string[];
  /** What was chosen before it is sent once more: it holds again if the file still has the columns. */
  chosen: Draft | null;
  keepProfile: boolean;
  importId: string | null;
  record: ImportRecord | null;
  error: unknown;
}

export function queuedFile(id: string, name: string, bytes: number, refusal: Refusal | null): QueuedFile {
  return {
    id,
    name,
    bytes,
    state: refusal === null ? 'waiting' : 'refused',
    refusal,
    pace: { sent: 0, at: 0, speed: null },
    reading: {},
    rereading: false,
    rereadError: null,
    upload: null,
    draft: null,
    questions: [],
    answered: [],
    chosen: null,
    keepProfile: false,
    importId: null,
    record: null,
    error: null,
  };
}

/** Where a file stands once the server has said what it is. */
export function standing(upload: Upload, draft: Draft): FileState {
  if (upload.duplicate_of !== null) return 'duplicate';
  return upload.doubts.length > 0 || problemsOf(draft).errors.length > 0 ? 'look' : 'ready';
}

/** A file as the server described it: what was edited of another description no longer fits. */
export function described(file: QueuedFile, upload: Upload): QueuedFile {
  const names = new Set(upload.columns.map(({ name }) => name));
  const { chosen } = file;
  const holds = chosen !== null && Object.values(chosen.mapping).every((column) => names.has(column));
  const draft = holds ? chosen : draftOf(upload);
  const state = standing(upload, draft);
  const { questions } = upload;
  const answered = holds ? file.answered : [];
  const asked = { upload, draft, questions, answered, chosen: null };
  return { ...file, ...asked, state, rereading: false, rereadError: null, error: null };
}

/** A file that was imported before, as the imports stand now: what was undone does not count. */
export function withoutUndone(file: QueuedFile, imports: readonly ImportRecord[]): QueuedFile {
  const { upload, draft } = file;
  const first = imports.find(({ import_id }) => import_id === upload?.duplicate_of);
  if (upload === null || draft === null || first === undefined || counts(first)) return file;
  const other = imports.findLast(
    (record) =>
      counts(record) &&
      record.sha256 === upload.sha256 &&
      (record.options.sheet === undefined || record.options.sheet === upload.sheet),
  );
  const now = { ...upload, duplicate_of: other?.import_id ?? null };
  return { ...file, upload: now, state: standing(now, draft), error: null };
}

const counts = ({ status }: ImportRecord) => status === 'committed' || status === 'queued' || status === 'running';

/** A file to be sent once more, to be read as it was and with what was chosen for it. */
export function sentAgain({ id, name, bytes, refusal, reading, draft, answered, keepProfile }: QueuedFile): QueuedFile {
  return { ...queuedFile(id, name, bytes, refusal), reading, chosen: draft, answered, keepProfile };
}

export function followed(file: QueuedFile, record: ImportRecord): QueuedFile {
  const ends = {
    committed: 'done',
    undone: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    needs_answer: 'look',
  } as const;
  const state = record.status === 'queued' || record.status === 'running' ? 'importing' : ends[record.status];
  return { ...file, record, state };
}

const REVIEWED: ReadonlySet<FileState> = new Set(['look', 'ready', 'duplicate']);
const ENDED: ReadonlySet<FileState> = new Set(['refused', 'done', 'failed', 'cancelled']);

/** Whether mapping and options can still be changed. */
export const isOpen = ({ state }: QueuedFile): boolean => REVIEWED.has(state);
/** Whether nothing more will happen to it by itself or by asking. */
export const hasEnded = ({ state }: QueuedFile): boolean => ENDED.has(state);

const ORDER = { rates: 0, catalog: 1, log: 2 } as const;

/** Files that may be imported without a look, rates and catalogues first: a log names what they describe. */
export function importable(files: readonly QueuedFile[]): QueuedFile[] {
  return files
    .filter(({ state, rereading }) => state === 'ready' && !rereading)
    .toSorted((a, b) => ORDER[a.draft?.kind ?? 'log'] - ORDER[b.draft?.kind ?? 'log']);
}
