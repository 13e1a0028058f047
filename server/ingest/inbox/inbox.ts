/**
 * A watched folder: a complete file is imported, one at a time, and moved to `done/` or `failed/` with a report beside
 * it, or to `needs_answer/` if there is a question. Subfolders keep their names. A file that fails stops no other: it
 * is reported and tried again. During its import a file is in `processing/`: after a crash it is taken up first, and
 * its bytes tell whether it was already committed.
 */
import { mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Logger } from 'pino';
import type { ImportRecord } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import { refuseUnconfirmed } from '../propose/confidence.ts';
import type { Imports } from '../queue/imports.ts';
import { inImportOrder } from '../queue/order.ts';
import { rejectsCsv } from '../queue/rejects-csv.ts';
import { Arrivals, isUnfinishedName, type Seen } from './arrivals.ts';
import { type Handled, hasChanged, LatelyHandled, stampOf } from './grown.ts';
import { makeFolderLike, writeFileLike } from './inbox-modes.ts';
import {
  type InboxReport,
  reportAgain,
  reportBlocked,
  reportCommitted,
  reportDuplicate,
  reportFailed,
  reportQuestion,
} from './inbox-report.ts';
import { recordOfTrouble, sayTrouble, Troubles } from './troubles.ts';

export interface InboxOptions {
  readonly folder: string;
  readonly imports: Imports;
  readonly logger?: Logger;
  readonly clock?: () => Date;
  /** Milliseconds without a change until a file is complete. */
  readonly settle?: number;
  readonly poll?: number;
  /** Milliseconds until a failed file is tried again, doubled each time. */
  readonly retry?: number;
  readonly move?: (from: string, to: string) => Promise<void>;
}

export interface Inbox {
  /** Cancels the file at hand, which is taken up again at the next start. */
  close(): Promise<void>;
}

/** Only directly in the watched folder; deeper folders may have any name. */
const OWN_FOLDERS = ['processing', 'done', 'failed', 'needs_answer'];
const REPORT = '.report.json';
/** Programs that fetch a file pause for seconds. A file that is moved in does not wait. */
const SETTLE = 10_000;
const POLL = 1000;

/** @throws Error if the folder cannot be made or read */
export async function watchInbox(options: InboxOptions): Promise<Inbox> {
  await mkdir(options.folder, { recursive: true });
  for (const name of OWN_FOLDERS) await makeFolderLike(options.folder, join(options.folder, name));
  const watcher = new Watcher(options);
  return { close: watcher.start() };
}

interface Question {
  id: string;
  readonly since: number;
  dismissed: boolean;
}

class Watcher {
  private readonly arrivals: Arrivals;
  private readonly lately = new LatelyHandled();
  private readonly troubles: Troubles;
  private readonly stuck = new Set<string>();
  private readonly asked = new Map<string, Question>();
  /** The saved profiles when questions were last tried. */
  private profiles = '';
  /** By file name: undone imports from before the file was whole. */
  private readonly earlier = new Map<string, ImportRecord[]>();
  private readonly now: () => Date;
  private readonly stopping = new AbortController();
  private wake: () => void = () => {};

