import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellsOfAnotherWidth, QUOTE_IN_CELL } from '../../../../server/ingest/read/messages.ts';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

/** GB18030 bytes of these characters; Node encodes UTF-8 and UTF-16 only. */
const GB: Record<string, string> = {
  日: 'c8d5',
  期: 'c6da',
  剧: 'bee7',
  名: 'c3fb',
  播: 'b2a5',
  放: 'b7c5',
  量: 'c1bf',
  老: 'c0cf',
  千: 'c7a7',
  念: 'c4ee',
  有: 'd3d0',
  词: 'b4ca',
};
const gb18030 = (text: string) =>
  Buffer.concat([...text].map((c) => Buffer.from(GB[c] ?? Buffer.from(c).toString('hex'), 'hex')));

describe('a log', () => {
  it('is imported with Chinese headers, large units, separators and dates of all shapes', async () => {
    const record = await desk.import(
      '日期,剧名,平台,播放量\n2025/10/1,《老千》,红果,"1,234,567"\n2025-10-02,老千,红果短剧,1.9亿\n20251003,老千,抖音,9218w\n2025年10月4日,老千,ReelShort,１２３\n',
    );
    expect(record).toMatchObject({
      status: 'committed',
      kind: 'log',
      rows_read: 4,
      rows_committed: 4,
      rows_rejected: 0,
      from: '2025-10-01',
      to: '2025-10-04',
    });
    expect(await desk.views()).toEqual([
      '老千 2025-10-01 1234567',
      '老千 2025-10-02 190000000',
      '老千 2025-10-03 92180000',
      '老千 2025-10-04 123',
    ]);
    const places = await desk.rows(
      `SELECT DISTINCT v.day::VARCHAR AS day, p.id AS platform, r.id AS region, r.market::VARCHAR AS market FROM view_log v JOIN platform p USING (platform_key) JOIN region r USING (region_key) ORDER BY 1`,
    );
    expect(places.map((r) => [r.platform, r.region, r.market])).toEqual([
      ['hongguo', 'CN', 'domestic'],
      ['hongguo', 'CN', 'domestic'],
      ['douyin', 'CN', 'domestic'],
      ['reelshort', 'US', 'overseas'],
    ]);
  });

  it('is read by the whole file: every way to write a count, and blanks that are no zeros', async () => {
    const cells: [string, number | null][] = [
      ['1.2亿', 120_000_000],
      ['9218w', 92_180_000],
      ['6942.7W', 69_427_000],
      ['10w+', 100_000],
      ['"1,234,567"', 1_234_567],
      ['138.2M', 138_200_000],
      ['325.1K', 325_100],
      ['1.2B', 1_200_000_000],
      ['3.2万', 32_000],
      ['１２３４', 1234],
      ['１．５万', 15_000],
      ['1.234.567', 1_234_567],
      ['-', null],
      ['—', null],
      ['--', null],
      ['N/A', null],
      ['null', null],
      ['', null],
      ['\u3000', null],
    ];
    const plain = Array.from({ length: 300 }, (_, i) => `2025-10-01,P${i},1`);
    const odd = cells.map(([cell], i) => `2025-10-01,S${String(i).padStart(2, '0')},${cell}`);
    const refused = ['12.5%', '-5', '−5', '1,23x'].map((cell, i) => `2025-10-01,R${i},"${cell}"`);
    const record = await desk.import(`日期,剧集ID,播放量\n${[...plain, ...odd, ...refused].join('\n')}\n`);
    expect(record).toMatchObject({ rows_rejected: 4, rows_committed: 300 + cells.length });
    expect(await desk.views(`starts_with(k.series_id, 'S')`)).toEqual(
      cells.map(([, views], i) => `S${String(i).padStart(2, '0')} 2025-10-01 ${views}`),
    );
    expect((await desk.imports.rejects(record.import_id)).map((r) => r.reason.en)).toEqual([
      'a percentage, where a number is wanted',
      'negative',
      'negative',
      'not a number, or out of range',
    ]);
  });

  it('is read by the whole file: dates as they are written, by the options that its cells propose', async () => {
    const days = async (name: string, ...cells: string[]) => {
      const start = (await desk.rows('SELECT count(*) AS n FROM import'))[0]?.n;
      const lines = cells.map((cell, i) => `"${cell}",${String.fromCharCode(65 + i)},${i + 1}`);
      const record = await desk.import(`日期,剧集ID,播放量\n${lines.join('\n')}\n`, {
        name,
        options: { source: `dates ${start}` },
      });
      const rows = await desk.rows(
        `SELECT day::VARCHAR AS day FROM view_log v JOIN import i USING (import_no) WHERE i.import_id = '${record.import_id}' ORDER BY views`,
      );
      return { days: rows.map((r) => r.day), warnings: record.warnings.map((w) => [w.code, w.count]) };
    };
    expect(
      (await days('a.csv', '2025-10-01', '2025/2/3', '2023-7-9', '20251001', '2025年10月1日', 'Oct 1, 2025')).days,
    ).toEqual(['2025-10-01', '2025-02-03', '2023-07-09', '2025-10-01', '2025-10-01', '2025-10-01']);
    expect((await days('b.csv', '17.14.11', '18.01.02')).days).toEqual(['2017-11-14', '2018-02-01']);
    expect((await days('c.csv', '45931', '45932')).days).toEqual(['2025-10-01', '2025-10-02']);
    expect((await days('d.csv', '1759276800', '1759305600')).days).toEqual(['2025-10-01', '2025-10-01']);
    expect(await days('日报_20260105.csv', '12月31日', '1月1日')).toEqual({
      days: ['2025-12-31', '2026-01-01'],
      warnings: [['year_assumed', 2]],
    });
    expect((await days('e.csv', '2025-10-01T23:30:00-05:00', '2025-10-01T20:00:00Z')).days).toEqual([
      '2025-10-02',
      '2025-10-02',
    ]);
  });

  it('takes the order of its dates from a cell beyond the sample', async () => {
    const open = Array.from({ length: 300 }, (_, i) => `03/04/2025,S${i},1`).join('\n');
    await desk.import(`date,series_id,views\n${open}\n13/04/2025,A,5\n`);
    expect(await desk.views(`k.series_id IN ('A', 'S0')`)).toEqual(['A 2025-04-13 5', 'S0 2025-04-03 1']);
  });

  it('is refused where nothing tells day from month, and says what to say', async () => {
    const { code, detail } = await refusal(desk.import('date,series_id,views\n03/04/2025,A,5\n'));
    expect(code).toBe('too_many_rejects');
    expect(detail).toContain('date_order');
  });

  it('keeps a region that is unknown, and takes names of regions in both languages', async () => {
    await desk.import(
      'date,series_id,platform,region,views\n2025-10-01,A,某平台,,1\n2025-10-02,A,某平台,中国大陆,2\n2025-10-03,A,某平台,USA,3\n2025-10-04,A,,日本,4\n',
    );
    const rows = await desk.rows(
      `SELECT r.id, r.market::VARCHAR AS market, p.id AS platform, views FROM view_log JOIN region r USING (region_key) JOIN platform p USING (platform_key) ORDER BY views`,
    );
    expect(rows.map((r) => [r.platform, r.id, r.market])).toEqual([
      ['某平台', '(unknown)', '(unknown)'],
      ['某平台', 'CN', 'domestic'],
      ['某平台', 'US', 'overseas'],
      ['(unknown)', 'JP', 'overseas'],
    ]);
  });

  it('reads GB18030, gzip and UTF-16 like plain UTF-8', async () => {
    const text = '日期,剧名,播放量\n2025-10-01,老千,100\n2025-10-02,念念有词,200\n';
    for (const bytes of [
      gb18030(text),
      gzipSync(text),
      gzipSync(gb18030(text)),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(`\ufeff${text}`),
    ]) {
      const record = await desk.import(bytes, { options: { source: 'one' } });
      expect(record).toMatchObject({ rows_committed: 2, rows_rejected: 0 });
      expect(await desk.views()).toEqual(['念念有词 2025-10-02 200', '老千 2025-10-01 100']);
    }
    expect(await readdir(join(desk.folder, 'uploads'))).toEqual([]);
  });

  it('takes an instant’s business day from its offset, else from the import’s zone', async () => {
    await desk.import(
      'timestamp,series_id,views\n2025-10-01T20:00:00Z,A,1\n2025-10-01 20:00:00,A,2\n2025-10-01T23:30:00-05:00,A,4\n',
    );
    expect(await desk.views()).toEqual(['A 2025-10-01 12:00Z 2', 'A 2025-10-02 04:30Z 4', 'A 2025-10-02 20:00Z 1']);
    await desk.import('timestamp,series_id,views\n2025-10-01 20:00:00,B,8\n', {
      options: { time_zone: 'America/New_York' },
    });
    expect((await desk.views()).at(-1)).toBe('B 2025-10-02 00:00Z 8');
  });

  it('joins a date and an hour', async () => {
    await desk.import('日期,小时,剧名,播放量\n2025-10-01,0,A,1\n2025-10-01,23,A,2\n2025-10-01,24,A,4\n');
    expect(await desk.views()).toEqual(['A 2025-10-01 15:00Z 2', 'A 2025-10-01 16:00Z 1'].map((l) => l).sort());
  });

  it('takes midnights for days only where the whole file has no other time', async () => {
    const days = (n: number) => Array.from({ length: n }, (_, i) => `2025-10-01 00:00:00,S${i},1`).join('\n');
    expect((await desk.import(`time,series_id,views\n${days(300)}\n`)).rows_committed).toBe(300);
    expect(await desk.rows('SELECT count(instant) AS timed FROM view_log')).toEqual([{ timed: 0 }]);
    await desk.import(`time,series_id,views\n${days(300)}\n2025-10-01 01:00:00,S0,1\n`, {
      options: { source: 'hours' },
    });
    expect(await desk.rows('SELECT count(instant) AS timed FROM view_log')).toEqual([{ timed: 301 }]);
  });

  it('counts each row of an event log as a view', async () => {
    const record = await desk.import(
      'timestamp,series_id\n2025-10-01 10:00:00,A\n2025-10-01 10:00:00,A\n2025-10-01 11:00:00,A\n',
    );
    expect(record.warnings).toEqual([]);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS views FROM series_day')).toEqual([{ views: 3 }]);
  });

  it('spreads a week over its days, whole views, the remainder on the latest', async () => {
    await desk.import('week,show_title,weekly_views\n2026-07-19,A,16\n2026-07-12,A,7\n');
    expect((await desk.views()).slice(6)).toEqual([
      'A 2026-07-12 1',
      'A 2026-07-13 2',
      'A 2026-07-14 2',
      'A 2026-07-15 2',
      'A 2026-07-16 2',
      'A 2026-07-17 2',
      'A 2026-07-18 3',
      'A 2026-07-19 3',
    ]);
    expect(await desk.rows('SELECT bool_and(estimated) AS estimated FROM view_log')).toEqual([{ estimated: true }]);
  });

  it('keeps money by currency, named in the header', async () => {
    await desk.import('日期,剧名,收益金额(元)\n2025-10-01,A,"1,234.50"\n');
    await desk.import('date,title,Revenue (USD)\n2025-10-01,A,10\n');
    expect(desk.warehouse.state().currencies).toEqual(['CNY', 'USD']);
    const rows = await desk.rows('SELECT currency, revenue FROM view_log ORDER BY 1');
    expect(rows).toEqual([
      { currency: 'CNY', revenue: 1234.5 },
      { currency: 'USD', revenue: 10 },
    ]);
  });

  it('loses no digit of a large integer', async () => {
    await desk.import('date,series_id,views\n2025-10-01,A,9007199254740993\n');
    expect(await desk.rows('SELECT views FROM view_log')).toEqual([{ views: 9_007_199_254_740_993n }]);
  });

  it('reads a cell beyond the sample that the plain reading refuses', async () => {
    const plain = Array.from({ length: 400 }, (_, i) => `2025-10-01,S${i},1`).join('\n');
    const record = await desk.import(
      `date,series_id,views\n${plain}\n2025/10/2,A,"1,000"\n2025-10-03,A,-\n2025-10-03,B,-5\n`,
    );
    expect(record).toMatchObject({ rows_read: 403, rows_committed: 402, rows_rejected: 1 });
    expect(await desk.views(`k.series_id = 'A'`)).toEqual(['A 2025-10-02 1000', 'A 2025-10-03 null']);
  });
});

