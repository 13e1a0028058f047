/** How long pages take while an import of the same size as the log runs, beside how long they take when nothing does. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { createImports, type Imports } from '../../server/ingest/queue/imports.ts';
import { openState } from '../../server/state/state.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse } from '../../server/warehouse/warehouse.ts';
import type { BenchFiles } from './import-speed.ts';
import { catalogOf, monthOf, topSeries, visit } from './page-speed.ts';
import { PAGES } from './pages.ts';
import { percentile, table } from './report.ts';

/** Milliseconds that the visitor looks at a page before the next. */
const LOOK = 200;

interface Timed {
  readonly page: string;
  /** Phase of the import when the visit began. */
  readonly phase: string;
  readonly milliseconds: number;
}

export async function benchReaders(
  files: BenchFiles,
  { rows, repeat, folder }: { rows: number; repeat: number; folder: string },
): Promise<void> {
  const place = join(folder, 'readers');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const warehouse = await openDuckDB({ path: join(place, 'readers.duckdb'), spill: join(place, 'spill') });
  const state = await openState(join(place, 'state.sqlite'));
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: join(place, 'uploads') },
    vocabulary: loadVocabulary(),
    logger: pino({ level: 'silent' }),
  });
  await imports.importFile(files.catalogue, {});
  await imports.importFile(files.parquet, {});
  const idle: Timed[] = [];
  await visitPages(
    warehouse,
    1,
    () => 'warm up',
    () => false,
  );
  idle.push(
    ...(await visitPages(
      warehouse,
      repeat,
      () => 'idle',
      () => false,
    )),
  );
  for (const format of ['csv', 'parquet'] as const) {
    const { visits, seconds } = await whileImporting(warehouse, imports, files[format], format);
    print(
      `${rows.toLocaleString('en')} rows of ${format} imported beside the visits in ${seconds.toFixed(1)} s`,
      idle,
      visits,
    );
  }
  await imports.close();
  state.close();
  await warehouse.close();
  rmSync(place, { recursive: true, force: true });
}

async function whileImporting(
  warehouse: Warehouse,
  imports: Imports,
  file: string,
  format: string,
): Promise<{ visits: Timed[]; seconds: number }> {
  let phase = 'preparing';
  let ended = false;
  const started = performance.now();
  const running = imports
    // Another source: all of its rows are new.
    .importFile(file, {
      force: true,
      options: { source: `again ${format}` },
      onProgress: (record) => {
        phase = record.phase ?? phase;
      },
    })
    .finally(() => {
      ended = true;
    });
  const visits = await visitPages(
    warehouse,
    Number.POSITIVE_INFINITY,
    () => phase,
    () => ended,
  );
  await running;
  return { visits, seconds: (performance.now() - started) / 1000 };
}

/** One visitor who goes from page to page, each time to another month, until all are seen or `stop` says so. */
async function visitPages(
  warehouse: Warehouse,
  repeat: number,
  phase: () => string,
  stop: () => boolean,
): Promise<Timed[]> {
  const catalog = await catalogOf(warehouse);
  const series = await topSeries(warehouse);
  const visits: Timed[] = [];
  for (let round = 0; round < repeat; round++)
    for (const page of Object.keys(PAGES)) {
      if (stop()) return visits;
      const began = phase();
      const over = { catalog, month: monthOf(warehouse, round), series };
      const { milliseconds } = await visit(warehouse, page, over, true);
      visits.push({ page, phase: began, milliseconds });
      await new Promise((wake) => setTimeout(wake, LOOK));
    }
  return visits;
}

function print(title: string, idle: readonly Timed[], busy: readonly Timed[]): void {
  const p95 = (visits: readonly Timed[]) =>
    percentile(
      visits.map((v) => v.milliseconds),
      0.95,
    );
  const row = (name: string, before: readonly Timed[], during: readonly Timed[]) => [
    name,
    String(during.length),
    p95(before).toFixed(0),
    p95(during).toFixed(0),
    `${(p95(during) / p95(before)).toFixed(1)}×`,
  ];
  const of = (key: 'page' | 'phase') => [...new Set(busy.map((v) => v[key]))];
  console.log(`\n${title}; p95 of a visit in milliseconds`);
  console.log(
    table(
      ['page or phase', 'visits', 'idle', 'importing', 'ratio'],
      [
        row('all', idle, busy),
        ...of('page').map((page) =>
          row(
            page,
            idle.filter((v) => v.page === page),
            busy.filter((v) => v.page === page),
          ),
        ),
        ...of('phase').map((phase) =>
          row(
            `while ${phase}`,
            idle,
            busy.filter((v) => v.phase === phase),
          ),
        ),
      ],
    ),
  );
}
