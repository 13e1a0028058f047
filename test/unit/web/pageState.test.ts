import { describe, expect, it } from 'vitest';
import { listParam, numberParam, oneOf, textParam } from '../../../web/data/pageState.ts';

describe('a page’s own parameters', () => {
  it('reads one of a few words, and nothing for any other', () => {
    const by = oneOf(['genre', 'format'], 'genre');
    expect([by.read('format'), by.read('platform'), by.initial]).toEqual(['format', undefined, 'genre']);
  });

  it('reads numbers within bounds, and nothing for what is none or beyond', () => {
    const days = numberParam(30, 1, 365);
    expect(['7', '366', '', 'x', '1e2'].map(days.read)).toEqual([7, undefined, undefined, undefined, 100]);
  });

  it('gives lists back whatever their members are called', () => {
    const ids = listParam();
    const names = ['听花岛', 'A, B & Co.', '~1', '~0,~'];
    expect(ids.read(ids.write(names))).toEqual(names);
    expect(ids.read('')).toEqual([]);
  });

  it('keeps any text as it is', () => {
    expect(textParam().read('a+b=c&d')).toBe('a+b=c&d');
  });
});
