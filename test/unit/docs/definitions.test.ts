import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFINITIONS, definitionsOf } from '../../../scripts/docs/definitions.ts';
import { codeOf, headingsOf, rowsOf, withBlocks } from '../../../scripts/docs/markdown.ts';
import { ANALYSES } from '../../../server/contract/endpoints.ts';
import {
  DIMENSIONS,
  type DimensionFilter,
  MEASURES,
  type MeasureId,
  type QueryInput,
  querySchema,
} from '../../../server/contract/query.ts';
import { answerQuery } from '../../../server/metrics/query/query.ts';
import { Desk } from '../ingest/desk.ts';
import { withEngine } from '../metrics/fixture.ts';

const text = readFileSync(DEFINITIONS, 'utf8');
const rows = rowsOf(text);
const isCode = (cell: string | undefined, id: string) => cell === `\`${id}\``;
/** The table that follows a line, until the next heading. */
const rowsAfter = (line: string) => rowsOf(text.slice(text.indexOf(line)).split(/\n#+ /u)[0] ?? '');

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
  const example = rowsAfter('The members of one row');
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

describe('the example', () => {
  let desk: Desk;
  beforeAll(async () => {
    const [views = '', counters = '', catalogue = ''] = codeOf(text, 'csv');
    desk = await Desk.open();
    await desk.import(views, { name: 'views.csv', options: { views_are: 'increment' } });
    await desk.import(counters, { name: 'counters.csv', options: { views_are: 'cumulative' } });
    await desk.import(catalogue, { name: 'catalogue.csv', kind: 'catalog' });
  });
  afterAll(() => desk.close());

  const october = { from: '2025-10-01', to: '2025-10-31' };
  const ask = async (query: QueryInput) =>
    (await withEngine(desk.warehouse, (engine) => answerQuery(engine, querySchema.parse(query)))).rows;

  async function answerOf(id: MeasureId) {
    const hongguo: DimensionFilter[] = [{ dimension: 'platform', op: 'in', values: ['hongguo'] }];
    const share = id === 'share_of_views';
    const found = await ask({
      measures: [id],
      time: october,
      ...(share ? { dimensions: ['series'] } : {}),
      ...(id.startsWith('heat') ? { filters: hongguo } : {}),
    });
    return (share ? found.find(({ series }) => series === 'b') : found[0])?.[id];
  }

  test.each(MEASURES)('comes to the value that is told for %s', async (id) => {
    const told = rowsAfter('October 2025, one total').find(([cell]) => isCode(cell, id))?.[2];
    expect(await answerOf(id)).toBeCloseTo(Number(told?.replaceAll(',', '')), 4);
  });

  test.each(DIMENSIONS)('has the member that is told for %s', async (id) => {
    const told = rowsAfter('The members of one row').find(([cell]) => isCode(cell, id))?.[1];
    const found = await ask({
      measures: ['views'],
      dimensions: [id],
      time: { from: '2025-10-05', to: '2025-10-05' },
      filters: [{ dimension: 'series', op: 'in', values: ['a'] }],
    });
    const members = found.map((row) => `\`${row[id]}\``);
    expect(members.sort().join(', ')).toBe(told);
  });

  test('has the increments that are told for its counter', async () => {
    expect(await desk.views(`k.series_id = 'c'`)).toEqual([
      'c 2025-10-09 opening 1000',
      'c 2025-10-10 150',
      'c 2025-10-11 0',
    ]);
    await desk.import('day,series_id,platform,cumulative_views\n2025-10-14,c,红果,1200\n', {
      name: 'counters.csv',
      options: { views_are: 'cumulative' },
    });
    expect((await desk.views(`k.series_id = 'c'`)).slice(3)).toEqual([
      'c 2025-10-12 20',
      'c 2025-10-13 20',
      'c 2025-10-14 20',
    ]);
  });
});
