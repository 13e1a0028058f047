import { describe, expect, it } from 'vitest';
import { flagOf, maybeNumber, maybeText, numberOf, RowMismatch, textOf } from '../../../server/warehouse/row-values.ts';

const row = { n: 3, big: 4n, name: '甲', none: null, yes: true };

describe('a row of the engine', () => {
  it('is read by the names of its columns', () => {
    expect([numberOf(row, 'n'), numberOf(row, 'big'), textOf(row, 'name'), flagOf(row, 'yes')]).toEqual([
      3,
      4,
      '甲',
      true,
    ]);
    expect([maybeNumber(row, 'none'), maybeText(row, 'none'), flagOf(row, 'none')]).toEqual([null, null, false]);
  });

  it.each([
    ['a misspelt column', () => numberOf(row, 'm'), '“m” is not among n, big, name, none, yes'],
    ['no row', () => maybeNumber(undefined, 'n'), 'there is no row to read “n” of'],
    ['text for a number', () => numberOf(row, 'name'), '“name” is string, not a number'],
    ['a number for text', () => textOf(row, 'n'), '“n” is number, not text'],
    ['null where a value is wanted', () => numberOf(row, 'none'), '“none” is null, not a number'],
    ['a number for a boolean', () => flagOf(row, 'n'), '“n” is number, not a boolean'],
  ])('throws for %s, and never becomes a 0', (_what, read, message) => {
    expect(read).toThrow(new RowMismatch(message));
  });
});
