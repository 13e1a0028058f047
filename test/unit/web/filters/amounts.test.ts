import { describe, expect, it } from 'vitest';
import { parseAmount } from '../../../../web/filters/amounts.ts';

describe('a count as people write it', () => {
  it.each([
    ['3e9', 3e9],
    ['1E8', 1e8],
    ['5亿', 5e8],
    [' 1.5 亿 ', 1.5e8],
    ['3000万', 3e7],
    ['3,000万', 3e7],
    ['３０００万', 3e7],
    ['十亿', 1e9],
    ['2千万', 2e7],
    ['1万亿', 1e12],
    ['500M', 5e8],
    ['500 million', 5e8],
    ['1.5B', 1.5e9],
    ['2bn', 2e9],
    ['12k', 12_000],
    ['1,000,000', 1e6],
    ['7', 7],
  ])('%s is %d', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it.each([
    '',
    ' ',
    'abc',
    '-5',
    '0',
    '0.2',
    '5x',
    'M',
    'e9',
    '1e99',
    '2e15',
    '5亿M',
    '1.2.3',
    'NaN',
    'Infinity',
    '__proto__',
  ])('%j is none', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  it('10^15 is the largest', () => {
    expect(parseAmount('1e15')).toBe(1e15);
  });
});
