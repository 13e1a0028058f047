/** `metrics` and `ingest` see only this file; `duckdb/` and later `clickhouse/` stand behind it. */
import type { LogColumn } from '../contract/columns.ts';

/** Never part of the statement's text. */
export type Bound = string | number | bigint | boolean | null | readonly string[] | readonly number[];

/** Placeholders are `$1`, `$2` … */
export interface Statement {
  readonly text: string;
  readonly values: readonly Bound[];
}

export const sql = (text: string, values: readonly Bound[] = []): Statement => ({ text, values });

/** Integers beyond 2^53 are bigint; dates `2025-10-01`; timestamps UTC `2025-10-01T15:00:00Z`; lists arrays. */
export type Value = string | number | bigint | boolean | null | readonly Value[];
export type ResultRow = Readonly<Record<string, Value>>;

/** Every statement of a session sees the same committed version. */
export interface ReadSession {
  readonly state: DatasetState;
  /** @throws QueryError with the SQL beside the cause; Cancelled when the signal fired */
  all(statement: Statement): Promise<readonly ResultRow[]>;
}

/** Commits when the work returns, rolls back when it throws. */
export interface WriteSession extends ReadSession {
  run(statement: Statement): Promise<void>;
  /** For touched business days (ISO). `only`: condition on series_key, if only some series were touched. */
  refreshRollups(from: string, to: string, only?: string): Promise<void>;
  /** If only increments were added; does not read the log again. */
  addToRollups(rows: FreshRows, from: string, to: string): Promise<void>;
  /** Sums into `fresh_month`, which the caller drops. @returns whether a series, platform, region and day repeats */
  sumMonths(rows: FreshRows): Promise<boolean>;
  /** Of the running statement; null if the engine cannot tell. */
  progress(): number | null;
}

/** Refreshed after each commit. */
export interface DatasetState {
  /** Changes with every committed import or undo. */
  readonly version: string;
  /** Business days with effective rows; null while empty. */
  readonly from: string | null;
  readonly asOf: string | null;
  readonly rows: number;
  readonly series: number;
  readonly producers: number;
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2. */
  readonly domesticRegions: readonly string[];
  readonly currencies: readonly string[];
  /** Null while there are none. */
  readonly rates: RatesState | null;
  readonly sources: readonly SourceState[];
  /** Columns that hold a value: the base of `available`. */
  readonly columns: ReadonlySet<LogColumn>;
  readonly hasEpisodes: boolean;
  readonly synthetic: boolean;
}

export interface RatesState {
  readonly currencies: readonly string[];
  readonly from: string;
  readonly to: string;
}

export interface SourceState {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly coverage: 'census' | 'chart';
}

/** Around a writer's transaction. */
export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly quiet?: boolean;
  /** Temporary tables made before the transaction and dropped after it: its own rows are read several times slower. */
  readonly staging?: {
    prepare(session: StagingSession): Promise<void>;
    discard(session: StagingSession): Promise<void>;
  };
}

/** Outside any transaction: temporary tables only. */
export type StagingSession = Pick<WriteSession, 'all' | 'run' | 'progress'>;

export interface FreshRows {
  /** Selects series_key, platform_key, region_key, day, the measured columns and, if `timed`, instant. */
  readonly select: string;
  readonly sourceKey: number;
  readonly columns: readonly string[];
  readonly timed: boolean;
  /** `fresh_month` holds the sums of just these rows (`sumMonths`). */
  readonly monthsSummed: boolean;
}

/** Summed as `platform_month` is. */
export const FRESH_MONTH = 'fresh_month';

/** Default: the server itself, which no limit holds. */
export interface Asking {
  /** Interrupts the engine itself, not only the waiting. */
  readonly signal?: AbortSignal;
  /** Readers are shared fairly between clients. */
  readonly client?: string;
  /** For the work, and for the wait before. */
  readonly seconds?: number;
  /** Gets the bytes of rows as they come; what it throws ends the work. */
  readonly take?: (bytes: number) => void;
}

export interface Warehouse {
  state(): DatasetState;
  /** @throws Cancelled when the signal fires; TimedOut; Busy if too many wait or no reader came in time; Unavailable */
  read<T>(work: (session: ReadSession) => Promise<T>, asking?: Asking): Promise<T>;
  /** On a private copy after `change`: what would be if. `key` must name the version and the change. */
  readCopy<T>(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    work: (session: ReadSession) => Promise<T>,
    asking?: Asking,
  ): Promise<T>;
  /** One transaction; a commit bumps the version unless `quiet`. @throws DiskFull; nothing of the work is left */
  write<T>(work: (session: WriteSession) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** @throws what reading would throw */
  alive(): Promise<void>;
  close(): Promise<void>;
}

/** `sql` is for logs only. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  constructor(
    message: string,
    readonly sql: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly code = 'cancelled';
  constructor(options?: ErrorOptions) {
    super('cancelled before it was done', options);
  }
}

export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  readonly code = 'timeout';
  constructor(
    readonly seconds: number,
    options?: ErrorOptions,
  ) {
    super(`not done after ${seconds} s`, options);
  }
}

export class Busy extends Error {
  override readonly name = 'Busy';
  readonly code = 'busy';
  /** @param retryAfter seconds */
  constructor(readonly retryAfter: number) {
    super(`busy; ask again in ${retryAfter} s`);
  }
}

export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly code = 'disk_full';
}

export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
  readonly code = 'out_of_memory';
}

/** It failed for good and cannot be opened again so far. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code = 'unavailable';
}
