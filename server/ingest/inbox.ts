/**
 * A watched folder: what lands in it or in its subfolders is imported once it is complete, one file at a time, and moved
 * to `done/` or `failed/`, to a subfolder of the same name, with a report beside it. A file in the hands of the import lies in `processing/`: whatever a crash leaves
 * there is taken up first at the next start, and its bytes tell whether it was committed already.
 */
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Logger } from 'pino';
import type { ImportRecord } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { Arrivals, isUnfinishedName, type Seen } from './arrivals.ts';
import { refuseUnconfirmed } from './confidence.ts';
import { type Handled, hasChanged, LatelyHandled, stampOf } from './grown.ts';
import type { Imports } from './imports.ts';
import { makeFolderLike, writeFileLike } from './inbox-modes.ts';
import { type InboxReport, reportAgain, reportCommitted, reportDuplicate, reportFailed } from './inbox-report.ts';
import { inImportOrder } from './order.ts';
import { rejectsCsv } from './rejects-csv.ts';

export interface InboxOptions {
  readonly folder: string;
  readonly imports: Imports;
  readonly logger?: Logger;
  readonly clock?: () => Date;
  /** Milliseconds without a change after which a file is complete. */
  readonly settle?: number;
  /** Milliseconds between two looks. */
  readonly poll?: number;
}

export interface Inbox {
  /** Ends the watching. The file at hand is cancelled, and taken up again at the next start. */
  close(): Promise<void>;
}

/** Of the watched folder itself; a subfolder's subfolders may be named as they like. */
const OWN_FOLDERS = ['processing', 'done', 'failed'];
/** Programs that fetch a file pause for seconds; a file that is moved in is taken at once all the same. */
const SETTLE = 10_000;
const POLL = 1000;

/** @throws Error where the folder cannot be made or read */
export async function watchInbox(options: InboxOptions): Promise<Inbox> {
  await mkdir(options.folder, { recursive: true });
  for (const name of OWN_FOLDERS) await makeFolderLike(options.folder, join(options.folder, name));
  const watcher = new Watcher(options);
  return { close: watcher.start() };
}

class Watcher {
  private readonly arrivals: Arrivals;
  private readonly lately = new LatelyHandled();
  /** Imports of files that were taken before they were whole, by the file's name; they are undone. */
  private readonly earlier = new Map<string, ImportRecord[]>();
  private readonly now: () => Date;
  private readonly stopping = new AbortController();
  private wake: () => void = () => {};