describe('rows that are no facts', () => {
  it('are left out with a warning each: totals, the header once more, blank rows', async () => {
    const record = await desk.import(
      '日期,剧名,平台,播放量\n2025-10-01,A,抖音,5\n2025-10-01,合计,,5\n2025-10-02,B,抖音,7\n合计：,,,12\n,总计,,12\n日期,剧名,平台,播放量\n2025-10-03,C,抖音,9\n2025-10-03,Grand Total,,9\n,,,\n , ,,\n',
    );
    expect(await desk.views()).toEqual(['A 2025-10-01 5', 'B 2025-10-02 7', 'C 2025-10-03 9']);
    expect(record).toMatchObject({ rows_committed: 3, rows_rejected: 0 });
    expect(record.warnings.map((w) => [w.code, w.count])).toEqual([
      ['total_rows', 4],
      ['header_rows', 1],
      ['blank_rows', 2],
    ]);
    expect(await desk.rows(`SELECT series_id FROM series ORDER BY 1`)).toEqual([
      { series_id: 'A' },
      { series_id: 'B' },
      { series_id: 'C' },
    ]);
  });

  it('are left out of a catalogue, too', async () => {
    const record = await desk.import('剧名,题材,承制方\nA,都市,甲\n剧名,题材,承制方\n合计,,\n,,\n', {
      kind: 'catalog',
    });
    expect(await desk.rows(`SELECT series_id FROM series`)).toEqual([{ series_id: 'A' }]);
    expect(record).toMatchObject({ rows_committed: 1, rows_rejected: 0 });
  });

  it('under the header give the columns their units', async () => {
    await desk.import('短剧榜,,\n,,\n日期,剧名,播放量\n,,万次\n2025-10-01,A,12.5\n2025-10-02,A,3\n');
    expect(await desk.views()).toEqual(['A 2025-10-01 125000', 'A 2025-10-02 30000']);
  });
});

