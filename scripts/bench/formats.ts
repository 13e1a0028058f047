/**
 * The same rows as CSV in UTF-8 and GB18030, gzipped, and as NDJSON: how long each takes to import, and in how much
 * memory. `node scripts/run.mjs scripts/bench/formats.ts [ROWS]`; each import has a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createImports } from '../../server/ingest/queue/imports.ts';
import { openState } from '../../server/state/state.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';

const TITLES = '总裁豪门闪婚替身新娘离婚前夫重生穿越逆袭战神龙王赘婿千金女儿盛夏芬德拉念念有词';
const PLATFORMS = ['红果', '抖音', '快手', '爱奇艺', '腾讯视频'];
const SERIES = 5000;

type Row = readonly [date: string, title: string, platform: string, views: number];

function* rowsOf(count: number): Generator<Row> {
  for (let i = 0; i < count; i++) {
    const series = i % SERIES;
    const round = Math.floor(i / SERIES);
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor(round / PLATFORMS.length))).toISOString().slice(0, 10);
    const from = series % 30;
    const title = `${TITLES.slice(from, from + 3 + (series % 9))}${series}`;
    yield [day, title, PLATFORMS[round % PLATFORMS.length] ?? '', (i * 104_729) % 9_999_991];
  }
}

/** GB18030's two-byte part, turned round: Node only decodes it. */
function gbEncoder(): (text: string) => Buffer {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      codes.set(decoder.decode(Uint8Array.of(lead, trail)), lead * 256 + trail);
  return (text) =>
    Buffer.from([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : numberToBytes(codes.get(c) ?? 0x3f))));
}

const numberToBytes = (code: number) => (code < 256 ? [code] : [code >> 8, code & 255]);

async function write(path: string, count: number, line: (row: Row) => string | Buffer, head: string | Buffer) {
  function* pieces() {
    yield Buffer.from(head);
    let batch: Buffer[] = [];
    for (const row of rowsOf(count)) {
      batch.push(Buffer.from(line(row)));
      if (batch.length < 10_000) continue;
      yield Buffer.concat(batch);
      batch = [];
    }
    yield Buffer.concat(batch);
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
}

async function makeFiles(folder: string, count: number): Promise<string[]> {
  const path = (name: string) => join(folder, name);
  const header = '日期,剧名,平台,播放量\n';
  const csv = ([date, title, platform, views]: Row) => `${date},${title},${platform},${views}\n`;
  const gb = gbEncoder();
  await write(path('utf8.csv'), count, csv, header);
  await write(path('gb18030.csv'), count, (row) => gb(csv(row)), gb(header));
  await write(
    path('log.ndjson'),
    count,
    ([日期, 剧名, 平台, 播放量]) => `${JSON.stringify({ 日期, 剧名, 平台, 播放量 })}\n`,
    '',
  );
  await pipeline(createReadStream(path('utf8.csv')), createGzip({ level: 1 }), createWriteStream(path('utf8.csv.gz')));
  return ['utf8.csv', 'gb18030.csv', 'utf8.csv.gz', 'log.ndjson'].map(path);
}

async function importOne(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-bench-'));
  const warehouse = await openDuckDB({ path: join(folder, 'bench.duckdb'), spill: join(folder, 'spill') });
  const state = await openState(join(folder, 'state.sqlite'));
  const folders = { uploads: join(folder, 'uploads') };
  const imports = await createImports({ warehouse, state, folders, vocabulary: loadVocabulary() });
  const started = performance.now();
  const before = process.cpuUsage();
  const { rows_committed } = await imports.importFile(file);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${basename(file).padEnd(14)} ${(statSync(file).size / 1e6).toFixed(0).padStart(5)} MB  ${rows_committed} rows  ${seconds.toFixed(1)} s  processor ${((user + system) / 1e6).toFixed(1)} s  peak ${memory.toFixed(0)} MB`,
  );
  await imports.close();
  state.close();
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
}

async function main([first = '1000000', second]: readonly string[]): Promise<void> {
  if (first === '--import' && second) return importOne(second);
  const folder = join(tmpdir(), 'dramascope-bench-files');
  mkdirSync(folder, { recursive: true });
  for (const file of await makeFiles(folder, Number(first)))
    spawnSync(process.execPath, [...process.execArgv, 'scripts/bench/formats.ts', '--import', file], {
      stdio: 'inherit',
    });
  rmSync(folder, { recursive: true, force: true });
}

await main(process.argv.slice(2));
