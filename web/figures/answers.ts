import type { z } from 'zod';
import type { Meta } from '../../server/contract/query.ts';
import type { Call } from './calls.ts';
import type { Answers, CallsOf, Figure, FigureScope } from './figure.ts';

/** A figure asks again for what it learnt from the answers, but not for ever. */
const ROUNDS = 3;

const namesOf = <A extends Answers>(calls: CallsOf<A>): Extract<keyof A, string>[] => {
  const names: Extract<keyof A, string>[] = [];
  for (const name in calls) names.push(name);
  return names;
};

const isWhole = <A extends Answers>(calls: CallsOf<A>, answers: Partial<A>): answers is A =>
  namesOf(calls).every((name) => answers[name] !== undefined);

/**
 * The calls that a figure makes, given what is known already, and its answers once there are all of them.
 * @param known what a call was answered, or undefined
 */
export function asked<P extends z.ZodObject, A extends Answers, D>(
  { asks }: Figure<P, A, D>,
  scope: FigureScope<z.output<P>>,
  known: <T>(call: Call<T>) => T | undefined,
): { calls: CallsOf<A>; answers: A | undefined } {
  let calls = asks(scope, {});
  for (let round = 1; ; round++) {
    const answers: Partial<A> = {};
    for (const name of namesOf(calls)) {
      const answer = known(calls[name]);
      if (answer !== undefined) answers[name] = answer;
    }
    if (!isWhole(calls, answers)) return { calls, answers: undefined };
    const next = round < ROUNDS ? asks(scope, answers) : calls;
    if (namesOf(next).every((name) => name in calls)) return { calls, answers };
    calls = next;
  }
}

/** All that a figure asks, answered. @param ask sends one call, which the figure names so */
export async function answersOf<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  scope: FigureScope<z.output<P>>,
  ask: <T>(call: Call<T>, name: string) => Promise<T>,
): Promise<A> {
  const answers: Partial<A> = {};
  for (let round = 1; ; round++) {
    const calls = figure.asks(scope, answers);
    const open = namesOf(calls).filter((name) => answers[name] === undefined);
    await Promise.all(
      open.map(async (name) => {
        answers[name] = await ask(calls[name], name);
      }),
    );
    if (isWhole(calls, answers) && (open.length === 0 || round === ROUNDS)) return answers;
  }
}

/** What the answers say of themselves: the last of them, as it is what is drawn. */
export const metaOf = (answers: Answers | undefined): Meta | undefined =>
  Object.values(answers ?? {}).findLast((answer) => answer !== undefined)?.meta;