  constructor(private readonly options: InboxOptions) {
    this.arrivals = new Arrivals(options.settle ?? SETTLE);
    this.troubles = new Troubles(options.retry);
    this.now = options.clock ?? (() => new Date());
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

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
      for (const name of await this.inOrder('processing', left)) await this.guard(name, () => this.handle(name));
      for (const name of await filesUnder(this.path('needs_answer')))
        if (!name.endsWith(REPORT)) await this.guard(name, () => this.tryAgain(name, null));
    });
    while (!this.stopped) {
      await this.attempt(() => this.look());
      await this.pause();
    }
  }

  /** A folder that cannot be read now may be readable later: the watch goes on. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.troubles.clear('');
    } catch (error) {
      const now = this.now().getTime();
      // Read each time, but reported more and more rarely.
      if (!this.troubles.isDue('', now)) return;
      this.troubles.note('', now);
      this.options.logger?.error({ err: error, inbox: this.options.folder }, 'the watched folder could not be handled');
    }
  }

  private async guard(name: string, work: () => Promise<void>): Promise<void> {
    if (!this.troubles.isDue(name, this.now().getTime())) return;
    try {
      await work();
    } catch (error) {
      await this.tellTrouble(name, error);
      return;
    }
    await this.untellTrouble(name);
  }

  private async tellTrouble(name: string, error: unknown): Promise<void> {
    const now = this.now();
    const trouble = this.troubles.note(name, now.getTime());
    const detail = sayTrouble(name, error);
    this.options.imports.waiting.tell(recordOfTrouble(name, trouble, detail));
    this.options.logger?.warn(
      { err: error, file: name, again_in_ms: trouble.pause },
      'watched folder: file could not be handled',
    );
    // If no report can be written, the list of imports and the log have it.
    await this.report('failed', name.replace(/\/$/u, ''), reportBlocked(name, detail, now)).catch(() => undefined);
  }

  private async untellTrouble(name: string): Promise<void> {
    const id = this.troubles.clear(name);
    if (id === null) return;
    this.options.imports.waiting.forget(id);
    const written = this.path('failed', `${name.replace(/\/$/u, '')}${REPORT}`);
    const last = await readFile(written, 'utf8').catch(() => '');
    // A later outcome may have its report there.
    if (last.includes('"status": "blocked"')) await rm(written, { force: true });
  }

  private async report(folder: string, name: string, report: InboxReport): Promise<void> {
    await makeFolderLike(this.options.folder, dirname(this.path(folder, name)));
    const text = `${JSON.stringify(report, null, 2)}\n`;
    await writeFileLike(this.options.folder, this.path(folder, `${name}${REPORT}`), text);
  }

  private move(from: string, to: string): Promise<void> {
    return (this.options.move ?? rename)(from, to);
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
    for (const handled of await this.lately.changed(this.now().getTime()))
      await this.guard(handled.name, () => this.takeBack(handled));
    for (const name of [...this.stuck]) if (!this.stopped) await this.guard(name, () => this.handle(name));
    await this.lookAtAnswers();
    const seen = await this.files();
    const here = new Set([...seen.map(({ name }) => name), ...this.stuck, ...this.asked.keys(), '']);
    // Whoever removed a file with a problem has answered.
    for (const name of this.troubles.names())
      if (!here.has(name) && !name.endsWith('/')) await this.untellTrouble(name);
    const now = this.now().getTime();
    const complete = this.arrivals
      .look(seen, now)
      .filter((name) => this.troubles.isDue(name, now) && !this.stuck.has(name));
    for (const name of await this.inOrder('', complete)) {
      if (this.stopped) return;
      await this.guard(name, () => this.take(name));
    }
  }

  /** Moves it out of the sender's hands: a later file of this name is another one. */
  private async take(name: string): Promise<void> {
    await makeFolderLike(this.options.folder, dirname(this.path('processing', name)));
    await this.move(this.path(name), this.path('processing', name));
    await this.handle(name);
  }

  private async lookAtAnswers(): Promise<void> {
    if (this.asked.size === 0) return;
    const profiles = JSON.stringify(await this.options.imports.profiles.list());
    const changed = profiles !== this.profiles;
    this.profiles = profiles;
    for (const [name, question] of [...this.asked]) {
      if (this.stopped) return;
      const stand = this.options.imports.stateOfQuestion(question.id);
      if (!this.stuck.has(name) && (stand === 'ended' || (stand === 'asked' && changed)))
        await this.guard(name, () => this.tryAgain(name, question));
    }
  }

  private async tryAgain(name: string, question: Question | null): Promise<void> {
    await makeFolderLike(this.options.folder, dirname(this.path('processing', name)));
    if (question) await this.options.imports.unask(question.id);
    await this.move(this.path('needs_answer', name), this.path('processing', name));
    await rm(this.path('needs_answer', `${name}${REPORT}`), { force: true });
    this.asked.delete(name);
    await this.tidy('needs_answer', dirname(name));
    await this.handle(name, question);
  }

  private async wait(name: string, error: ProblemError): Promise<void> {
    await makeFolderLike(this.options.folder, dirname(this.path('needs_answer', name)));
    const target = await freeName(this.path('needs_answer'), name);
    const path = this.path('needs_answer', target);
    await this.move(this.path('processing', name), path);
    await this.tidy('processing', dirname(name));
    const question: Question = { id: '', since: this.now().getTime(), dismissed: false };
    const dismiss = () => {
      question.dismissed = true;
    };
    const record = await this.options.imports.ask(path, target, error.detail, dismiss).catch(async (cause: unknown) => {
      await this.move(path, this.path('processing', name));
      throw cause;
    });
    question.id = record.import_id;
    if (this.asked.size === 0) this.profiles = JSON.stringify(await this.options.imports.profiles.list());
    this.asked.set(target, question);
    await this.report('needs_answer', target, reportQuestion(target, record, error, this.now()));
    this.options.logger?.info({ file: target }, 'watched folder: file needs an answer');
  }

  private path(...parts: string[]): string {
    return join(this.options.folder, ...parts);
  }

  private async files(): Promise<Seen[]> {
    const seen: Seen[] = [];
    const unreadable = new Map<string, unknown>();
    const names = await filesUnder(this.options.folder, OWN_FOLDERS, (name, error) => unreadable.set(name, error));
    for (const [name, error] of unreadable) await this.guard(name, () => Promise.reject(error));
    for (const name of this.troubles.names())
      if (name.endsWith('/') && !unreadable.has(name)) await this.untellTrouble(name);
    for (const name of names) {
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

  private async handle(name: string, question: Question | null = null): Promise<void> {
    if (this.stopped) return;
    // If anything below fails, it stays in `processing/`.
    this.stuck.add(name);
    await this.handOn(name, question);
    this.stuck.delete(name);
  }

  private async handOn(name: string, question: Question | null): Promise<void> {
    const path = this.path('processing', name);
    const taken = await stampOf(path);
    const imported = question?.dismissed
      ? reportFailed(name, new Cancelled(), null, this.now())
      : await this.importIt(name, question);
    if (!imported) return;
    if (imported instanceof ProblemError) return this.wait(name, imported);
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
    await this.report(folder, target, written);
    await this.move(path, this.path(folder, target));
    const last = { name, path: this.path(folder, target), sha256, import: brought };
    if (taken) this.lately.add({ ...last, taken }, this.now().getTime());
    await this.tidy('processing', dirname(name));
    this.options.logger?.info({ file: name, status: report.status }, 'watched folder: file handled');
  }

  /**
   * A file that its sender still writes goes back to its place and is imported again once complete. Its import is
   * undone: the last line of half a file may be half a line.
   */
  private async takeBack({ name, path, import: record }: Handled): Promise<void> {
    this.options.logger?.warn({ file: name }, 'watched folder: file changed after it was taken, and is taken again');
    await makeFolderLike(this.options.folder, dirname(this.path(name)));
    const free = await freeName(this.options.folder, name);
    await this.move(path, this.path(free));
    for (const beside of ['report.json', 'rejects.csv']) await rm(`${path}.${beside}`, { force: true });
    await this.tidy('processing', dirname(name));
    const before = this.earlier.get(name) ?? [];
    this.earlier.delete(name);
    const current = record && (await this.options.imports.get(record.import_id).catch(() => null));
    const undone = current?.status === 'committed' ? [await this.options.imports.remove(current.import_id)] : [];
    this.earlier.set(free, [...before, ...undone]);
  }

  /** Removes empty subfolders of our own folders; those of the sender stay. */
  private async tidy(own: string, folder: string): Promise<void> {
    for (let at = folder; at !== '.'; at = dirname(at)) {
      const removed = await rmdir(this.path(own, at)).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  }

  /** @returns the report, a question, or null if the server stops */
  private async importIt(name: string, question: Question | null): Promise<InboxReport | ProblemError | null> {
    const { imports } = this.options;
    const path = this.path('processing', name);
    const claimed = question?.since ?? (await stat(path)).ctimeMs;
    let open = false;
    let record: ImportRecord | null = null;
    const onProgress = (current: ImportRecord) => {
      record = current;
    };
    for (;;) {
      try {
        const done = await imports.importFile(path, {
          name,
          accept: (proposal, doubts) => {
            open = doubts.length > 0;
            refuseUnconfirmed(proposal, doubts);
          },
          onProgress,
          signal: this.stopping.signal,
        });
        return reportCommitted(name, done, this.now());
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : null;
        if (this.stopped || code === 'interrupted') return null;
        if (error instanceof ProblemError && (open || code === 'unconfirmed')) return error;
        const first = code === 'duplicate_import' ? await this.firstOf(error) : null;
        if (!first) return reportFailed(name, error, record, this.now());
        // Committed by us just before a crash.
        if (first.status === 'committed')
          return first.filename === name && Date.parse(first.started_at) >= claimed
            ? reportCommitted(name, first, this.now())
            : reportDuplicate(name, first, this.now());
        // The same bytes are being imported from elsewhere: wait for the outcome.
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

/** With their way from the folder. Hidden folders (programs may work in them) and links are left out. */
async function filesUnder(
  folder: string,
  leftOut: readonly string[] = [],
  onUnreadable: (name: string, error: unknown) => void = () => {},
): Promise<string[]> {
  const names: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile()) names.push(entry.name);
    if (!entry.isDirectory() || isUnfinishedName(entry.name) || leftOut.includes(entry.name)) continue;
    const within = (name: string, error: unknown) => onUnreadable(`${entry.name}/${name}`, error);
    const inside = await filesUnder(join(folder, entry.name), [], within).catch((error: unknown) => {
      // A subfolder may disappear meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) within('', error);
      return [];
    });
    names.push(...inside.map((name) => `${entry.name}/${name}`));
  }
  return names;
}

/** `log.csv`, or, if there is one, `log-2.csv` and so on. */
async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(dirname(join(folder, name))));
  const ending = /(\.[^./]+)?\.(gz|zst|gzip)$/iu.exec(name)?.[0] ?? extname(name);
  const stem = ending ? name.slice(0, -ending.length) : name;
  let free = name;
  for (let n = 2; taken.has(basename(free)); n++) free = `${stem}-${n}${ending}`;
  return free;
}
