import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

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
    const lines = await desk.imports.rejectedLines(record.import_id);
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
    const { text, filename } = await desk.imports.rejectedLines(record.import_id);
    await desk.import(text.replace('03/10/2025;B;5x', '01/10/2025;B;5'), { name: filename });
    expect(await desk.views(`k.series_id IN ('B', 'G0')`)).toEqual(['B 2025-10-01 5', 'G0 2025-10-01 1']);
  });

  it('of Parquet come back as CSV', async () => {
    const path = `${desk.folder}/typed.parquet`;
    await desk.rows(
      `COPY (SELECT * FROM (VALUES (DATE '2025-10-01', 'A', 5), (DATE '2025-10-02', 'B, b', -8)) t(date, series_id, views)) TO '${path}'`,
    );
    const record = await desk.imports.importFile(path);
    const { text, filename } = await desk.imports.rejectedLines(record.import_id);
    expect(text).toBe('date,series_id,views\r\n2025-10-02,"B, b",-8\r\n');
    await desk.import(text.replace('-8', '8'), { name: filename });
    expect(await desk.views()).toEqual(['A 2025-10-01 5', 'B, b 2025-10-02 8']);
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
    const events = { options: { source: 'e' } };
    await desk.import('timestamp,series_id\n2025-10-01 10:00:00,A\n', events);
    const twice = 'timestamp,series_id\n2025-10-01 10:00:00,A\n2025-10-01 10:00:00,A\n';
    expect(await counts(twice, events)).toMatchObject({ added: 2, changed: 0, identical: 0 });
  });
});
