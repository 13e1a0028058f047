/** npm run soak: the long runs that `npm test` does in short. Prints a summary; the exit code is 1 if a fault was found. */
import { mkdirSync } from 'node:fs';
import { Command, Option } from 'commander';
import { percentile, table } from '../../scripts/bench/report.ts';
import { readUsage, wholeNumber } from '../../scripts/setup/usage.ts';
import { type FuzzSummary, runFuzz } from './fuzz/run.ts';
import { type KillSummary, runKills } from './kill/run.ts';
import { runAxe } from './pages/axe.ts';
import { type HeapSummary, runHeap } from './pages/heap.ts';
import { type LighthouseSummary, runLighthouse } from './pages/lighthouse.ts';
import { type QueriesSummary, runQueries } from './queries/run.ts';
import { type RequestsSummary, runRequests } from './requests/run.ts';

const options = readUsage(
  new Command('soak')
    .description(
      'Kill the server 100 times in the middle of imports, import 10,000 mutated files, send 20,000 hostile requests, ask every pair of dimensions, and walk through the pages.',
    )
    .addOption(
      new Option('--only <part>', 'one of them').choices([
        'kill',
        'fuzz',
        'requests',
        'queries',
        'lighthouse',
        'heap',
        'axe',
      ]),
    )
    .option('--seed <number>', 'decides everything that chance decides', wholeNumber(0), 1)
    .option('--rounds <count>', 'kill -9', wholeNumber(1), 100)
    .option('--files <count>', 'mutated files', wholeNumber(1), 10_000)
    .option('--file <number>', 'only this one of the mutated files', wholeNumber(0))
    .option('--from <number>', 'the first of the mutated files', wholeNumber(0), 0)
    .option('--jobs <count>', 'servers that are fuzzed at once', wholeNumber(1), 2)
    .option('--count <count>', 'hostile requests, in three seeds', wholeNumber(1), 20_000)
    .option('--request <number>', 'only this one of the hostile requests, of one seed', wholeNumber(0))
    .option('--each <count>', 'questions to every pair of dimensions', wholeNumber(1), 2)
    .option('--at-once <count>', 'requests and queries that run at once', wholeNumber(1), 4)
    .option('--states <count>', 'states of pages that are walked through', wholeNumber(1), 2100)
    .option('--at <address>', 'a running server with the demo, for pages; one is started if left out')
    .option('--keep <folder>', 'where what fails is kept', '.soak'),
).opts<{
  only?: string;
  seed: number;
  rounds: number;
  files: number;
  file?: number;
  from: number;
  jobs: number;
  count: number;
  request?: number;
  each: number;
  atOnce: number;
  states: number;
  at?: string;
  keep: string;
}>();

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
const { seed } = options;

function tellFuzz({ files, outcomes, faults, crashes, milliseconds, peakMemory }: FuzzSummary): void {
  console.log(`\nFuzz: ${files} files of seed ${seed}, ${faults.length} with faults, ${crashes} crashes.`);
  console.log(
    `A file took ${percentile(milliseconds, 0.5).toFixed(0)} ms (median), ${Math.max(...milliseconds).toFixed(0)} ms at most; a server held ${(peakMemory / 1e6).toFixed(0)} MB at most.`,
  );
  const rows = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, count]) => [outcome, String(count)]);
  console.log(table(['outcome', 'files'], rows));
  for (const { file, made, faults: found } of faults)
    console.log(`  file ${file} (${made.join(', ')}): ${found.join('; ')}`);
}

function tellKills({ rounds, hits, imports, rows, restarts, faults }: KillSummary): void {
  console.log(`\nKill −9: ${rounds} rounds of seed ${seed}, ${faults.length} faults.`);
  console.log(
    `Up again in ${percentile(restarts, 0.5).toFixed(0)} ms (median), ${Math.max(...restarts).toFixed(0)} ms at most; at the end ${rows} rows.`,
  );
  console.log(`Imports: ${[...imports].map(([status, count]) => `${count} ${status}`).join(', ')}.`);
  console.log(
    table(
      ['aim: what the kill met', 'rounds'],
      [...hits].sort().map(([hit, count]) => [hit, String(count)]),
    ),
  );
  for (const { round, hit, fault } of faults) console.log(`  round ${round} (${hit}): ${fault}`);
}

function tellRequests({ requests, outcomes, faults, crashes, milliseconds, memory, health }: RequestsSummary): void {
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`\nRequests: ${requests}, ${faults.length} with faults, ${crashes} crashes.`);
  console.log(
    `One took ${percentile(milliseconds, 0.5).toFixed(0)} ms (median), ${Math.max(...milliseconds).toFixed(0)} ms at most; the server held ${mega(memory.before)} before, ${mega(memory.after)} after, ${mega(memory.peak)} at most.`,
  );
  if (health)
    console.log(
      `/healthz was asked ${health.asked} times beside; it took ${health.worst.toFixed(0)} ms at most, ${health.late.length} times too long.`,
    );
  const rows = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, count]) => [outcome, String(count)]);
  console.log(table(['outcome', 'requests'], rows));
  for (const fault of faults) {
    console.log(`  seed ${fault.seed}, request ${fault.number} (${fault.made.join(', ')}): ${fault.faults.join('; ')}`);
    if (fault.again) console.log(`    ${fault.again}`);
  }
}

