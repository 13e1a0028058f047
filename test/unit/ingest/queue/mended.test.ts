import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const good = (n: number) => Array.from({ length: n }, (_, i) => `2025-10-01;G${i};1`);

describe('rejected lines', () => {
  it('can be mended and imported again under the same source, whatever the delimiter and encoding', async () => {
    const text = ['日期;剧名;播放量(万)', ...good(40), '2025-10-xx;A;1,5', '2025-10-02;B;viele', '2025-10-03;C'].join(
      '\n',
    );
    const record = await desk.import(Buffer.from(`\ufeff${text}\n`, 'utf16le'), {
      name: '红果日报.csv',
      options: { source: '红果' },
    });
    expect(record).toMatchObject({ rows_rejected: 3, rows_committed: 40 });
    const lines = await desk.rejectedLines(record.import_id);
    expect(lines).toMatchObject({ filename: `红果日报.rejects-${record.import_id}.csv`, lines: 3, leftOut: 0 });
    expect(lines.text).toBe('日期;剧名;播放量(万)\r\n2025-10-xx;A;1,5\r\n2025-10-02;B;viele\r\n2025-10-03;C\r\n');
    const mended = lines.text.replace('xx;A', '02;A').replace('viele', '3').replace('03;C', '03;C;7');
    const again = await desk.import(mended, { name: lines.filename });
    expect(again).toMatchObject({ source: '红果', rows_rejected: 0, rows_committed: 3 });
    expect(await desk.views(`k.series_id IN ('A', 'B', 'C')`)).toEqual([
      'A 2025-10-02 15000',
      'B 2025-10-02 30000',
      'C 2025-10-03 70000',
    ]);
    expect(await desk.rows('SELECT count(DISTINCT source_key) AS sources FROM view_log')).toEqual([{ sources: 1 }]);
    await desk.imports.remove(again.import_id);
    expect(await desk.rows('SELECT count(*) AS n FROM view_log')).toEqual([{ n: 40 }]);
  });

  it('of a file that replaced a range do not replace it in turn, and keep its options', async () => {
    const file = `date;series_id;views\n${good(20).join('\n')}\n03/10/2025;B;5x\n`.replaceAll(
      '2025-10-01',
      '01/10/2025',
    );
    const record = await desk.import(file, {
      options: { source: 's', mode: 'replace_range', date_order: 'dmy', views_are: 'increment' },
    });
    const { text, filename } = await desk.rejectedLines(record.import_id);
    await desk.import(text.replace('03/10/2025;B;5x', '01/10/2025;B;5'), { name: filename });
    expect(await desk.views(`k.series_id IN ('B', 'G0')`)).toEqual(['B 2025-10-01 5', 'G0 2025-10-01 1']);
  });

  it('of Parquet come back as CSV', async () => {
    const path = `${desk.folder}/typed.parquet`;
    await desk.rows(
      `COPY (SELECT * FROM (VALUES (DATE '2025-10-01', 'A', 5), (DATE '2025-10-02', 'B, b', -8)) t(date, series_id, views)) TO '${path}'`,
    );
    const record = await desk.importFile(path);
    const { text, filename } = await desk.rejectedLines(record.import_id);
    expect(text).toBe('date,series_id,views\r\n2025-10-02,"B, b",-8\r\n');
    await desk.import(text.replace('-8', '8'), { name: filename });
    expect(await desk.views()).toEqual(['A 2025-10-01 5', 'B, b 2025-10-02 8']);
  });
});

