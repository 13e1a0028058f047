/**
 * How long the server draws: `node --import tsx scripts/bench/render.ts --url http://127.0.0.1:8080`, against a running server
 * with the demo. Each picture is asked for with a title of its own, so that no kept one is sent. Nothing is written.
 */
import { loadavg } from 'node:os';
import { Command } from 'commander';
import { readUsage, wholeNumber } from '../setup/usage.ts';
import { percentile, table } from './report.ts';

const { url, runs } = readUsage(
  new Command('render')
    .description('Measure pictures, slides and decks that the server draws.')
    .requiredOption('--url <address>', 'of a running server with the demo')
    .option('--runs <count>', 'of each; medians are printed', wholeNumber(1), 9),
).opts<{ url: string; runs: number }>();

const FIGURES = ['overview.formats', 'growth.index', 'club.by_producer', 'genres.supply_demand', 'overseas.map'];
const KINDS = {
  SVG: (id: string, title: string) => `figures/${id}.svg?title=${title}`,
  'PNG 1080p': (id: string, title: string) => `figures/${id}.png?title=${title}`,
  'PNG 4K': (id: string, title: string) => `figures/${id}.png?size=4k&title=${title}`,
  PDF: (id: string, title: string) => `figures/${id}.pdf?title=${title}`,
  PPTX: (id: string, title: string) => `figures/${id}.pptx?title=${title}`,
  'kept PNG': (id: string) => `figures/${id}.png`,
} as const;

async function milliseconds(path: string): Promise<number> {
  const from = performance.now();
  const response = await fetch(new URL(`/api/v1/${path}`, url));
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return performance.now() - from;
}

let turn = 0;
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const alive: number[] = [];
let asking = true;
const watch = (async () => {
  while (asking) {
    const from = performance.now();
    await fetch(new URL('/healthz', url)).then((response) => response.text());
    alive.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();

const rows: string[][] = [];
for (const [kind, pathOf] of Object.entries(KINDS)) {
  const times: number[] = [];
  for (const id of FIGURES) await milliseconds(pathOf(id, 'warm'));
  for (let run = 0; run < runs; run++)
    for (const id of FIGURES) {
      turn += 1;
      times.push(await milliseconds(pathOf(id, `Title ${turn}`)));
    }
  rows.push([kind, ms(percentile(times, 0.5)), ms(percentile(times, 0.95))]);
}
for (const [name, query] of [
  ['brief, one language', 'lang=zh'],
  ['brief, both', 'lang=zh,en'],
] as const) {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) times.push(await milliseconds(`decks/brief.pptx?month=2025-10&${query}`));
  rows.push([name, ms(percentile(times, 0.5)), ms(percentile(times, 0.95))]);
}
asking = false;
await watch;

console.log(`Load ${loadavg()[0]?.toFixed(1)}; ${FIGURES.length} figures, ${runs} times each, milliseconds.\n`);
console.log(table(['file', 'p50', 'p95'], rows));
console.log(
  `\n/healthz meanwhile, ${alive.length} times: p50 ${ms(percentile(alive, 0.5))}, p99 ${ms(percentile(alive, 0.99))}.`,
);
