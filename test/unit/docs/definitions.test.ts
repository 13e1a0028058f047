import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFINITIONS, definitionsOf } from '../../../scripts/docs/definitions.ts';
import { headingsOf, rowsOf, rowsUnder, withBlocks } from '../../../scripts/docs/markdown.ts';
import { ANALYSES } from '../../../server/contract/endpoints.ts';
import { DIMENSIONS, MEASURES } from '../../../server/contract/query.ts';

const text = readFileSync(DEFINITIONS, 'utf8');
const rows = rowsOf(text);
const isCode = (cell: string | undefined, id: string) => cell === `\`${id}\``;

test('the generated parts are what npm run definitions would write', () => {
  expect(text).toBe(definitionsOf('.'));
});

test('a block that nobody writes is refused, and what stands beside a block stays', () => {
  const given = 'a\n<!-- generated: x -->\nold\n<!-- end -->\nb';
  expect(withBlocks(given, () => 'new')).toBe(given.replace('old', 'new'));
  expect(() => withBlocks(given, () => undefined)).toThrow('“x”');
});

test('every measure has one section, with what its tooltip says, and edge cases', () => {
  for (const id of MEASURES) {
    const headings = headingsOf(text).filter((one) => one.includes(`\`${id}\``));
    expect(headings, id).toHaveLength(1);
    const section = text.slice(text.indexOf(`### ${headings[0]}`)).split(/\n#+ /u)[0] ?? '';
    expect(section, id).toContain(`> \`${id}\`: `);
    expect(section, id).toMatch(/^- /mu);
  }
});

test('every dimension is in the list, and in the example', () => {
  const example = rowsUnder(text, 'The members of one row');
  for (const id of DIMENSIONS) {
    expect(rows.filter(([cell]) => isCode(cell, id)).length, id).toBeGreaterThan(1);
    expect(
      example.filter(([cell]) => isCode(cell, id)),
      id,
    ).toHaveLength(1);
  }
});

test('every analysis is in the list, and its page has an example and each column of its rows', () => {
  for (const [id, { answer }] of Object.entries(ANALYSES)) {
    const row = rows.find(([cell]) => cell?.startsWith(`[\`${id}\`]`));
    const page = /\((analyses\/\S+\.md)\)/u.exec(row?.[0] ?? '')?.[1];
    if (page === undefined) throw new Error(`${id} is not in the list`);
    const told = readFileSync(`docs/${page}`, 'utf8');
    expect(headingsOf(told), page).toContain('Example');
    const untold = columnsOf(answer).filter((column) => !told.includes(`\`${column}\``));
    expect(untold, page).toEqual([]);
  }
});

/** Columns of an answer's rows, without those that name members. */
function columnsOf(answer: (typeof ANALYSES)[keyof typeof ANALYSES]['answer']): string[] {
  if (!('rows' in answer.shape)) return Object.keys(answer.shape).filter((name) => name !== 'meta');
  const names = /^(?:series|member|producer|primary_genre|format|platform)$|_label$/u;
  return Object.keys(answer.shape.rows.element.shape).filter((name) => !names.test(name));
}