describe('mended lines count as if they had stood in their file', () => {
  const file = (...rejects: string[]) =>
    `date;series_id;views;heat\n${[...good(20).map((l) => `${l};1`), '2025-10-02;A;100;7', '2025-10-03;A;5;7', ...rejects].join('\n')}\n`;
  const only = `k.series_id = 'A'`;
  /** The rejects of a file, mended, under the name that they are given out with. */
  const mended = async (importId: string, ...changes: [string, string][]) => {
    const { text, filename } = await desk.rejectedLines(importId);
    return { text: changes.reduce((all, [from, to]) => all.replace(from, to), text), name: filename };
  };
  const source = { options: { source: 's' } };

  it('a key that stands in it, too, adds; a line that says the same counts once; the dry run says so', async () => {
    const first = await desk.import(file('2025-10-02;A;3x;9', '2025-10-03;A;5x;7', '2025-10-04;A;8x;1'), source);
    const { text, name } = await mended(first.import_id, ['3x', '3'], ['5x', '5'], ['8x', '8']);
    expect(await desk.imports.dryRunFile(await desk.write(name, text))).toMatchObject({
      new: 1,
      changed: 1,
      identical: 1,
      changed_samples: [{ before: 'views 100, heat 7', after: 'views 103, heat 9' }],
    });
    const second = await desk.import(text, { name });
    expect(second.options.mends).toBe(first.import_id);
    const views = `SELECT day::VARCHAR AS day, sum(views)::BIGINT AS views, max(heat) AS heat FROM view_log
      JOIN series_key k USING (series_key) WHERE ${only} GROUP BY day ORDER BY day`;
    const whole = [
      { day: '2025-10-02', views: 103, heat: 9 },
      { day: '2025-10-03', views: 5, heat: 7 },
      { day: '2025-10-04', views: 8, heat: 1 },
    ];
    expect(await desk.rows(views)).toEqual(whole);
    const days = `SELECT sum(views)::BIGINT AS views FROM series_day JOIN series_key k USING (series_key) WHERE ${only}`;
    expect(await desk.rows(days)).toEqual([{ views: 116 }]);
    // Without the first file its mended lines are all that is stated.
    await desk.imports.remove(first.import_id);
    expect(await desk.views(only)).toEqual(['A 2025-10-02 3', 'A 2025-10-03 5', 'A 2025-10-04 8']);
    await desk.imports.remove(second.import_id);
    expect(await desk.views()).toEqual([]);
  });

  it('and are as early as it: what a later file states of their key holds', async () => {
    const first = await desk.import(file('2025-10-02;A;3x;9'), source);
    await desk.import('date;series_id;views;heat\n2025-10-02;A;60;1\n', source);
    const { text, name } = await mended(first.import_id, ['3x', '3']);
    const dry = await desk.imports.dryRunFile(await desk.write(name, text));
    expect(dry).toMatchObject({ new: 0, changed: 0, identical: 1 });
    expect(dry.warnings.map((w) => [w.code, w.count])).toEqual([['stated_later', 1]]);
    await desk.import(text, { name });
    expect(await desk.views(`${only} AND v.day = DATE '2025-10-02'`)).toEqual(['A 2025-10-02 60']);
  });

  it('of weeks, where a week whose first days happen to be alike is another week’s sum', async () => {
    const week = { options: { source: 'w', covers: 'week_starting' as const } };
    const lines = ['2025-09-29;A;7;1', '2025-10-06;A;14;1', '2025-09-29;A;13x;1', '2025-10-06;A;14x;1'];
    const rest = Array.from({ length: 20 }, (_, i) => `2025-09-29;G${i};7;1`);
    const first = await desk.import(`date;series_id;views;heat\n${[...rest, ...lines].join('\n')}\n`, week);
    const { text, name } = await mended(first.import_id, ['13x', '13'], ['14x', '14']);
    expect(await desk.imports.dryRunFile(await desk.write(name, text))).toMatchObject({ changed: 1, identical: 1 });
    await desk.import(text, { name });
    const sums = `SELECT sum(views) FILTER (day < DATE '2025-10-06')::BIGINT AS one, sum(views) FILTER (day >= DATE '2025-10-06')::BIGINT AS two
      FROM view_log v JOIN series_key k USING (series_key) WHERE ${only}`;
    expect(await desk.rows(sums)).toEqual([{ one: 20, two: 14 }]);
  });

  it('of counters, of which the higher holds', async () => {
    const counters = { options: { source: 'c', views_are: 'cumulative' as const } };
    const first = await desk.import(file('2025-10-03;A;900x;9'), counters);
    const { text, name } = await mended(first.import_id, ['900x', '900']);
    expect(await desk.imports.dryRunFile(await desk.write(name, text))).toMatchObject({
      changed: 1,
      changed_samples: [{ before: 'views 5, heat 7', after: 'views 900, heat 9' }],
    });
    await desk.import(text, { name });
    expect(await desk.views(only)).toEqual(['A 2025-10-02 opening 100', 'A 2025-10-03 800']);
  });

  it('of rejects that were mended and rejected again', async () => {
    const first = await desk.import(
      file('2025-10-02;A;3x;9', '2025-10-02;A;4x;9', ...Array(12).fill('2025-10-05;B;1;1')),
      source,
    );
    const again = await mended(first.import_id, ['3x', '3']);
    const filler = Array.from({ length: 20 }, (_, i) => `2025-11-0${1 + (i % 9)};F${i};1;1`).join('\n');
    const second = await desk.import(`${again.text}${filler}\n`, { name: again.name });
    const third = await mended(second.import_id, ['4x', '4']);
    await desk.import(third.text, { name: third.name });
    const sum = `SELECT sum(views)::BIGINT AS views FROM view_log JOIN series_key k USING (series_key) WHERE ${only} AND day = DATE '2025-10-02'`;
    expect(await desk.rows(sum)).toEqual([{ views: 107 }]);
    await desk.imports.remove(second.import_id);
    expect(await desk.rows(sum)).toEqual([{ views: 104 }]);
  });

  it('unless they are said to mend an import that they cannot be of', async () => {
    const first = await desk.import(file('2025-10-02;A;3x;9'), source);
    const { text, name } = await mended(first.import_id, ['3x', '3']);
    const at = await desk.write(name, text);
    const apart = await desk.importFile(at, { options: { source: 'other' } });
    expect(apart.options.mends).toBeUndefined();
    const other = { options: { source: 'other', mends: first.import_id } };
    expect(await refusal(desk.import(text, other))).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringContaining('source “s”'),
    });
    await desk.import(text, { name, options: { mends: '' } });
    expect(await desk.views(`${only} AND v.day = DATE '2025-10-02'`)).toEqual(['A 2025-10-02 3', 'A 2025-10-02 3']);
    await desk.imports.remove(first.import_id);
    const gone = { options: { source: 's', mends: first.import_id } };
    expect(await refusal(desk.import(text, gone))).toMatchObject({ code: 'invalid_request' });
  });
});

