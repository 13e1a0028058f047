import { describe, expect, test } from 'vitest';
import { fastestOf } from '../../../../../server/metrics/analyses/parts/fastest.ts';

interface One {
  readonly id: string;
  readonly hours: number | null;
  readonly days: number | null;
  readonly size: number;
}
const found = (...all: One[]) => {
  const fastest = fastestOf(
    all,
    ({ hours, days }) => ({ hours_to: hours, days_to: days }),
    ({ size }) => size,
  );
  return fastest && [fastest.unit, fastest.value, fastest.among.map(({ id }) => id).join('')];
};

describe('the fastest of several', () => {
  test('has the fewest hours if the hour of each is known', () => {
    expect(found({ id: 'a', hours: 30, days: 2, size: 1 }, { id: 'b', hours: 20, days: 2, size: 1 })).toEqual([
      'hours',
      20,
      'b',
    ]);
  });

  test('has the fewest days if the hour of one is not known, whatever the hours of others', () => {
    expect(
      found(
        { id: 'a', hours: 20, days: 2, size: 1 },
        { id: 'b', hours: null, days: 2, size: 5 },
        { id: 'c', hours: 40, days: 3, size: 9 },
      ),
    ).toEqual(['days', 2, 'ba']);
  });

  test('leaves out who has no release, and is nobody if none has', () => {
    const unknown = { hours: null, days: null };
    expect(found({ id: 'a', ...unknown, size: 9 }, { id: 'b', hours: 5, days: 1, size: 1 })).toEqual(['days', 1, 'b']);
    expect([found({ id: 'a', ...unknown, size: 9 }), found()]).toEqual([null, null]);
  });
});