describe('rejects', () => {
  it('are counted and kept with line, column, value and reason, also after cells of several lines', async () => {
    const good = Array.from({ length: 40 }, (_, i) => `2025-10-01,G${i},1`).join('\n');
    const record = await desk.import(
      `date,title,views\n${good}\n2025-10-02,"two\nlines",5\n2025-10-xx,A,1\n2025-10-02,A,many\n2025-10-02,,1\n2025-10-02,A\n2025-10-02,A,1,2\n2025-10-02,"A" x,1\n2025-10-02,A,2\n`,
    );
    expect(record).toMatchObject({ status: 'committed', rows_read: 48, rows_committed: 42, rows_rejected: 6 });
    const rejects = await desk.imports.rejects(record.import_id);
    expect(rejects.map((reject) => ({ ...reject, reason: reject.reason.en }))).toEqual([
      {
        line: 44,
        column: 'date',
        value: '2025-10-xx',
        reason: 'not a date or time that is known here; date_format can say how dates are written, such as dd.MM.yyyy',
        raw: '2025-10-xx,A,1',
      },
      { line: 45, column: 'views', value: 'many', reason: 'not a number, or out of range', raw: '2025-10-02,A,many' },
      { line: 46, column: 'title', value: '', reason: 'the series is missing', raw: '2025-10-02,,1' },
      { line: 47, column: '', value: '', reason: cellsOfAnotherWidth(2, 3).en, raw: '2025-10-02,A' },
      { line: 48, column: '', value: '', reason: cellsOfAnotherWidth(4, 3).en, raw: '2025-10-02,A,1,2' },
      {
        line: 49,
        column: '',
        value: '',
        reason: QUOTE_IN_CELL.en,
        raw: '2025-10-02,"A" x,1',
      },
    ]);
  });

  it('over a tenth of the rows fail the file, and leave nothing but the note of it and of its rejects', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `2025-10-01,S${i},${i < 20 ? 'x' : 1}`).join('\n');
    const { code, detail } = await refusal(desk.import(`date,title,views\n${rows}\n`));
    expect(code).toBe('too_many_rejects');
    expect(detail).toContain('20 of 100 rows');
    expect(detail).toContain('Line 2, column “views”: “x”');
    expect(await desk.views()).toEqual([]);
    const [failed] = await desk.imports.list();
    expect([failed?.status, failed?.error?.code, failed?.rows_rejected]).toEqual(['failed', 'too_many_rejects', 20]);
    // Each of them can be looked up, though nothing of the file counts.
    const rejects = await desk.imports.rejects(failed?.import_id ?? '');
    expect(rejects.map(({ line, column, value }) => [line, column, value])).toEqual(
      Array.from({ length: 20 }, (_, i) => [2 + i, 'views', 'x']),
    );
    expect(await desk.imports.rejects(failed?.import_id ?? '', 10)).toEqual(rejects.slice(0, 10));
    expect((await desk.rejectedLines(failed?.import_id ?? '')).lines).toBe(20);
  });
});

