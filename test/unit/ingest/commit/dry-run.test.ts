import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileImport } from '../../../../server/ingest/propose/choices.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

let files = 0;
const dryRun = async (text: string, options: FileImport = {}) => {
  files += 1;
  return desk.imports.dryRunFile(await desk.write(`try_${files}.csv`, text), options);
};

describe('the dry run of a catalogue', () => {
  const first = 'series_id,title,producer,genres\nS1,One,P1,都市/言情\nS2,Two,P2,悬疑\n';
  const second = 'series_id,title,producer,genres\nS1,One,P9,都市\nS2,Two,,悬疑\nS3,Three,P3,\nS3,Three,P3,\n';

  it('says by series what is new, what changes from what to what, and what stays', async () => {
    expect(await dryRun(first)).toMatchObject({ rows_read: 2, new: 2, changed: 0, identical: 0, changed_samples: [] });
    const { import_id } = await desk.import(first);
    const before = await desk.everything();
    const found = await dryRun(second);
    expect(found).toMatchObject({ rows_read: 4, new: 1, changed: 1, identical: 1 });
    expect(found.changed_samples).toMatchObject([
      { key: 'S1', before: 'producers P1, genres urban/romance', after: 'producers P9, genres urban' },
    ]);
    expect(await desk.everything()).toEqual(before);
    expect(await desk.import(second)).toMatchObject({ rows_unchanged: 1 });
    await desk.imports.remove(import_id);
    expect(await dryRun(second)).toMatchObject({ new: 0, changed: 0, identical: 3 });
  });

  it('counts a series as new that only a log knows so far, and finds one by its title', async () => {
    await desk.import('date,series_id,views\n2025-10-01,S1,5\n');
    expect(await dryRun(first)).toMatchObject({ new: 2, changed: 0, identical: 0 });
    await desk.import(first);
    expect(await dryRun('title,producer,genres\none,P1,都市/言情\nTwo,P8,\n', { kind: 'catalog' })).toMatchObject({
      new: 0,
      changed: 2,
      identical: 0,
      changed_samples: [
        { key: 'S1', before: 'title One', after: 'title one' },
        { key: 'S2', before: 'producers P2', after: 'producers P8' },
      ],
    });
  });
});

describe('the dry run of rates', () => {
  it('says by day and currency what is new, what changes from what to what, and what stays', async () => {
    const rates = (...lines: string[]) => `date,currency,rate\n${lines.join('\n')}\n`;
    await desk.import(rates('2025-10-01,USD,7.1', '2025-10-02,USD,7.2'), { kind: 'rates' });
    const found = await dryRun(rates('2025-10-01,USD,7.1', '2025-10-02,USD,7.3', '2025-10-02,EUR,8'), {
      kind: 'rates',
    });
    expect(found).toMatchObject({ new: 1, changed: 1, identical: 1 });
    expect(found.changed_samples).toMatchObject([{ key: 'USD · 2025-10-02', before: '7.2 CNY', after: '7.3 CNY' }]);
  });
});

describe('the dry run of a weekly log', () => {
  const weekly = (...lines: string[]) => `week,title,views\n${lines.join('\n')}\n`;
  const options = { options: { source: 'w', covers: 'week_ending' as const, views_are: 'increment' as const } };

  it('counts rows of the file, though each is spread over seven days', async () => {
    const first = weekly('2026-07-12,A,70', '2026-07-12,B,7', '2026-07-19,A,77');
    expect(await dryRun(first, options)).toMatchObject({ rows_read: 3, new: 3, changed: 0, identical: 0 });
    await desk.import(first, options);
    const found = await dryRun(weekly('2026-07-12,A,70', '2026-07-19,A,78', '2026-07-19,B,9'), options);
    expect(found).toMatchObject({
      rows_read: 3,
      new: 1,
      changed: 1,
      identical: 1,
      from: '2026-07-06',
      to: '2026-07-19',
    });
    expect(found.changed_samples).toMatchObject([
      { key: 'A · (unknown) · (unknown) · 2026-07-13 – 2026-07-19', before: 'views 77', after: 'views 78' },
    ]);
  });

  it('counts one of which only some days were there as changed, and lines of one key once', async () => {
    const daily = { options: { ...options.options, covers: 'day' as const } };
    await desk.import('week,title,views\n2026-07-18,A,5\n', daily);
    expect(await dryRun(weekly('2026-07-19,A,70', '2026-07-12,A,3', '2026-07-12,A,4'), options)).toMatchObject({
      rows_read: 3,
      new: 1,
      changed: 1,
    });
  });
});
