import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { anchorsOf, rowsOf } from '../../../scripts/docs/markdown.ts';
import { PROBLEM_STATUS } from '../../../server/contract/problem.ts';

const sources = globSync(['{server,web,scripts,test}/**/*.{ts,tsx,mjs}', '!test/unit/docs/**', '!**/node_modules/**']);
const pages = globSync(['*.md', 'docs/**/*.md']);
const read = (file: string) => readFileSync(file, 'utf8');

/** Null if `file#anchor` is there. */
function fault(target: string): string | null {
  const [file = '', anchor] = target.split('#');
  if (!existsSync(file)) return `${file} does not exist`;
  if (anchor === undefined || !file.endsWith('.md')) return null;
  return anchorsOf(read(file)).has(anchor) ? null : `${file} has no #${anchor}`;
}

const faultsOf = (file: string, targets: readonly string[]) =>
  targets.flatMap((target) => {
    const found = fault(target);
    return found === null ? [] : [`${file}: ${found}`];
  });

const citedBy = (text: string) => text.match(/\bdocs\/[\w/-]+\.(?:md|png)(?:#[\w-]+)?/gu) ?? [];

/** Links of a page to files of the repository, from its root. */
const linkedBy = (file: string) =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)/gu)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/u.test(link)) return [];
    return [link.startsWith('#') ? file + link : normalize(join(dirname(file), link))];
  });

test('what sources cite of the docs is there', () => {
  expect(sources.flatMap((file) => faultsOf(file, citedBy(read(file))))).toEqual([]);
});

test('sources cite no design that is not in the repository', () => {
  const cites = /\b(?:METRICS|API|ARCHITECTURE|STACK|PRODUCT)(?:\.md\b|,? §|, “)/u;
  expect(sources.filter((file) => cites.test(read(file)))).toEqual([]);
});

test('links of the docs lead to files and headings that are there', () => {
  expect(pages.flatMap((file) => faultsOf(file, linkedBy(file)))).toEqual([]);
});

test('files that the docs name are there', () => {
  const named = (text: string) => text.match(/(?<=`)(?:server|web|test|scripts|data|docs)\/[\w./-]+\.\w+(?=`)/gu) ?? [];
  const ofNow = pages.filter((file) => file !== 'CHANGELOG.md');
  expect(ofNow.flatMap((file) => faultsOf(file, named(read(file))))).toEqual([]);
});

test('a link to no file, and one to no heading, are found', () => {
  expect(faultsOf('x.ts', citedBy('see docs/no-such.md and docs/definitions.md#views-of-nothing'))).toEqual([
    'x.ts: docs/no-such.md does not exist',
    'x.ts: docs/definitions.md has no #views-of-nothing',
  ]);
});

describe('docs/api.md', () => {
  const rows = rowsOf(read('docs/api.md'));

  test('says of every problem its status and what to do', () => {
    const told = rows.flatMap(([code = '', status = '', then = '']) =>
      /^\d{3}$/u.test(status) && then !== '' ? [[code.replaceAll('`', ''), Number(status)]] : [],
    );
    expect(Object.fromEntries(told)).toEqual(PROBLEM_STATUS);
  });

  test('says of every note what it means', () => {
    const codes = globSync('server/metrics/query/*.ts').flatMap((file) =>
      [...read(file).matchAll(/^\s+code: '(\w+)',$/gmu)].map(([, code = '']) => code),
    );
    const told = new Set(rows.flatMap(([cell = '']) => cell.split(', ')));
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !told.has(`\`${code}\``))).toEqual([]);
  });
});
