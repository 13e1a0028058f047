/** npm run soak: the long runs that `npm test` does in short. Prints a summary; the exit code is 1 if a fault was found. */
import { Command, Option } from 'commander';
import { percentile, table } from '../../scripts/bench/report.ts';
import { type FuzzSummary, runFuzz } from './fuzz/run.ts';
import { type KillSummary, runKills } from './kill/run.ts';
import { type QueriesSummary, runQueries } from './queries/run.ts';
import { type RequestsSummary, runRequests } from './requests/run.ts';

const options = new Command('soak')
  .description(
    'Kill the server 100 times in the middle of imports, import 10,000 mutated files, send 20,000 hostile requests and ask every pair of dimensions.',
  )
  .addOption(new Option('--only <part>', 'one of them').choices(['kill', 'fuzz', 'requests', 'queries']))
  .option('--seed <number>', 'decides everything that chance decides', '1')
  .option('--rounds <count>', 'kill -9', '100')
  .option('--files <count>', 'mutated files', '10000')
  .option('--file <number>', 'only this one of the mutated files')
  .option('--from <number>', 'the first of the mutated files', '0')
  .option('--jobs <count>', 'servers that are fuzzed at once', '2')
  .option('--count <count>', 'hostile requests, in three seeds', '20000')
  .option('--request <number>', 'only this one of the hostile requests, of one seed')
  .option('--each <count>', 'questions to every pair of dimensions', '2')
  .option('--at-once <count>', 'requests and queries that run at once', '4')
  .option('--keep <folder>', 'where what fails is kept', '.soak')
  .parse()
  .opts<{
    only?: string;
    seed: string;
    rounds: string;
    files: string;
    file?: string;
    from: string;
    jobs: string;
    count: string;
    request?: string;
    each: string;
    atOnce: string;
    keep: string;
  }>();

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
const seed = Number(options.seed);

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

const asked = (part: string) => options.only === undefined || options.only === part;

// A soak that is stopped takes its servers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

let faults = 0;
if (asked('kill')) {
  say(`kill -9: ${options.rounds} rounds, seed ${seed}`);
  const summary = await runKills({ seed, rounds: Number(options.rounds), entry: 'dist', scale: 1, say });
  tellKills(summary);
  faults += summary.faults.length;
}
if (asked('fuzz')) {
  const from = Number(options.from);
  const files =
    options.file === undefined
      ? Array.from({ length: Number(options.files) }, (_, i) => from + i)
      : [Number(options.file)];
  say(`fuzz: ${files.length} files, seed ${seed}`);
  const summary = await runFuzz({
    seed,
    files,
    entry: 'dist',
    jobs: Number(options.jobs),
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
  const share = Math.ceil(Number(options.count) / seeds.length);
  for (const one of seeds) {
    const numbers =
      options.request === undefined ? Array.from({ length: share }, (_, i) => i) : [Number(options.request)];
    say(`requests: ${numbers.length}, seed ${one}`);
    const summary = await runRequests({
      seed: one,
      numbers,
      entry: 'dist',
      data: 'demo',
      jobs: Number(options.atOnce),
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
    each: Number(options.each),
    jobs: Number(options.atOnce),
    say,
  });
  tellQueries(summary);
  faults += summary.faults.length;
}
process.exitCode = faults > 0 ? 1 : 0;
