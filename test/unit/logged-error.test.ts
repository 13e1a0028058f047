import { expect, it } from 'vitest';
import { loggedError } from '../../server/logged-error.ts';
import { ProblemError } from '../../server/problem.ts';
import { QueryError } from '../../server/warehouse/warehouse.ts';

const ROW = '2025-10-01,机密剧,12345';

it('the log tells what failed and where, and nothing of a file’s rows', () => {
  const engine = new QueryError(
    `Conversion Error: could not read '${ROW}' as date\nOriginal Line: ${ROW}\nLINE 1: x`,
    'SELECT 1',
  );
  const told = new ProblemError('unreadable_file', `Line 3: “${ROW}” is no row.`, undefined, { cause: engine });
  const logged = loggedError(told);
  expect(JSON.stringify(logged)).not.toContain('机密剧');
  expect(logged).toMatchObject({
    type: 'ProblemError',
    code: 'unreadable_file',
    cause: { message: 'Conversion Error: could not read … as date' },
  });
  expect(logged.stack).toContain('logged-error.test.ts');
  const parse = (): unknown => {
    try {
      return JSON.parse(`${ROW}`);
    } catch (error) {
      return error;
    }
  };
  expect(JSON.stringify(loggedError(parse()))).not.toContain('机密剧');
  const looped = new Error('x');
  looped.cause = looped;
  expect(loggedError(looped).cause?.message).toBe('x');
});