describe('a file that cannot be read', () => {
  const nothingLeft = async () => {
    expect(await desk.views()).toEqual([]);
    expect(await desk.rows('SELECT count(*) AS n FROM series')).toEqual([{ n: 0 }]);
    expect(await readdir(join(desk.folder, 'uploads'))).toEqual([]);
  };

  it('for a quote that is never closed names its line and column', async () => {
    const { code, detail } = await refusal(
      desk.import('date,title,views\n2025-10-01,A,1\n2025-10-02,"B,2\n2025-10-03,C,3\n'),
    );
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('Line 3, column 12');
    await nothingLeft();
  });

  it('for a quote that swallows lines up to the next one names where it opens', async () => {
    const { code, detail } = await refusal(
      desk.import('date,title,views\n2025-10-01,A,1\n2025-10-02,"B,2\n2025-10-03,"C",3\n2025-10-04,D,4\n'),
    );
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('Line 3, column 12');
    await nothingLeft();
  });

  it('for bytes that are not UTF-8 in many lines of a file that else is names line and column of the first', async () => {
    const bytes = Buffer.from(
      `日期,剧名,播放量\n2025-10-01,老千,100\n${'2025-10-02,念念有词好看的短剧在这里等着你来看啊,200\n'.repeat(20)}`,
    );
    for (let at = bytes.indexOf('有'); at >= 0; at = bytes.indexOf('有')) bytes[at] = 0xff;
    const { code, detail } = await refusal(desk.import(bytes));
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('Line 3, column 14');
    await nothingLeft();
  });

  it('for a gzip file that is cut short says so', async () => {
    const whole = gzipSync(
      `date,title,views\n${Array.from({ length: 5000 }, (_, i) => `2025-10-01,S${Math.sin(i)},${i}`).join('\n')}\n`,
    );
    const { code, detail } = await refusal(desk.import(whole.subarray(0, whole.length - 2000)));
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('cut short');
    await nothingLeft();
  });

  it('for Parquet that is cut short or damaged says so', async () => {
    const path = join(desk.folder, 'whole.parquet');
    await desk.rows(
      `COPY (SELECT DATE '2025-10-01' AS date, 'S' || i AS title, hash(i) % 1000 AS views FROM range(10000) t(i)) TO '${path}'`,
    );
    const { readFile } = await import('node:fs/promises');
    const whole = await readFile(path);
    expect(await refusal(desk.import(whole.subarray(0, whole.length - 100)))).toMatchObject({
      code: 'unreadable_file',
    });
    const damaged = Buffer.from(whole);
    damaged.fill(0xab, 20, 20_000);
    const { code, detail } = await refusal(desk.import(damaged));
    expect(code).toBe('unreadable_file');
    expect(detail).not.toMatch(/SELECT|\/tmp/u);
    await nothingLeft();
  });

  it.each([
    ['an empty file', '', 'unreadable_file'],
    ['the beginning of a ZIP archive', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'unreadable_file'],
    ['JSON of another shape', '{\n"a": [1]\n}', 'unsupported_format'],
    ['a binary file', Buffer.from([1, 2, 0, 0, 0, 5]), 'unsupported_format'],
  ])('is refused where it is %s', async (_what, content, code) => {
    expect((await refusal(desk.import(content))).code).toBe(code);
    await nothingLeft();
  });

  it('is refused where no column is a time or a series, naming the columns it has', async () => {
    const { code, detail } = await refusal(desk.import('foo,views\nx,1\n', { kind: 'log' }));
    expect(code).toBe('mapping_incomplete');
    expect(detail).toContain('foo, views');
  });
});

