import { describe, expect, test } from 'vitest';
import { arrowsUp, librariesRefused, roomOf } from '../../scripts/walls/arrows.ts';
import { circlesOf, importedBy } from '../../scripts/walls/imports.ts';
import { ROOMS } from '../../scripts/walls/rooms.ts';

const imports = (given: Record<string, string[]>) => new Map(Object.entries(given));

describe('what a file imports', () => {
  test('is read of types, of what it passes on and of calls, too', () => {
    const text = `
      import { z } from 'zod';
      import type { A } from './a.ts';
      import './b.css';
      export { c } from '../c.ts';
      export * from './d.ts';
      const e = () => import('./e.ts');
      let f: import('./f.ts').F;`;
    expect(importedBy('server/x.ts', text)).toEqual(
      expect.arrayContaining(['zod', './a.ts', './b.css', '../c.ts', './d.ts', './e.ts', './f.ts']),
    );
  });
});

describe('circles', () => {
  test('are found, however long, and only where one is closed', () => {
    const found = circlesOf(
      imports({ a: ['b'], b: ['c', 'e'], c: ['a'], d: ['a'], e: ['f'], f: ['e'], g: ['g'], h: ['i'], i: [] }),
    );
    expect(found.toSorted()).toEqual([['a', 'b', 'c'], ['e', 'f'], ['g']]);
  });
});

describe('arrows between rooms', () => {
  const rooms = [
    { name: 'ground', holds: ['ground/', 'one.ts'], sees: [] },
    { name: 'cellar', holds: ['ground/cellar/'], sees: [] },
    { name: 'first', holds: ['first/'], sees: ['ground'] },
  ];
  test('may go to rooms that are seen, and within a room', () => {
    expect(arrowsUp(imports({ 'first/a.ts': ['one.ts', 'first/b.ts'], 'one.ts': ['ground/a.ts'] }), rooms)).toEqual([]);
  });
  test('are refused to any other room, also to one in a folder of it', () => {
    expect(arrowsUp(imports({ 'ground/a.ts': ['first/a.ts', 'ground/cellar/a.ts'], 'first/a.ts': [] }), rooms)).toEqual(
      ['ground/a.ts → first/a.ts (ground → first)', 'ground/a.ts → ground/cellar/a.ts (ground → cellar)'],
    );
  });
  test('lead to no library that the room does not allow', () => {
    const pure = { name: 'pure', holds: ['pure/'], sees: [], libraries: ['echarts'] };
    const used = imports({ 'pure/a.ts': ['echarts', 'react'], 'ground/a.ts': ['react'] });
    expect(librariesRefused(used, [...rooms, pure])).toEqual(['pure/a.ts → react (pure)']);
  });
  test('cannot be judged of a file without a room', () => {
    expect(() => roomOf('attic/a.ts', rooms)).toThrow('attic/a.ts is in no room');
  });
  test('of the house go down: no room sees one that sees it', () => {
    const graph = new Map(ROOMS.map(({ name, sees }) => [name, sees]));
    expect(circlesOf(graph)).toEqual([]);
  });
});
