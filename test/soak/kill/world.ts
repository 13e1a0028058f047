/** A data folder under test: what was promised of it, and what must therefore be in it. */
import { existsSync, mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportRecord } from '../../../server/contract/imports.ts';
import type { Row } from '../../../server/contract/query.ts';
import { type Client, isOpen } from './client.ts';
import { FIRST_FILES, numberOf, type SoakFile, soakFile } from './files.ts';
import { type Committed, totalsOf } from './model.ts';

/** What the server acknowledged: a kill may take none of it back. */
interface Promises {
  /** Import → what was told last. What was accepted is committed in the end: the server holds its file. */
  readonly imports: Map<string, 'accepted' | 'committed' | 'undone'>;
  readonly merged: Set<string>;
  readonly unmerged: Set<string>;
  /** Files that were put into the watched folder. */
  readonly inbox: Set<string>;
}

export class World {
  readonly promises: Promises = { imports: new Map(), merged: new Set(), unmerged: new Set(), inbox: new Set() };
  private readonly files = new Map<number, SoakFile>();
  private next = 0;

  constructor(
    readonly folder: string,
    private readonly seed: number,
    private readonly scale: number,
  ) {
    mkdirSync(this.staging, { recursive: true });
  }

  get inbox(): string {
    return join(this.folder, 'inbox');
  }

  /** Where files are written before they are moved into the watched folder. */
  private get staging(): string {
    return join(this.folder, 'staging');
  }

  newFile(wanted: (file: SoakFile) => boolean = () => true): SoakFile {
    for (;;) {
      const number = this.next++;
      const file = this.file(number);
      if (number < FIRST_FILES.length || wanted(file)) return file;
      this.files.delete(number);
    }
  }

  private file(number: number): SoakFile {
    const file = this.files.get(number) ?? soakFile(this.seed, number, this.scale);
    this.files.set(number, file);
    return file;
  }

  /** Writes a file beside the folder, for the command line. */
  write(file: SoakFile): string {
    const path = join(this.staging, file.name);
    writeFileSync(path, file.bytes);
    return path;
  }

  /** Moves a file into the watched folder, old enough to be taken at once. */
  putIntoInbox(file: SoakFile): void {
    const path = this.write(file);
    utimesSync(path, 1e9, 1e9);
    this.promises.inbox.add(file.name);
    mkdirSync(this.inbox, { recursive: true });
    renameSync(path, join(this.inbox, file.name));
  }

  /** Names in a folder of the watched folder, reports left out. */
  inFolder(folder: '' | 'processing' | 'done' | 'failed'): string[] {
    const path = join(this.inbox, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^\w+_\d{5}\.(csv|ndjson|parquet)(\.\w+)?$/u.test(entry.name))
      .map(({ name }) => name);
  }

  /** Waits until nothing is at work any more. */
  async settle(client: Client): Promise<void> {
    for (let waited = 0; waited < 120_000; waited += 50) {
      const busy = this.inFolder('').length + this.inFolder('processing').length > 0;
      if (!busy && !(await client.list()).some(isOpen)) return this.tidied();
      await sleep(50);
    }
    throw new Error('imports were still at work after two minutes');
  }

  /** A file goes a moment after its import is committed. */
  private async tidied(): Promise<void> {
    for (let waited = 0; waited < 5000 && this.leftovers().length > 0; waited += 50) await sleep(50);
  }

  /** Everything that is not as it must be. */
  async faults(client: Client): Promise<string[]> {
    const history = await client.list();
    return [
      ...this.brokenPromises(history),
      ...(await this.brokenMerges(client)),
      ...this.inboxFaults(history),
      ...this.leftovers(),
      ...(await this.wrongNumbers(client, history)),
    ];
  }

  private brokenPromises(history: readonly ImportRecord[]): string[] {
    const faults: string[] = [];
    for (const [id, promised] of this.promises.imports) {
      const record = history.find(({ import_id }) => import_id === id);
      if (!record) faults.push(`import ${id} was ${promised} and is gone`);
      else if (this.undoing === id && record.status === 'undone') this.promises.imports.set(id, 'undone');
      else if (record.status !== (promised === 'accepted' ? 'committed' : promised))
        faults.push(`import ${record.filename} was ${promised} and is ${record.status}`);
    }
    for (const { filename, status, error } of history)
      if (isOpenStatus(status) || (status === 'failed' && error?.code !== 'interrupted'))
        faults.push(`import ${filename} is ${status} ${error?.code ?? ''} ${error?.detail ?? ''}`);
    return faults;
  }

