import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { growthParams } from '../../../../server/contract/analyses.ts';
import { growth, growthStep } from '../../../../server/metrics/analyses/growth.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../fixture.ts';

const ask = (warehouse: Warehouse, query: Record<string, string>) =>
  withEngine(warehouse, (engine) => growth(engine, growthParams.parse(query)));

// The log runs from 15 June to 10 October. comic: 50, 100, 200, 300, 90; ai: only August (8) and September (0).
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openFixture({
    series: [
      { id: 'c', format: 'comic' },
      { id: 'x', format: 'ai' },
    ],
    rows: [
      { series: 'c', day: '2025-06-15', views: 50 },
      { series: 'c', day: '2025-07-31', views: 100 },
      { series: 'c', day: '2025-08-01', views: 200 },
      { series: 'x', day: '2025-08-02', views: 8 },
      { series: 'c', day: '2025-09-30', views: 300 },
      { series: 'x', day: '2025-09-30', views: 0 },
      { series: 'c', day: '2025-10-10', views: 90, likes: 9 },
    ],
  });
});
afterAll(() => warehouse.close());

const shown = (rows: Awaited<ReturnType<typeof ask>>['rows']) =>
  rows.map((r) => [r.member, r.period, r.value, r.index, r.growth, r.growth_reason, r.partial]);

test('"tripled since July" is 300 at base July; partial periods have no growth, nor has the one after the log’s start', async () => {
  const { rows, columns } = await ask(warehouse, { by: 'format', base: '2025-07-01' });
  expect(shown(rows)).toEqual([
    ['comic', '2025-06-01', 50, 50, null, 'partial', true],
    ['comic', '2025-07-01', 100, 100, null, 'no_data', false],
    ['comic', '2025-08-01', 200, 200, 1, null, false],
    ['comic', '2025-09-01', 300, 300, 0.5, null, false],
    ['comic', '2025-10-01', 90, 90, null, 'partial', true],
    ['ai', '2025-08-01', 8, null, null, 'new', false],
    ['ai', '2025-09-01', 0, null, -1, null, false],
  ]);
  expect(columns.find((column) => column.id === 'index')?.label.en).toBe('Index (2025-07-01 = 100)');
});

test('by default the base is the first whole period, and all members are one total', async () => {
  const { rows } = await ask(warehouse, {});
  expect(rows.map((r) => [r.member, r.member_label, r.period, r.value, r.index])).toEqual([
    ['(total)', '合计', '2025-06-01', 50, 50],
    ['(total)', '合计', '2025-07-01', 100, 100],
    ['(total)', '合计', '2025-08-01', 208, 208],
    ['(total)', '合计', '2025-09-01', 300, 300],
    ['(total)', '合计', '2025-10-01', 90, 90],
  ]);
});

/** One series a letter, its views on the first day of each month from January on. */
async function monthly(views: Record<string, readonly number[]>) {
  const months = await openFixture({
    series: Object.keys(views).map((id) => ({ id, title: id })),
    rows: [
      ...Object.entries(views).flatMap(([series, own]) =>
        own.map((views, at) => ({ series, day: `2025-0${at + 1}-01`, views })),
      ),
      { series: Object.keys(views)[0] ?? '', day: '2025-06-30', views: 0 },
    ],
  });
  try {
    const { base, missing_base } = await ask(months, { by: 'series' });
    return [base, missing_base];
  } finally {
    await months.close();
  }
}

test('by default the base is the first whole period in which every member has a twentieth of its largest', async () => {
  expect(await monthly({ a: [100, 100, 100, 100, 100, 100], c: [4, 5, 100, 100, 100, 100] })).toEqual([
    '2025-02-01',
    [],
  ]);
  // Asked for, a member without a value in it has no index.
  const july = await ask(warehouse, { by: 'format', base: '2025-07-01' });
  expect([july.base, july.missing_base]).toEqual(['2025-07-01', ['ai']]);
});

test('if no period is fair to all, the first that is to most, and the others are named', async () => {
  expect(await monthly({ a: [9, 9, 9, 9, 9, 9], b: [0, 9, 9, 0, 9, 0], c: [0, 0, 0, 9, 0, 9] })).toEqual([
    '2025-02-01',
    ['c'],
  ]);
});

