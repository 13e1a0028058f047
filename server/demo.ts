import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderError } from './folder-errors.ts';
import type { Imports } from './ingest/queue/imports.ts';
import { StartError } from './start-error.ts';

export interface LoadedDemo {
  readonly files: number;
  readonly rows: number;
  readonly seconds: number;
}

/** In a process of its own, so that its memory is freed. @throws Error if making or importing it fails */
export async function loadDemo(imports: Imports, dataFolder: string): Promise<LoadedDemo> {
  const started = performance.now();
  const folder = mkdtempSync(join(dataFolder, 'demo-'));
  try {
    await generate(folder);
    // The catalogue first, so that series titles are known from the start.
    const files = (await readdir(folder)).sort(
      (a, b) => Number(b.startsWith('series')) - Number(a.startsWith('series')) || a.localeCompare(b),
    );
    let rows = 0;
    for (const file of files)
      rows += (await imports.importFile(join(folder, file), { synthetic: true })).rows_committed;
    return { files: files.length, rows, seconds: (performance.now() - started) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function generate(folder: string): Promise<void> {
  // Beside the bundle in production, the TypeScript source under tsx in development.
  const here = fileURLToPath(import.meta.url);
  const development = here.endsWith('.ts');
  const script = development ? join(here, '../../scripts/generate.ts') : join(here, '../generate.mjs');
  const args = [...(development ? ['--import', 'tsx'] : []), script, '--out', folder];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(folderError(folder, new Error(complaint)) ?? demoFailed(complaint)),
    );
  });
}

const demoFailed = (cause: string) =>
  new StartError(
    'demo_failed',
    {
      en: 'The synthetic demo data could not be made. DRAMASCOPE_DEMO=off starts without them; LOG_LEVEL=debug says more.',
      zh: '无法生成演示数据。可用 DRAMASCOPE_DEMO=off 不带演示数据启动；设置 LOG_LEVEL=debug 可查看详情。',
    },
    { cause },
  );
