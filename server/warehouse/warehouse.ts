/**
 * The wall between the field's language and an engine. `metrics` and `ingest` see only this file; `duckdb/` (one
 * machine) and later `clickhouse/` (a cluster) stand behind it.
 */
import type { LogColumn } from '../contract/columns.ts';

/** A value bound to a statement; never part of its text. */
export type Bound = string | number | bigint | boolean | null | readonly string[] | readonly number[];

/** SQL text whose placeholders are `$1`, `$2` … and the values bound to them. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Bound[];
}

export const sql = (text: string, values: readonly Bound[] = []): Statement => ({ text, values });

/**
 * One value of a result. Integers are numbers up to 2^53 and bigint beyond; dates are `2025-10-01`; timestamps are
 * UTC, `2025-10-01T15:00:00Z`; lists are arrays of text or numbers.
 */
export type Value = string | number | bigint | boolean | null | readonly Value[];
export type ResultRow = Readonly<Record<string, Value>>;

/** One consistent view of the data: every statement of a session sees the same committed version. */
export interface ReadSession {
  readonly state: DatasetState;
  /**
   * Runs one statement and gives its rows.
   * @throws QueryError with the SQL kept beside the cause; `Cancelled` when the session's signal fired.
   */
  all(statement: Statement): Promise<readonly ResultRow[]>;
}

/** The single writer's transaction: commits when the work returns, rolls back when it throws. */
export interface WriteSession extends ReadSession {
  run(statement: Statement): Promise<void>;
  /** Brings the rollups in step with `view_log` for the business days `from`..`to` (ISO), which this change touched. `only`: SQL condition on series_key, where it touched some series only. */
  refreshRollups(from: string, to: string, only?: string): Promise<void>;
  /** The same where the change only added increments, without reading the log again. */
  addToRollups(rows: FreshRows, from: string, to: string): Promise<void>;
  /**
   * Sums the rows by month into the temporary table `fresh_month`, which the caller drops: `addToRollups` then takes
   * them from there. @returns whether a series, platform, region and day stands in more than one of the rows
   */
  sumMonths(rows: FreshRows): Promise<boolean>;
  /** Percentage of the running statement, or null where the engine cannot tell. */
  progress(): number | null;
}

/** What every answer must know of the dataset; refreshed after each commit. */
export interface DatasetState {
  /** Changes with every committed import or undo. */
  readonly version: string;
  /** First and last business day with effective rows; null while empty. */
  readonly from: string | null;
  readonly asOf: string | null;
  readonly rows: number;
  readonly series: number;
  readonly producers: number;
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2 ids that count as domestic. */
  readonly domesticRegions: readonly string[];
  /** Currencies that revenue or spend is stated in. */
  readonly currencies: readonly string[];
  /** What the imported exchange rates span; null while there are none. */
  readonly rates: RatesState | null;
  readonly sources: readonly SourceState[];
  /** Log columns that hold at least one value: the base of `available`. */
  readonly columns: ReadonlySet<LogColumn>;
  /** Whether any file states episodes. */
  readonly hasEpisodes: boolean;
  /** True while rows of the synthetic demo are loaded. */
  readonly synthetic: boolean;
}

export interface RatesState {
  readonly currencies: readonly string[];
  /** First and last day with a rate. */
  readonly from: string;
  readonly to: string;
}

export interface SourceState {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** A chart states a top N: an absent series is unknown. */
  readonly coverage: 'census' | 'chart';
}

/** What may stand around a transaction of the writer. */
export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly quiet?: boolean;
  /**
   * Temporary tables made before the transaction begins and dropped after its end, however it ends. The engine reads
   * rows of the open transaction several times slower than others, so large temporary tables belong here.
   */
  readonly staging?: {
    prepare(session: StagingSession): Promise<void>;
    discard(session: StagingSession): Promise<void>;
  };
}

/** Outside any transaction: temporary tables only. */
export type StagingSession = Pick<WriteSession, 'all' | 'run' | 'progress'>;

/** Rows that an import adds to the log, as the rollups see them. */
export interface FreshRows {
  /** SQL of a select of series_key, platform_key, region_key, day, the measured columns and, if `timed`, instant. */
  readonly select: string;
  readonly sourceKey: number;
  /** Measured columns that the rows fill. */
  readonly columns: readonly string[];
  /** Whether rows carry a time of day. */
  readonly timed: boolean;
  /** Whether `fresh_month` holds the sums of just these rows (`sumMonths`). */
  readonly monthsSummed: boolean;
}

/** Temporary table of the rows of an import, summed as `platform_month` is. */
export const FRESH_MONTH = 'fresh_month';

/** Who asks, and what the asking may take. Left out, it is the server itself, which no limit holds. */
export interface Asking {
  /** Interrupts the engine itself, not only the waiting. */
  readonly signal?: AbortSignal;
  /** Readers are shared fairly between clients: a name for this one. */
  readonly client?: string;
  /** Longest time in seconds for the work once it has a reader, and for the wait before. */
  readonly seconds?: number;
  /** Told of the memory that rows take as they come, in bytes; what it throws ends the work. */
  readonly take?: (bytes: number) => void;
}

export interface Warehouse {
  /** The last committed state, without a query. */
  state(): DatasetState;
  /**
   * Runs work on a pooled connection.
   * @throws Cancelled when the asker's signal fires; `TimedOut` after its seconds; `Busy` if too many wait, or none got
   * a reader within its seconds; `Unavailable` while the engine cannot be opened again
   */
  read<T>(work: (session: ReadSession) => Promise<T>, asking?: Asking): Promise<T>;
  /**
   * Runs work on a private copy of the dataset after `change` changed it: what would be if. Nothing of it reaches the
   * dataset. The copy is kept a while and found again by `key`, which must name the version and the change.
   */
  readCopy<T>(
    key: string,
    change: (session: WriteSession) => Promise<void>,
    work: (session: ReadSession) => Promise<T>,
    asking?: Asking,
  ): Promise<T>;
  /**
   * Runs work as the single writer, in one transaction; a commit bumps the version unless `quiet`.
   * @throws DiskFull if the engine had no room to write; nothing of the work is left
   */
  write<T>(work: (session: WriteSession) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Asks the engine for one value. @throws what reading would throw */
  alive(): Promise<void>;
  close(): Promise<void>;
}

/** A statement the engine refused. `sql` is for logs only and never leaves the server. */
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

/** The asker went away or the import was cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly code = 'cancelled';
  constructor(options?: ErrorOptions) {
    super('cancelled before it was done', options);
  }
}

/** The work took longer than its asker may wait. */
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

/** Too much is asked at once. */
export class Busy extends Error {
  override readonly name = 'Busy';
  readonly code = 'busy';
  /** @param retryAfter seconds after which asking again makes sense */
  constructor(readonly retryAfter: number) {
    super(`busy; ask again in ${retryAfter} s`);
  }
}

/** The engine had no room left on the disk. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly code = 'disk_full';
}

/** The engine ran out of the memory that it may use. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
  readonly code = 'out_of_memory';
}

/** The engine failed for good and cannot be opened again so far. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code = 'unavailable';
}