test('a base leaves three whole periods to read: who starts later is named instead', async () => {
  expect(await monthly({ a: [9, 9, 9, 9, 9, 9], c: [0, 0, 0, 9, 9, 9] })).toEqual(['2025-04-01', []]);
  expect(await monthly({ a: [9, 9, 9, 9, 9, 9], c: [0, 0, 0, 0, 9, 9] })).toEqual(['2025-01-01', ['c']]);
  // July, August and September are whole: only July is followed by two.
  const split = await ask(warehouse, { by: 'format' });
  expect([split.base, split.missing_base]).toEqual(['2025-07-01', ['ai']]);
});

test('a last period that is cut has the pace of its covered days, if its measure adds up', async () => {
  const paces = async (measure: string) =>
    (await ask(warehouse, { measure })).rows.flatMap((r) => (r.pace === null ? [] : [[r.period, r.pace]]));
  // By hand: 90 in 10 of the 31 days of October.
  expect(await paces('views')).toEqual([['2025-10-01', 279]]);
  expect(await paces('views_per_series')).toEqual([]);
});

test('the first period of a range grows from the one before the range, and the base may lie outside it', async () => {
  const { rows } = await ask(warehouse, { from: '2025-09-01', to: '2025-09-30', base: '2025-07-15', by: 'format' });
  expect(shown(rows)).toEqual([
    ['comic', '2025-09-01', 300, 300, 0.5, null, false],
    ['ai', '2025-09-01', 0, null, -1, null, false],
  ]);
});

test('a period that the range cuts is partial, and so is growth against it', async () => {
  const { rows } = await ask(warehouse, { from: '2025-07-20', to: '2025-09-30' });
  expect(rows.map((r) => [r.period, r.growth, r.growth_reason, r.partial])).toEqual([
    ['2025-07-01', null, 'partial', true],
    ['2025-08-01', null, 'partial', false],
    ['2025-09-01', 300 / 208 - 1, null, false],
  ]);
});

test('a base that is not complete is noted', async () => {
  const { meta } = await ask(warehouse, { base: '2025-06-01' });
  expect(meta.notes.map((note) => note.code)).toEqual(['partial_base']);
});

test('a limit keeps the largest by value over the range', async () => {
  const { rows } = await ask(warehouse, { by: 'format', limit: '1' });
  expect(new Set(rows.map((r) => r.member))).toEqual(new Set(['comic']));
});

test('weeks and other measures too: a period without the measure has no value', async () => {
  const { rows } = await ask(warehouse, {
    grain: 'week',
    measure: 'engagement_rate',
    from: '2025-09-29',
    to: '2025-10-12',
  });
  expect(rows.map((r) => [r.period, r.value, r.growth, r.growth_reason])).toEqual([
    ['2025-09-29', null, null, 'no_data'],
    ['2025-10-06', 0.1, null, 'partial'],
  ]);
});

describe('growth to the period before', () => {
  const log = { from: '2025-06-15', asOf: '2025-10-10' };
  const whole = { from: '2025-08-01', partial: false };
  test.each([
    [
      'grows',
      { current: 3, previous: 2, period: whole, earlier: whole, log, additive: true },
      { growth: 0.5, reason: null },
    ],
    [
      'is new from nothing',
      { current: 3, previous: null, period: whole, earlier: whole, log, additive: true },
      { growth: null, reason: 'new' },
    ],
    [
      'cannot be told of a ratio from nothing',
      { current: 3, previous: null, period: whole, earlier: whole, log, additive: false },
      { growth: null, reason: 'no_data' },
    ],
    [
      'has no data before the log',
      { current: 3, previous: 2, period: whole, earlier: { from: '2025-06-01', partial: true }, log, additive: true },
      { growth: null, reason: 'no_data' },
    ],
    [
      'is partial against a cut period',
      { current: 3, previous: 2, period: whole, earlier: { from: '2025-07-01', partial: true }, log, additive: true },
      { growth: null, reason: 'partial' },
    ],
    [
      'is partial where it is cut itself',
      { current: 3, previous: 2, period: { partial: true }, earlier: whole, log, additive: true },
      { growth: null, reason: 'partial' },
    ],
  ])('%s', (_name, step, expected) => {
    expect(growthStep(step)).toEqual(expected);
  });
});