  constructor(private readonly options: InboxOptions) {
    this.arrivals = new Arrivals(options.settle ?? SETTLE);
    this.now = options.clock ?? (() => new Date());
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Starts to watch, and gives the way to stop. */
  start(): () => Promise<void> {
    const ended = this.watch();
    return () => {
      this.stopping.abort();
      this.wake();
      return ended;
    };
  }

  private async watch(): Promise<void> {
    await this.attempt(async () => {
      const left = (await filesUnder(this.path('processing'))).filter((name) => !isUnfinishedName(basename(name)));
      for (const name of await this.inOrder('processing', left)) await this.handle(name);
    });
    while (!this.stopped) {
      await this.attempt(() => this.look());
      await this.pause();
    }
  }

  /** A folder that cannot be read now may be readable later: the watching goes on. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger?.error({ err: error, inbox: this.options.folder }, 'the watched folder could not be handled');
    }
  }

  private pause(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.options.poll ?? POLL);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async look(): Promise<void> {
    for (const handled of await this.lately.changed(this.now().getTime())) await this.takeBack(handled);
    const complete = this.arrivals.look(await this.files(), this.now().getTime());
    for (const name of await this.inOrder('', complete)) {
      if (this.stopped) return;
      // Out of the sender's hands: what lands under this name from now on is another file.
      await makeFolderLike(this.options.folder, dirname(this.path('processing', name)));
      await rename(this.path(name), this.path('processing', name));
      await this.handle(name);
    }
  }

  private path(...parts: string[]): string {
    return join(this.options.folder, ...parts);
  }

  private async files(): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (const name of await filesUnder(this.options.folder, OWN_FOLDERS)) {
      const facts = await stat(this.path(name)).catch(() => null);
      if (facts) seen.push({ name, size: facts.size, mtimeMs: facts.mtimeMs });
    }
    return seen;
  }

  private async inOrder(folder: string, names: readonly string[]): Promise<string[]> {
    const files = [];
    for (const name of names)
      files.push({
        name,
        kind: names.length > 1 ? await this.options.imports.glanceAtKind(this.path(folder, name)) : 'log',
      } as const);
    return inImportOrder(files).map(({ name }) => name);
  }

  /** Imports a file of `processing/` and moves it on; leaves it there where the server is stopping. */
  private async handle(name: string): Promise<void> {
    if (this.stopped) return;
    const path = this.path('processing', name);
    const taken = await stampOf(path);
    const imported = await this.importIt(name);
    if (!imported) return;
    const sha256 = imported.import?.sha256 ?? null;
    const brought = imported.status === 'committed' ? imported.import : null;
    if (taken && (await hasChanged(path, taken, sha256)))
      return this.takeBack({ name, path, taken, sha256, import: brought });
    const report = reportAgain(imported, this.earlier.get(name) ?? []);
    this.earlier.delete(name);
    const folder = report.status === 'failed' ? 'failed' : 'done';
    await makeFolderLike(this.options.folder, dirname(this.path(folder, name)));
    const target = await freeName(this.path(folder), name);
    if (report.rejects && report.import)
      await writeFileLike(
        this.options.folder,
        this.path(folder, `${target}.rejects.csv`),
        rejectsCsv(await this.options.imports.rejectPages(report.import.import_id)),
      );
    const written = { ...report, file: target, rejects: report.rejects && `${basename(target)}.rejects.csv` };
    // The report first: a file in its last place always has one.
    await writeFileLike(
      this.options.folder,
      this.path(folder, `${target}.report.json`),
      `${JSON.stringify(written, null, 2)}\n`,
    );
    await rename(path, this.path(folder, target));
    const last = { name, path: this.path(folder, target), sha256, import: brought };
    if (taken) this.lately.add({ ...last, taken }, this.now().getTime());
    await this.tidy(dirname(name));
    this.options.logger?.info({ file: name, status: report.status }, 'watched folder: file handled');
  }

  /**
   * A file that its sender goes on writing goes back to where it landed, and is imported again once it is complete.
   * What was imported of it is undone: the last line of half a file may be half a line.
   */
  private async takeBack({ name, path, import: record }: Handled): Promise<void> {
    this.options.logger?.warn({ file: name }, 'watched folder: file changed after it was taken, and is taken again');
    await makeFolderLike(this.options.folder, dirname(this.path(name)));
    const free = await freeName(this.options.folder, name);
    await rename(path, this.path(free));
    for (const beside of ['report.json', 'rejects.csv']) await rm(`${path}.${beside}`, { force: true });
    await this.tidy(dirname(name));
    const before = this.earlier.get(name) ?? [];
    this.earlier.delete(name);
    const current = record && (await this.options.imports.get(record.import_id).catch(() => null));
    const undone = current?.status === 'committed' ? [await this.options.imports.remove(current.import_id)] : [];
    this.earlier.set(free, [...before, ...undone]);
  }

  /** Removes the subfolders of `processing/` that are empty now; those of the sender stay. */
  private async tidy(folder: string): Promise<void> {
    for (let at = folder; at !== '.'; at = dirname(at)) {
      const removed = await rmdir(this.path('processing', at)).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  }

  private async importIt(name: string): Promise<InboxReport | null> {
    const { imports } = this.options;
    const path = this.path('processing', name);
    const claimed = (await stat(path)).ctimeMs;
    let record: ImportRecord | null = null;
    const onProgress = (current: ImportRecord) => {
      record = current;
    };
    for (;;) {
      try {
        const done = await imports.importFile(path, {
          name,
          accept: refuseUnconfirmed,
          onProgress,
          signal: this.stopping.signal,
        });
        return reportCommitted(name, done, this.now());
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : null;
        if (this.stopped || code === 'interrupted') return null;
        const first = code === 'duplicate_import' ? await this.firstOf(error) : null;
        if (!first) return reportFailed(name, error, record, this.now());
        // Committed from here in the moment before a crash: this is that import.
        if (first.status === 'committed')
          return first.filename === name && Date.parse(first.started_at) >= claimed
            ? reportCommitted(name, first, this.now())
            : reportDuplicate(name, first, this.now());
        // The same bytes are still on their way through another door: what becomes of them decides.
        await this.pause();
        if (this.stopped) return null;
      }
    }
  }

  private async firstOf(error: unknown): Promise<ImportRecord | null> {
    const id = error instanceof ProblemError ? error.errors?.[0]?.message : undefined;
    return typeof id === 'string' ? this.options.imports.get(id) : null;
  }
}

/**
 * Names of all files under a folder, with the way to them, `/` between. Hidden folders are left out, as a program may
 * work in them; links are not followed.
 */
async function filesUnder(folder: string, leftOut: readonly string[] = []): Promise<string[]> {
  const names: string[] = [];
  // A subfolder may go while it is looked at.
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile()) names.push(entry.name);
    if (!entry.isDirectory() || isUnfinishedName(entry.name) || leftOut.includes(entry.name)) continue;
    const inside = await filesUnder(join(folder, entry.name)).catch(() => []);
    names.push(...inside.map((name) => `${entry.name}/${name}`));
  }
  return names;
}

/** `log.csv`, or where there is one, `log-2.csv` and so on; `name` may lie in subfolders. */
async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(dirname(join(folder, name))));
  const ending = /(\.[^./]+)?\.(gz|zst|gzip)$/iu.exec(name)?.[0] ?? extname(name);
  const stem = ending ? name.slice(0, -ending.length) : name;
  let free = name;
  for (let n = 2; taken.has(basename(free)); n++) free = `${stem}-${n}${ending}`;
  return free;
}