describe('a region that is written NA', () => {
  const region = async (source: string, ...cells: string[]) => {
    const lines = cells.map((cell, i) => `2025-10-01,${source}${i},app,${cell},${i}`);
    await desk.import(`date,series_id,platform,region,views\n${lines.join('\n')}\n`, { options: { source } });
    const rows = await desk.rows(
      `SELECT r.id FROM view_log JOIN region r USING (region_key) JOIN source s USING (source_key) WHERE s.id = '${source}' ORDER BY views`,
    );
    return rows.map((row) => row.id);
  };

  it('is Namibia among codes of two letters, and no value anywhere else', async () => {
    expect(await region('codes', 'US', 'NA', '')).toEqual(['US', 'NA', '(unknown)']);
    expect(await region('names', '日本', 'NA')).toEqual(['JP', '(unknown)']);
    expect(await region('alone', 'NA')).toEqual(['(unknown)']);
  });
});

describe('what a dry run says of an import', () => {
  const counts = async (content: string, options: Parameters<Desk['import']>[1] = {}) => {
    const {
      new: added,
      changed,
      identical,
      rejected,
      changed_samples,
    } = await desk.imports.dryRunFile(await desk.write('dry.csv', content), { force: true, ...options });
    return { added, changed, identical, rejected, samples: changed_samples.map((s) => `${s.before} → ${s.after}`) };
  };

  it('holds for counters, for a replaced range and for events', async () => {
    const counter = { options: { source: 'c', views_are: 'cumulative' as const } };
    await desk.import('date,series_id,views\n2025-10-01,A,100\n2025-10-02,A,150\n', counter);
    const later = 'date,series_id,views\n2025-10-02,A,160\n2025-10-01,A,100\n2025-10-03,A,x\n2025-10-04,A,170\n';
    expect(await counts(later, counter)).toEqual({
      added: 1,
      changed: 1,
      identical: 1,
      rejected: 1,
      samples: ['views 150 → views 160'],
    });
    const range = { options: { source: 'r', mode: 'replace_range' as const } };
    await desk.import('date,series_id,views\n2025-10-01,A,1\n2025-10-02,A,2\n', range);
    expect(await counts('date,series_id,views\n2025-10-01,A,1\n2025-10-02,A,3\n', range)).toMatchObject({
      added: 0,
      changed: 1,
      identical: 1,
    });
    const without = await desk.imports.dryRunFile(
      await desk.write('less.csv', 'date,series_id,views\n2025-10-01,B,1\n2025-10-02,A,2\n'),
      range,
    );
    expect(without.warnings.map((w) => [w.code, w.count])).toContainEqual(['rows_replaced', 1]);
    const last = { options: { ...counter.options, mode: 'replace_range' as const } };
    await desk.import('date,series_id,views\n2025-10-02,A,155\n2025-10-02,B,9\n', last);
    const fewer = 'date,series_id,views\n2025-10-02,A,150\n2025-10-03,C,1\n';
    const dry = await desk.imports.dryRunFile(await desk.write('fewer.csv', fewer), last);
    // B's counter goes; what the range before replaced is not gone once more.
    expect(dry).toMatchObject({ new: 1, changed: 1, changed_samples: [{ before: 'views 155', after: 'views 150' }] });
    expect(dry.warnings.map((w) => [w.code, w.count])).toContainEqual(['rows_replaced', 1]);
    const events = { options: { source: 'e' } };
    await desk.import('timestamp,series_id\n2025-10-01 10:00:00,A\n', events);
    const twice = 'timestamp,series_id\n2025-10-01 10:00:00,A\n2025-10-01 10:00:00,A\n';
    expect(await counts(twice, events)).toMatchObject({ added: 2, changed: 0, identical: 0 });
  });
});
