/**
 * How long the event loop is held while an answer of many rows is sent in each format, plain and compressed:
 * `node scripts/run.mjs scripts/bench/answers.ts [ROWS]`. The asker is a process of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import compression from 'compression';
import express from 'express';
import type { Column, Row } from '../../server/contract/query.ts';
import { formatFor, sendAnswer, TABULAR } from '../../server/http/formats/negotiate.ts';
import { tableOf } from '../../server/http/formats/table.ts';

const rowCount = Number(process.argv[2] ?? 200_000);
const label = { en: 'x', zh: 'x' };
const columns: Column[] = [
  { id: 'series', type: 'text', unit: 'text', label },
  { id: 'series_label', type: 'text', unit: 'text', label },
  { id: 'period', type: 'date', unit: 'date', label },
  { id: 'views', type: 'integer', unit: 'views', label },
  { id: 'completions', type: 'integer', unit: 'count', label },
  { id: 'completion_rate', type: 'number', unit: 'fraction', label },
  { id: 'revenue', type: 'number', unit: 'currency', label },
  { id: 'views__growth_reason', type: 'text', unit: 'text', label },
];
const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + (i % 365))).toISOString().slice(0, 10);
const rows: Row[] = Array.from({ length: rowCount }, (_, i) => ({
  series: `S${i % 5000}`,
  series_label: `总裁的替身新娘之第${i % 5000}部`,
  period: day(i),
  views: i % 1000 === 7 ? '9007199254740993' : i * 31,
  completions: i * 7,
  completion_rate: (i % 997) / 997,
  revenue: i / 3,
  views__growth_reason: i % 3 === 0 ? 'no_data' : null,
}));
const answer = { columns, rows, meta: { version: '1', notes: [] } };

const app = express();
app.use(compression({ filter: () => true }));
app.get('/answer', async (req, res) => {
  await sendAnswer(req, res, formatFor(req), { answer, table: () => tableOf(answer) });
});

const collections: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collections.push(duration);
}).observe({ entryTypes: ['gc'] });

const ASKER = `fetch(process.argv[1], { headers: { accept: process.argv[2], 'accept-encoding': process.argv[3] } })
  .then(async (r) => { let n = 0; for await (const c of r.body) n += c.length; console.log(n); })`;

/** Nanoseconds that this thread had a processor for, unlike those that it waited for one on a busy machine; Linux tells. */
function processorTime(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return Number.NaN;
  }
}

/** Looks at the loop each millisecond: the longest time between two looks in which this thread was at work. */
function watchLoop(): () => number {
  let longest = 0;
  let before = processorTime();
  const timer = setInterval(() => {
    const had = processorTime();
    longest = Math.max(longest, had - before);
    before = had;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest / 1e6;
  };
}

async function ask(url: string, accept: string, encoding: string, onStarted = () => {}): Promise<number> {
  const asker = spawn(process.execPath, ['-e', ASKER, url, accept, encoding]);
  // To start a process holds the loop, too.
  onStarted();
  let said = '';
  asker.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  await once(asker, 'close');
  return Number(said);
}

const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`;
console.log(`${rowCount} rows; the event loop's own delay counts in each`);
for (const { type, extension } of TABULAR) {
  await ask(url, type, 'identity');
  for (const encoding of ['identity', 'gzip', 'br']) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    collections.length = 0;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const started = performance.now();
    let stop = () => 0;
    const bytes = await ask(url, type, encoding, () =>
      setImmediate(() => {
        delay.enable();
        stop = watchLoop();
      }),
    );
    const worked = stop();
    const seconds = (performance.now() - started) / 1000;
    delay.disable();
    const longest = Math.max(0, ...collections).toFixed(0);
    console.log(
      `${extension.padEnd(8)} ${encoding.padEnd(8)} longest delay ${(delay.max / 1e6).toFixed(0).padStart(5)} ms  at work ${worked.toFixed(0).padStart(4)} ms  99 % ${(delay.percentile(99) / 1e6).toFixed(0).padStart(4)} ms  longest collection ${longest.padStart(4)} ms  ${seconds.toFixed(1)} s  ${(bytes / 1e6).toFixed(1)} MB  rss ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
    );
  }
}
server.close();
