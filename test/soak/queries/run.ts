/** Every pair of dimensions, and triples of chance, asked with grains, limits, others and comparisons: none may fail. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DimensionId, QueryInput } from '../../../server/contract/query.ts';
import { diceOf } from '../dice.ts';
import { type Facts, factsOf } from '../requests/facts.ts';
import { faultsOf } from '../requests/judge.ts';
import { someQuestion } from '../requests/questions.ts';
import { curlLine, jsonRequest, send } from '../requests/request.ts';
import { type Entry, ServerProcess } from '../server.ts';

export interface QueriesOptions {
  readonly seed: number;
  readonly entry: Entry;
  /** Questions asked of each pair, and of as many triples. */
  readonly each: number;
  readonly jobs: number;
  readonly say: (line: string) => void;
}

export interface QueriesSummary {
  readonly queries: number;
  readonly outcomes: ReadonlyMap<string, number>;
  readonly faults: readonly { readonly fault: string; readonly again: string }[];
  readonly milliseconds: readonly number[];
}

/** All pairs, each `each` times, and as many triples of chance. */
export function combinations(seed: number, facts: Facts, each: number): QueryInput[] {
  const { dimensions } = facts;
  const pairs = dimensions.flatMap((a, i) => dimensions.slice(i + 1).map((b): DimensionId[] => [a, b]));
  return pairs.flatMap((pair, i) =>
    Array.from({ length: each }, (_, n) => {
      const dice = diceOf('combination', seed, i, n);
      const over = dice.chance(0.5) ? pair : pair.toReversed();
      const third = dice.pick(dimensions);
      return [someQuestion(dice, facts, over), someQuestion(dice, facts, [...new Set([...over, third])])];
    }).flat(),
  );
}

/** Asks all of them of a server with the demo. A query that takes too long is refused with `timeout`, which is no fault. */
export async function runQueries({ seed, entry, each, jobs, say }: QueriesOptions): Promise<QueriesSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-queries-'));
  const server = await ServerProcess.start(folder, entry, { DRAMASCOPE_DEMO: 'on', DRAMASCOPE_QUERY_SECONDS: '5' });
  const outcomes = new Map<string, number>();
  const faults: { fault: string; again: string }[] = [];
  const milliseconds: number[] = [];
  try {
    const left = combinations(seed, await factsOf(server.url), each);
    say(`${left.length} queries over the pairs and triples of dimensions`);
    const one = async (question: QueryInput) => {
      const request = jsonRequest('POST', '/api/v1/query', question);
      const fail = (fault: string) => {
        const again = curlLine(server.url, request, null);
        faults.push({ fault, again });
        say(`${fault}\n  ${again}`);
      };
      const reply = await send(server.url, request).catch((error: unknown) => fail(String(error)));
      const outcome = reply ? String(reply.status) : 'no answer';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (!reply) return;
      milliseconds.push(reply.milliseconds);
      for (const fault of faultsOf(request, reply, null)) fail(fault);
      if (milliseconds.length % 100 === 0) say(`${milliseconds.length} queries, ${faults.length} faults`);
    };
    const work = async () => {
      for (let next = left.shift(); next && !server.ended; next = left.shift()) await one(next);
    };
    await Promise.all(Array.from({ length: jobs }, work));
    if (server.ended) faults.push({ fault: `the server ended: ${JSON.stringify(server.ended)}`, again: '' });
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  return { queries: milliseconds.length, outcomes, faults, milliseconds };
}