describe('Parquet', () => {
  it('is imported by its own types, with rejects by row', async () => {
    const path = join(desk.folder, 'typed.parquet');
    await desk.rows(`COPY (SELECT * FROM (VALUES (DATE '2025-10-01', 'A', 'douyin', 5, 1.5), (DATE '2025-10-02', NULL, 'douyin', 6, 1.5),
      (NULL, 'A', 'douyin', 7, 1.5), (DATE '2025-10-03', 'A', 'douyin', -8, 1.5)) t(date, series_id, platform, views, watch_hours)) TO '${path}'`);
    const record = await desk.importFile(path);
    expect(record).toMatchObject({ rows_read: 4, rows_committed: 1, rows_rejected: 3 });
    expect(await desk.rows('SELECT views, watch_seconds FROM view_log')).toEqual([{ views: 5, watch_seconds: 5400 }]);
    expect((await desk.imports.rejects(record.import_id)).map((r) => [r.line, r.column, r.reason.en])).toEqual([
      [2, 'series_id', 'the series is missing'],
      [3, 'date', 'the time is missing'],
      [4, 'views', 'negative'],
    ]);
  });

  it('takes timestamps with a zone as instants, and without one in the import’s zone', async () => {
    const path = join(desk.folder, 'times.parquet');
    await desk.rows(
      `COPY (SELECT TIMESTAMPTZ '2025-10-01 20:00:00+00' AS time, 'A' AS series_id, 1 AS views) TO '${path}'`,
    );
    await desk.importFile(path);
    const naive = join(desk.folder, 'naive.parquet');
    await desk.rows(
      `COPY (SELECT TIMESTAMP '2025-10-01 20:00:00' AS time, 'B' AS series_id, 1 AS views) TO '${naive}'`,
    );
    await desk.importFile(naive);
    expect(await desk.views()).toEqual(['A 2025-10-02 20:00Z 1', 'B 2025-10-01 12:00Z 1']);
  });
});

describe('an encoding that is named', () => {
  it('is taken at the word, and where half the lines have bytes that are not of it the first is named', async () => {
    const bad = [gb18030('2025-10-02,老'), Buffer.from([0xff]), gb18030(',200\n')];
    const bytes = Buffer.concat([gb18030('日期,剧名,播放量\n2025-10-01,老千,100\n'), ...bad, ...bad, ...bad]);
    const { code, detail } = await refusal(desk.import(bytes, { options: { encoding: 'gbk' } }));
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('Line 3, column 13');
    expect((await refusal(desk.import('date,title,views\n', { options: { encoding: 'klingon' } }))).code).toBe(
      'invalid_request',
    );
  });
});
