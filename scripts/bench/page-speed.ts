import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Catalog } from '../../server/contract/catalog.ts';
import { querySchema } from '../../server/contract/query.ts';
import { createImports } from '../../server/ingest/queue/imports.ts';
import { catalog as catalogAnswer } from '../../server/metrics/analyses/catalog.ts';
import { addDays, endOf, type Range } from '../../server/metrics/language/calendar.ts';
import { type Engine, engineOf } from '../../server/metrics/language/engine.ts';
import { answerQuery } from '../../server/metrics/query/query.ts';
import { duckdbDialect } from '../../server/metrics/sql/duckdb.ts';
import { openState } from '../../server/state/state.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse } from '../../server/warehouse/warehouse.ts';
import type { BenchFiles } from './import-speed.ts';
import { PAGES, type Visit, visitPage } from './pages.ts';

export interface PageFigures {
  readonly page: string;
  readonly queries: number;
  /** Milliseconds of each visit, answered as the product answers. */
  readonly rollups: readonly number[];
  /** The same questions with rollups off: every one asked of the raw log. */
  readonly raw: readonly number[];
}

/** Imports the log once and visits each page `repeat` times, each visit over another month, so nothing is cached. */
export async function measurePages(files: BenchFiles, folder: string, repeat: number): Promise<PageFigures[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const warehouse = await openDuckDB({ path: join(folder, 'pages.duckdb'), spill: join(folder, 'spill') });
  const state = await openState(join(folder, 'state.sqlite'));
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: join(folder, 'uploads') },
    vocabulary: loadVocabulary('data/vocabulary'),
    logger: pino({ level: 'silent' }),
  });
  await imports.importFile(files.catalogue, {});
  await imports.importFile(files.parquet, {});
  const catalog = await catalogOf(warehouse);
  const series = await topSeries(warehouse);
  const figures: PageFigures[] = [];
  for (const page of Object.keys(PAGES)) {
    const over = (back: number): Visit => ({ catalog, month: monthOf(warehouse, back), series });
    const { queries } = await visit(warehouse, page, over(0), true);
    const rollups: number[] = [];
    for (let back = 0; back < repeat; back++)
      rollups.push((await visit(warehouse, page, over(back), true)).milliseconds);
    const raw: number[] = [];
    // The raw log is slow: a few visits tell.
    for (let back = 0; back < Math.min(5, repeat); back++)
      raw.push((await visit(warehouse, page, over(back), false)).milliseconds);
    figures.push({ page, queries, rollups, raw });
  }
  await imports.close();
  state.close();
  await warehouse.close();
  return figures;
}

export function spanOf(warehouse: Warehouse): Range {
  const { from, asOf } = warehouse.state();
  return { from: from ?? '', to: asOf ?? '' };
}

/** The i-th complete month back from the log's end, wrapping within it. */
export function monthOf(warehouse: Warehouse, i: number): Range {
  const { to } = spanOf(warehouse);
  let end = endOf('month', to) === to ? to : addDays(`${to.slice(0, 7)}-01`, -1);
  for (let back = i % 10; back > 0; back--) end = addDays(`${end.slice(0, 7)}-01`, -1);
  return { from: `${end.slice(0, 7)}-01`, to: end };
}

/** One visit, its questions sent together, as the page sends them; the pool of readers takes them in turn. */
export async function visit(
  warehouse: Warehouse,
  page: string,
  over: Visit,
  rollups: boolean,
): Promise<{ milliseconds: number; queries: number }> {
  const started = performance.now();
  const asked = await visitPage(PAGES[page] ?? {}, over, (questions) =>
    warehouse.read(async (session) => {
      const engine = engineOf(session, duckdbDialect, 'zh', rollups);
      const answers: unknown[] = [];
      for (const question of questions) answers.push(await question(engine));
      return answers;
    }),
  );
  return { milliseconds: performance.now() - started, queries: asked };
}

export const catalogOf = (warehouse: Warehouse): Promise<Catalog> =>
  warehouse.read((session) => catalogAnswer(engineOf(session, duckdbDialect, 'zh')));

/** The series with most views. */
export async function topSeries(warehouse: Warehouse): Promise<string> {
  const answer = await warehouse.read((session) => {
    const engine: Engine = engineOf(session, duckdbDialect, 'zh');
    return answerQuery(engine, querySchema.parse({ measures: ['views'], dimensions: ['series'], limit: 1 }));
  });
  return String(answer.rows[0]?.series ?? '');
}
