/** A warehouse in memory with its imports, and files made of texts that stand in the tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImportRecord, Upload } from '../../../server/contract/imports.ts';
import type { FileImport } from '../../../server/ingest/propose/choices.ts';
import { createImports, type Imports } from '../../../server/ingest/queue/imports.ts';
import type { RejectedLines } from '../../../server/ingest/queue/mended.ts';
import type { ImportLimits } from '../../../server/ingest/read/limits.ts';
import { listEntries } from '../../../server/ledger/history.ts';
import { undoImports } from '../../../server/ledger/undo.ts';
import { openState, type State } from '../../../server/state/state.ts';
import { loadVocabulary } from '../../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import type { ResultRow, Warehouse } from '../../../server/warehouse/warehouse.ts';
import { answering } from '../../unanswered.ts';

let databases = 0;

export class Desk {
  private files = 0;

  private constructor(
    readonly folder: string,
    readonly warehouse: Warehouse,
    readonly state: State,
    readonly imports: Imports,
  ) {}

  static async open(timeZone = 'Asia/Shanghai', limits?: ImportLimits, clock?: () => Date): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), 'dramascope-ingest-'));
    // A named database in memory per desk: the bare name would be shared by all of them.
    databases += 1;
    const warehouse = await openDuckDB({ path: join(folder, `desk${databases}.duckdb`), timeZone, threads: 1 });
    const state = await openState(join(folder, 'state.sqlite'));
    const imports = await createImports({
      warehouse,
      state,
      folders: { uploads: join(folder, 'uploads') },
      vocabulary: loadVocabulary(),
      ...(limits ? { limits } : {}),
      ...(clock ? { clock } : {}),
    });
    return new Desk(folder, warehouse, state, imports);
  }

  async close(): Promise<void> {
    await this.imports.close();
    this.state.close();
    await this.warehouse.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /**
   * Imports a text under a source of its own choosing; each call is another file, so that bytes never collide. Views are
   * increments where the file leaves it open and nothing is said.
   */
  async import(content: string | Uint8Array, options: FileImport & { name?: string } = {}): Promise<ImportRecord> {
    this.files += 1;
    const { name = `views_${this.files}.csv`, ...rest } = options;
    const path = await this.write(name, content);
    return this.importFile(path, { force: true, ...rest });
  }

  /** Imports a file that lies there; its views are increments where it leaves that open and nothing is said. */
  importFile(path: string, options: FileImport = {}): Promise<ImportRecord> {
    return answering(options, (how) => this.imports.importFile(path, how));
  }

  /** The rejected lines of an import, their text whole. */
  async rejectedLines(importId: string): Promise<Omit<RejectedLines, 'text'> & { readonly text: string }> {
    const lines = await this.imports.rejectedLines(importId);
    let text = '';
    for await (const piece of lines.text) text += piece;
    return { ...lines, text };
  }

  /** What is proposed for a text, nothing imported. */
  look(text: string, name = '日报.csv'): Promise<Upload> {
    return this.imports.upload(Readable.from([text]), name);
  }

  rows(sql: string): Promise<readonly ResultRow[]> {
    return this.warehouse.read((session) => session.all({ text: sql, values: [] }));
  }

  /** Undoes every import, so that the next test begins with nothing. */
  async clear(): Promise<void> {
    await this.warehouse.write(async (session) => {
      const committed = (await listEntries(session)).filter(({ status }) => status === 'committed');
      if (committed.length > 0) await undoImports(session, committed, loadVocabulary(), new Date());
    });
  }

  /** Effective rows as short texts, sorted: `series day views`. */
  async views(where = 'true'): Promise<string[]> {
    const rows =
      await this.rows(`SELECT k.series_id || ' ' || v.day || CASE WHEN v.instant IS NULL THEN '' ELSE ' ' || strftime(v.instant, '%H:%M') || 'Z' END
        || CASE WHEN v.episode IS NULL THEN '' ELSE ' ep' || v.episode END || CASE WHEN v.kind = 'opening' THEN ' opening' ELSE '' END
        || ' ' || coalesce(v.views::VARCHAR, 'null') AS line
      FROM view_log v JOIN series_key k USING (series_key) WHERE ${where} ORDER BY line`);
    return rows.map((row) => String(row.line));
  }

  /** Everything that an undo must bring back: log, catalogue, rollups. */
  async everything(): Promise<unknown> {
    const part = (sql: string) => this.rows(sql);
    return {
      log: await part(`SELECT k.series_id, p.id AS platform, r.id AS region, s.id AS source, v.* EXCLUDE (import_no, series_key, stated_key, platform_key, region_key, source_key)
        FROM view_log v JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key) JOIN source s USING (source_key) ORDER BY ALL`),
      series: await part('SELECT * EXCLUDE (series_key) FROM series ORDER BY series_id'),
      genres: await part('SELECT series_id, member FROM series_genre JOIN series USING (series_key) ORDER BY ALL'),
      days: await part(
        'SELECT k.series_id, d.* EXCLUDE (series_key) FROM series_day d JOIN series_key k USING (series_key) ORDER BY ALL',
      ),
      months:
        await part(`SELECT k.series_id, p.id AS platform, r.id AS region, s.id AS source, d.* EXCLUDE (series_key, platform_key, region_key, source_key) FROM platform_month d
        JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key) JOIN source s USING (source_key) ORDER BY ALL`),
    };
  }
}

/** The doubts of a proposal, a line each. */
export const doubtsOf = ({ doubts }: Upload): string => doubts.map(({ en }) => en).join('\n');

/** The code and text of a refusal. */
export async function refusal(work: Promise<unknown>): Promise<{ code: string; detail: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code), detail: error.message };
    throw error;
  }
  throw new Error('it was not refused');
}
