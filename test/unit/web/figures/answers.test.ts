import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../../../../server/contract/query.ts';
import { emptyOption } from '../../../../web/charts/frame.ts';
import { answersOf, asked, metaOf } from '../../../../web/figures/answers.ts';
import { analysis, type Call, daysAsked, query } from '../../../../web/figures/calls.ts';
import { figure } from '../../../../web/figures/figure.ts';
import { answer, meta, scopeOf } from './told.ts';

/** Asks for as many questions as it may, each once the one before is answered. */
const curious = figure<z.ZodObject, { [question: string]: Answer }, null>({
  id: 'test.curious',
  params: z.object({}),
  heads: () => ({ title: '', subtitle: '' }),
  asks: (scope, came) =>
    Object.fromEntries(
      Array.from({ length: Object.keys(came).length + 1 }, (_, at) => [
        `q${at}`,
        query(scope, { measures: ['views'], limit: at + 1 }),
      ]),
    ),
  says: () => ({ nothing: '', remedy: '' }),
  draws: (_, context) => emptyOption(context),
});
const scope = scopeOf(curious);
const limitOf = ({ body }: Call<unknown>): number => body?.limit ?? 0;

describe('what a figure asks', () => {
  it('spans the days of all its calls, which need not be the page’s', () => {
    const year = { from: '2024-11-01', to: '2025-10-31' };
    const quarter = query(scope, { measures: ['views'], time: { from: '2025-07-01', to: '2025-09-30' } });
    expect(daysAsked([quarter])).toEqual({ from: '2025-07-01', to: '2025-09-30' });
    expect(daysAsked([quarter, analysis(scope, 'growth', year)])).toEqual(year);
    expect(daysAsked([])).toBeNull();
  });

  it('is asked in three rounds at most, each call once', async () => {
    const sent: number[] = [];
    const answers = await answersOf(curious, scope, async (call) => {
      sent.push(limitOf(call));
      return call.endpoint.answer.parse(answer([{ views: limitOf(call) }]));
    });
    expect(sent).toEqual([1, 2, 3]);
    expect(Object.values(answers).map(({ rows }) => rows[0]?.views)).toEqual([1, 2, 3]);
  });

  it('is what is still open, and its answers only once there are all', () => {
    const knowing =
      (most: number) =>
      <T>(call: Call<T>): T | undefined =>
        limitOf(call) <= most ? call.endpoint.answer.parse(answer([])) : undefined;
    expect(Object.keys(asked(curious, scope, knowing(0)).calls)).toEqual(['q0']);
    const half = asked(curious, scope, knowing(1));
    expect([Object.keys(half.calls), half.answers]).toEqual([['q0', 'q1'], undefined]);
    expect(Object.keys(asked(curious, scope, knowing(9)).answers ?? {})).toEqual(['q0', 'q1', 'q2']);
  });

  it('takes what is said of the answers from the last of them', () => {
    const later = answer([], { as_of: '2025-10-30' });
    expect(metaOf({ first: answer([]), second: later, third: undefined })).toEqual({ ...meta, as_of: '2025-10-30' });
    expect(metaOf(undefined)).toBeUndefined();
  });
});