  /** The import whose undo was cut off: it is undone, or it is not. */
  undoing: string | null = null;
  unmerging: string | null = null;

  private async brokenMerges(client: Client): Promise<string[]> {
    const held = new Set((await client.aliases()).map(({ id }) => id));
    return [
      ...[...this.promises.merged]
        .filter((id) => !held.has(id) && id !== this.unmerging)
        .map((id) => `merge ${id} is gone`),
      ...[...this.promises.unmerged].filter((id) => held.has(id)).map((id) => `merge ${id} is back`),
    ];
  }

  private inboxFaults(history: readonly ImportRecord[]): string[] {
    const done = this.inFolder('done');
    return [...this.promises.inbox].flatMap((name) => {
      const committed = history.filter(
        ({ filename, status }) => filename === name && (status === 'committed' || status === 'undone'),
      ).length;
      const moved = done.filter((other) => other === name).length;
      return committed === 1 && moved === 1
        ? []
        : [`${name} of the watched folder was committed ${committed} times and is ${moved} times in done/`];
    });
  }

  private leftovers(): string[] {
    return ['uploads', 'spill'].flatMap((folder) => {
      const names = readdirSync(join(this.folder, folder));
      return names.length === 0 ? [] : [`left in ${folder}: ${names.join(', ')}`];
    });
  }

  private async wrongNumbers(client: Client, history: readonly ImportRecord[]): Promise<string[]> {
    const committed = history
      .filter(({ status }) => status === 'committed')
      .map((record): Committed => {
        const file = this.file(numberOf(record.filename));
        return { file, source: record.source, mode: record.options.mode ?? 'upsert' };
      })
      .reverse();
    const merged = new Map((await client.aliases()).map(({ from, into }) => [from, into]));
    const want = totalsOf(committed, merged);
    const [bySeries, byPlatform, whole, producers, revenue] = await Promise.all([
      client.query({ measures: ['views'], dimensions: ['series'], time: { grain: 'day' } }),
      client.query({ measures: ['views'], dimensions: ['platform'], time: { grain: 'day' } }),
      client.query({ measures: ['views'], dimensions: ['series'] }),
      client.query({ measures: ['views'], dimensions: ['series', 'producer'] }),
      client.query({ measures: ['revenue'], currency: 'CNY' }),
    ]);
    const counters = whole.filter((row) => String(row.series_label).startsWith('Counter'));
    return [
      ...differences('views of a series and day', want.seriesDays, keyed(bySeries.filter(isDrama), 'series_label')),
      ...differences(
        'views of a platform and day',
        want.platformDays,
        keyed(
          byPlatform.filter((row) => row.platform !== '(unknown)'),
          'platform',
        ),
      ),
      ...differences(
        'views of a counter',
        want.counters,
        new Map(counters.map((row) => [String(row.series_label), Number(row.views)])),
      ),
      ...producerFaults(want.producers, producers),
      ...(Math.abs(Number(revenue[0]?.revenue ?? 0) - want.revenue) <= 1e-9 * Math.abs(want.revenue)
        ? []
        : [`revenue is ${revenue[0]?.revenue}, not ${want.revenue}`]),
    ];
  }
}

const isOpenStatus = (status: ImportRecord['status']) => status === 'queued' || status === 'running';
const isDrama = (row: Row) => String(row.series_label).startsWith('Drama');
const keyed = (rows: readonly Row[], label: string) =>
  new Map(rows.map((row) => [`${row[label]} ${row.period}`, Number(row.views)]));

function differences(what: string, want: ReadonlyMap<string, number>, got: ReadonlyMap<string, number>): string[] {
  const wrong = [...new Set([...want.keys(), ...got.keys()])].filter(
    (key) => (want.get(key) ?? 0) !== (got.get(key) ?? 0),
  );
  if (wrong.length === 0) return [];
  const samples = wrong.slice(0, 3).map((key) => `${key}: ${got.get(key)}, not ${want.get(key)}`);
  return [`${wrong.length} ${what} are wrong (${samples.join('; ')})`];
}

function producerFaults(want: ReadonlyMap<string, string>, rows: readonly Row[]): string[] {
  const got = new Map(rows.map((row) => [String(row.series_label), String(row.producer_label)]));
  const wrong = [...want].filter(([title, producer]) => got.has(title) && got.get(title) !== producer);
  return wrong.length === 0
    ? []
    : [`${wrong.length} producers are wrong (${wrong[0]?.[0]}: ${got.get(wrong[0]?.[0] ?? '')}, not ${wrong[0]?.[1]})`];
}