function tellQueries({ queries, outcomes, faults, milliseconds }: QueriesSummary): void {
  console.log(`\nPairs and triples of dimensions: ${queries} queries of seed ${seed}, ${faults.length} faults.`);
  console.log(
    `One took ${percentile(milliseconds, 0.5).toFixed(0)} ms (median), ${Math.max(...milliseconds).toFixed(0)} ms at most.`,
  );
  console.log(
    table(
      ['status', 'queries'],
      [...outcomes].map(([outcome, count]) => [outcome, String(count)]),
    ),
  );
  for (const { fault, again } of faults) console.log(`  ${fault}\n    ${again}`);
}

function tellHeap({ walked, held, faults }: HeapSummary): void {
  console.log(`\nHeap: ${walked} states of pages, ${faults.length} faults.`);
  console.log(
    table(
      ['after states', 'heap MB', 'nodes', 'listeners'],
      held.map(({ state, heap, nodes, listeners }) => [
        String(state),
        (heap / 1e6).toFixed(1),
        String(nodes),
        String(listeners),
      ]),
    ),
  );
  for (const fault of new Set(faults)) console.log(`  ${fault}`);
}

function tellLighthouse({ pages, faults }: LighthouseSummary): void {
  const categories = [...(pages[0]?.scores.keys() ?? [])];
  console.log(`\nLighthouse: ${pages.length} pages, ${faults.length} scores too low.`);
  console.log(
    table(
      ['page', ...categories],
      pages.map(({ path, scores }) => [path, ...categories.map((id) => String(scores.get(id) ?? ''))]),
    ),
  );
  for (const { path, lost } of pages) if (lost.length > 0) console.log(`  ${path}: ${lost.join('; ')}`);
}

const asked = (part: string) => options.only === undefined || options.only === part;

// A soak that is stopped takes its servers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

let faults = 0;
if (asked('kill')) {
  say(`kill -9: ${options.rounds} rounds, seed ${seed}`);
  const summary = await runKills({ seed, rounds: options.rounds, entry: 'dist', scale: 1, say });
  tellKills(summary);
  faults += summary.faults.length;
}
if (asked('fuzz')) {
  const { from } = options;
  const files = options.file === undefined ? Array.from({ length: options.files }, (_, i) => from + i) : [options.file];
  say(`fuzz: ${files.length} files, seed ${seed}`);
  const summary = await runFuzz({
    seed,
    files,
    entry: 'dist',
    jobs: options.jobs,
    stretch: 250,
    keep: options.keep,
    say,
  });
  tellFuzz(summary);
  faults += summary.faults.length;
}
if (asked('requests')) {
  // One request is made again by its seed and number; all of them are dealt to three seeds, each with a server of its own.
  const seeds = options.request === undefined ? [seed, seed + 1, seed + 2] : [seed];
  const share = Math.ceil(options.count / seeds.length);
  for (const one of seeds) {
    const numbers = options.request === undefined ? Array.from({ length: share }, (_, i) => i) : [options.request];
    say(`requests: ${numbers.length}, seed ${one}`);
    const summary = await runRequests({
      seed: one,
      numbers,
      entry: 'dist',
      data: 'demo',
      jobs: options.atOnce,
      watched: true,
      keep: options.keep,
      say,
    });
    tellRequests(summary);
    faults += summary.faults.length;
  }
}
if (asked('queries')) {
  say(`queries: every pair of dimensions, seed ${seed}`);
  const summary = await runQueries({
    seed,
    entry: 'dist',
    each: options.each,
    jobs: options.atOnce,
    say,
  });
  tellQueries(summary);
  faults += summary.faults.length;
}
const pages = { at: options.at ?? null, say };
if (asked('axe')) {
  const { looks, faults: found } = await runAxe(pages);
  console.log(`\nAxe: ${looks} looks at pages, ${found.length} faults.`);
  for (const fault of found) console.log(`  ${fault}`);
  faults += found.length;
}
if (asked('heap')) {
  const summary = await runHeap({ ...pages, states: options.states });
  tellHeap(summary);
  faults += summary.faults.length;
}
if (asked('lighthouse')) {
  mkdirSync(options.keep, { recursive: true });
  const summary = await runLighthouse({ ...pages, keep: options.keep });
  tellLighthouse(summary);
  faults += summary.faults.length;
}
process.exitCode = faults > 0 ? 1 : 0;
