import { describe, expect, it } from 'vitest';
import { matchHeader, unitOf } from '../../../../server/ingest/cells/headers.ts';
import { members } from '../../../../server/ingest/cells/lists.ts';
import { propose, sourceName } from '../../../../server/ingest/propose/propose-columns.ts';
import { severalDateOrders } from '../../../../server/ingest/propose/time-messages.ts';
import { encodingOfMark, judgeEncoding, Utf8Watch } from '../../../../server/ingest/read/encoding/encoding.ts';
import { QuoteWatch } from '../../../../server/ingest/read/quotes.ts';
import { RecordReader, recordsOf } from '../../../../server/ingest/read/records.ts';
import { sniffText } from '../../../../server/ingest/read/sniff.ts';
import { channelOf, countOf, formatOf, productionOf } from '../../../../server/vocabulary/terms.ts';
import { normalTitle } from '../../../../server/vocabulary/text.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';

const vocabulary = loadVocabulary();

describe('encodings', () => {
  // 剧名,播放量 / 盛夏芬德拉,100 in GB18030, as bytes: Node encodes UTF-8 and UTF-16 only.
  const gb = Buffer.from('bee7c3fb2cb2a5b7c5c1bf0acac2cfc4b7d2b5c2c0ad2c3130300a', 'hex');

  it('sees Chinese in GB18030', () => {
    expect(judgeEncoding(gb)).toMatchObject({ encoding: 'gb18030', damaged: false });
  });

  it('does not take Western accents for Chinese', () => {
    expect(judgeEncoding(Buffer.from('Título,Año\nCafé,España\n', 'latin1')).encoding).toBe('windows-1252');
  });

  it('sees that a file in UTF-8 is merely damaged', () => {
    const bytes = Buffer.from('剧名,播放量\n盛夏芬德拉,100\n老千,200\n念念有词,300\n');
    bytes[20] = 0xff;
    expect(judgeEncoding(bytes)).toMatchObject({ encoding: 'utf-8', damaged: true });
  });

  it('goes by the byte order mark', () => {
    expect(encodingOfMark(Buffer.from('\ufeffa', 'utf16le'))).toBe('utf-16le');
    expect(encodingOfMark(Buffer.from('\ufeffa'))).toBe('utf-8');
    expect(encodingOfMark(Buffer.from('a'))).toBeNull();
  });

  it('accepts characters that a chunk’s end cuts, whatever the size of chunks', () => {
    const bytes = Buffer.from('剧名é𠮷,1\n'.repeat(20));
    for (const size of [1, 2, 3, 5, 7]) {
      const watch = new Utf8Watch();
      for (let at = 0; at < bytes.length; at += size) watch.push(bytes.subarray(at, at + size));
      watch.end();
      expect(watch.invalidAt).toBeNull();
    }
  });

  it('names the first byte that is not UTF-8', () => {
    for (const at of [0, 5, 1000, 4095]) {
      const bytes = Buffer.alloc(5000, 'a');
      bytes[at] = 0xff;
      const watch = new Utf8Watch();
      watch.push(bytes.subarray(0, 700));
      watch.push(bytes.subarray(700));
      watch.end();
      expect(watch.invalidAt).toBe(at);
    }
  });
});

describe('records', () => {
  const text = 'a,b\r\n1,"x\ny"\r\n\r\n2,"say ""hi"""\r\n3,plain "quote"\r\n4,"bad" end\r\n5,z';

  it('knows the physical line of each record', () => {
    expect(recordsOf(text, ',').map((r) => [r.line, r.fields, r.quote])).toEqual([
      [1, ['a', 'b'], null],
      [2, ['1', 'x\ny'], null],
      [5, ['2', 'say "hi"'], null],
      [6, ['3', 'plain "quote"'], null],
      [7, ['4', 'bad end'], 'unescaped'],
      [8, ['5', 'z'], null],
    ]);
  });

  it('cuts the same records whatever the chunks', () => {
    for (let size = 1; size < 12; size++) {
      const reader = new RecordReader(',');
      const records = [];
      for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
      records.push(...reader.end());
      expect(records).toEqual(recordsOf(text, ','));
    }
  });

  it('finds quotes that swallow lines, and no others, whatever the chunks', () => {
    const fault = (source: string, size: number) => {
      const bytes = Buffer.from(source);
      const watch = new QuoteWatch(0x2c);
      for (let at = 0; at < bytes.length; at += size) watch.push(bytes.subarray(at, at + size));
      return watch.end();
    };
    for (const size of [1, 2, 3, 1000]) {
      expect(fault('a,b\n1,"x\ny"\n2,"say ""hi"""\n3,in "the" middle\n', size)).toBeNull();
      expect(fault('a,b\n1,"one line" wrong\n2,y\n', size)).toBeNull();
      expect(fault('a,b\n1,"x"', size)).toBeNull();
      expect(fault('a,b\n1,"open\n2,y\n3,z\n', size)).toEqual({ opened: 6, closed: null });
      expect(fault('a,b\n1,"open\n2,"y"\n3,z\n', size)).toEqual({ opened: 6, closed: 14 });
    }
  });
});

describe('the shape of a table', () => {
  it('finds delimiter, header and the lines before the data', () => {
    expect(sniffText('日期\t剧名\t播放量\n2025-10-01\tA\t1\n', true)).toMatchObject({
      delimiter: '\t',
      headerRow: 1,
      skip: 1,
      columns: ['日期', '剧名', '播放量'],
    });
    expect(sniffText('date;title;views\n2025-10-01;"a;b";1,5\n', true)).toMatchObject({
      delimiter: ';',
      columns: ['date', 'title', 'views'],
    });
  });

  it('leaves title lines out that a spreadsheet padded to the width of the table', () => {
    const text = '某平台导出 2025年10月,,,\n,,,\n日期,剧名,平台,播放量\n2025-10-01,A,抖音,1\n2025-10-02,B,抖音,2\n';
    expect(sniffText(text, true)).toMatchObject({
      headerRow: 3,
      columns: ['日期', '剧名', '平台', '播放量'],
    });
  });

  it('leaves title lines above the header out', () => {
    const shape = sniffText(
      '红果短剧日榜\n导出时间：2025-10-08\n\n日期,剧名,播放量\n2025-10-01,A,1\n2025-10-02,B,2\n',
      true,
    );
    expect(shape).toMatchObject({ headerRow: 4, skip: 4, columns: ['日期', '剧名', '播放量'] });
    expect(shape?.rows).toEqual([
      ['2025-10-01', 'A', '1'],
      ['2025-10-02', 'B', '2'],
    ]);
  });

  it('names the columns of a file without a header', () => {
    expect(sniffText('2025-10-01,A,1\n2025-10-02,B,2\n', true)).toMatchObject({
      headerRow: null,
      skip: 0,
      columns: ['column1', 'column2', 'column3'],
    });
  });

  it('tells equal headers apart', () => {
    expect(sniffText('date,views,Views\n2025-10-01,1,2\n', true)?.columns).toEqual(['date', 'views', 'Views_2']);
  });
});

describe('columns', () => {
  it.each([
    ['统计日期', 'time'],
    ['snapshot_date', 'time'],
    ['短剧名称', 'title'],
    ['播放量（万）', 'views'],
    ['Total Views', 'views'],
    ['收益金额(元)', 'revenue'],
    ['playletName', 'title'],
    ['完播率', null],
    ['排名', null],
  ])('knows %s for %s', (header, field) => {
    expect(matchHeader(header, vocabulary.headers)?.field ?? null).toBe(field);
  });

  it('reads the unit in the brackets of a header', () => {
    expect(unitOf('播放量(万)', 'views')).toMatchObject({ scale: 10_000, currency: null });
    expect(unitOf('收益（元）', 'revenue')).toMatchObject({ scale: 1, currency: 'CNY' });
    expect(unitOf('Revenue (USD)', 'revenue')).toMatchObject({ scale: 1, currency: 'USD' });
    expect(unitOf('观看时长(小时)', 'watch_seconds')).toMatchObject({ scale: 3600, currency: null });
  });

  it.each([
    ['views_2025Q4.parquet', 'views'],
    ['video_daily.csv', 'video_daily'],
    ['dataeye_manju_daily_2026-06-06.csv', 'dataeye_manju_daily'],
    ['netflix_all-weeks-global.tsv', 'netflix_all-weeks-global'],
    ['抖音2025年10月.csv.gz', '抖音'],
    ['2025-10-01.csv', 'import'],
    ['douyin/2025-10/views_01.csv', 'douyin/views'],
    ['红果/2025-10-01.csv', '红果/import'],
    // Parts of a table have their folder's name, and two days of it are one source.
    ['剧集日报/dt=2025-10-01/part-00000-3f2c1e9a-5b7d-4c1e-9a2b-0d4e6f8a1b2c-c000.snappy.parquet', '剧集日报'],
    ['剧集日报/dt=2025-10-02/part-00000-9c8b7a65-4d3e-4f2a-8b1c-7e6d5c4b3a29.c000.snappy.parquet', '剧集日报'],
    ['views/000000_0', 'views'],
    ['views/2025/part.0.csv.gz', 'views'],
    ['views/data_0.parquet', 'views'],
    ['platform=douyin/views-3f2c1e9a5b7d4c1e9a2b0d4e6f8a1b2c.zstd.parquet', 'douyin/views'],
    ['part-00000-3f2c1e9a-5b7d-4c1e-9a2b-0d4e6f8a1b2c-c000.snappy.parquet', 'import'],
    ['douyin/part two.csv', 'douyin/part two'],
    ['douyin/data.csv', 'douyin/data'],
  ])('calls the source of %s %s', (file, source) => {
    expect(sourceName(file)).toBe(source);
  });

  const column = (name: string, ...cells: string[]) => ({ name, type: 'text', cells });

  it.each([
    ['觀看次數', 'views'],
    ['劇名', 'title'],
    ['地區', 'region'],
    ['再生数', 'views'],
    ['日付', 'time'],
    ['作品名', 'title'],
    ['話数', 'episodes'],
    ['いいね', 'likes'],
    ['再生時間（時間）', 'watch_seconds'],
    ['Watch time (hours)', 'watch_hours'],
    ['Video publish time', 'release_at'],
    ['播放量（单位：万）', 'views'],
  ])('knows %s for %s, in Traditional Chinese, Japanese and English', (header, field) => {
    expect(matchHeader(header, vocabulary.headers)?.field ?? null).toBe(field);
  });

  it('has each spelling once', () => {
    const seen = vocabulary.headers.map((h) => `${h.header.normalize('NFKC').toLowerCase()}`);
    expect(seen.filter((h, i) => seen.indexOf(h) !== i)).toEqual([]);
  });

  it('tells columns from their values where names say nothing', () => {
    const cells = {
      b: ['2025-10-01', '2025-10-01', '2025-10-01'],
      c: ['盛夏芬德拉', '老千', '念念有词'],
      d: ['红果', '抖音', '红果'],
      e: ['CN', 'US', 'US'],
      f: ['1.9亿', '9218w', '12345678'],
    };
    const { kind, mapping, columns } = propose(
      'a.csv',
      Object.entries(cells).map(([name, own]) => column(name, ...own)),
      vocabulary,
      null,
    );
    expect(kind).toBe('log');
    expect(mapping).toEqual({ time: 'b', title: 'c', platform: 'd', region: 'e', views: 'f' });
    expect([...columns.values()].every(({ byValues }) => byValues)).toBe(true);
    const named = propose(
      'a.csv',
      [column('date', '2025-10-01'), column('title', '老千'), column('n', '9')],
      vocabulary,
      null,
    );
    expect([...named.columns].map(([name, { byValues }]) => [name, byValues])).toEqual([
      ['date', undefined],
      ['title', undefined],
      ['n', true],
    ]);
  });

  it('names no views where several columns hold numbers, however large one is', () => {
    const { mapping } = propose(
      'a.csv',
      [column('x', '2025-10-01'), column('y', '老千'), column('p', '5000'), column('q', '4')],
      vocabulary,
      null,
    );
    expect(mapping).toEqual({ time: 'x', title: 'y' });
  });

  it('prefers a published increment to a rounded counter', () => {
    const { mapping } = propose(
      'a.csv',
      [column('date', '2025-10-01'), column('剧名', 'A'), column('播放量', '1.9亿'), column('播放增量', '1.6亿')],
      vocabulary,
      null,
    );
    expect(mapping.views).toBe('播放增量');
  });

  it('tells a catalogue from a log', () => {
    const kind = (...names: string[]) =>
      propose(
        'a.csv',
        names.map((n) => column(n)),
        vocabulary,
        null,
      ).kind;
    expect(kind('剧名', '上线日期', '承制方', '题材')).toBe('catalog');
    expect(kind('date', 'series_id', 'views')).toBe('log');
    expect(kind('date', 'series_id', 'views', 'genres', 'producer')).toBe('log');
    expect(kind('timestamp', 'series_id', 'platform')).toBe('log');
  });

  it('takes a log without measures for events that add up', () => {
    const { options } = propose(
      'events.csv',
      [column('timestamp', '2025-10-01 23:00:00'), column('series_id', 'A')],
      vocabulary,
      null,
    );
    expect(options).toMatchObject({ views_are: 'event', mode: 'append' });
  });

  it('proposes weeks for one day of each week, and days for midnights', () => {
    const covers = (name: string, ...cells: string[]) =>
      propose('a.csv', [column(name, ...cells), column('title', 'A'), column('views', '1')], vocabulary, null).options
        .covers;
    expect(covers('week', '2026-07-19', '2026-07-12')).toBe('week_ending');
    expect(covers('week', '2026-07-20', '2026-07-13')).toBe('week_starting');
    expect(covers('date', '2026-07-20 00:00:00', '2026-07-21 00:00:00')).toBe('day');
    expect(covers('date', '2026-07-20', '2026-07-21')).toBeUndefined();
  });

  const times = (filename: string, ...cells: string[]) =>
    propose(
      filename,
      [column('日期', ...cells), column('title', 'A'), column('views', '1')],
      vocabulary,
      null,
      '2026-11-22',
    ).options;

  it('proposes the order of dates where only one fits, and asks where several do', () => {
    expect(times('a.csv', '17.14.11', '17.15.11').date_order).toBe('ydm');
    expect(times('a.csv', '03/04/2025', '13/04/2025').date_order).toBe('dmy');
    expect(times('a.csv', '03/04/2025', '04/13/2025').date_order).toBe('mdy');
    expect(times('a.csv', '03/04/2025').date_order).toBeUndefined();
    const { reasons } = propose('a.csv', [column('日期', '03/04/2025'), column('title', 'A')], vocabulary, null);
    expect(reasons.find((r) => r.option === 'date_order')?.reason).toEqual(
      severalDateOrders('日期', '03/04/2025', ['dmy', 'mdy']),
    );
  });

  it('takes the year of dates without one from the whole dates beside them, the file name, or today', () => {
    expect(times('抖音2025年10月.csv', '10月1日').dates_up_to).toBe('2025-10-31');
    expect(times('a_20260105.csv', '12月31日', '1月1日').dates_up_to).toBe('2026-01-05');
    expect(times('2024.csv', '10月1日').dates_up_to).toBe('2024-12-31');
    expect(times('a.csv', '2024年12月30日', '1月1日').dates_up_to).toBe('2025-06-30');
    expect(times('a.csv', '10月1日').dates_up_to).toBe('2026-11-22');
    expect(times('a.csv', '2025年10月1日').dates_up_to).toBeUndefined();
  });

  it('knows numbers of a spreadsheet and seconds where all cells plainly are such', () => {
    expect(times('a.csv', '45931', '45932').time_numbers).toBe('excel');
    expect(times('a.csv', '1759276800').time_numbers).toBe('seconds');
    expect(times('a.csv', '1759276800000').time_numbers).toBe('milliseconds');
    expect(times('a.csv', '45931', '2025-10-01').time_numbers).toBeUndefined();
    expect(times('a.csv', '20251001').time_numbers).toBeUndefined();
  });

  it('proposes a decimal comma only where no cell can be read otherwise', () => {
    const mark = (header: string, ...cells: string[]) =>
      propose('a.csv', [column('date', '2025-10-01'), column('title', 'A'), column(header, ...cells)], vocabulary, null)
        .options.decimal_mark;
    expect(mark('revenue', '1.234,50', '7')).toBe('comma');
    expect(mark('revenue', '12,5', '7')).toBe('comma');
    expect(mark('revenue', '1.234', '7')).toBeUndefined();
    expect(mark('revenue', '1,234.50', '1.234,50')).toBeUndefined();
    expect(mark('views', '1.234', '981')).toBe('comma');
    expect(mark('播放量(万)', '1.234', '981')).toBeUndefined();
    expect(mark('views', '1,234', '1,235', '1,23')).toBeUndefined();
  });
});

describe('terms', () => {
  it('splits lists at / | ; 、 and reads JSON lists', () => {
    expect(members('都市/言情|复仇；都市')).toEqual(['都市', '言情', '复仇']);
    expect(members('["逆袭","都市"]')).toEqual(['逆袭', '都市']);
    expect(members("['逆袭', '都市']")).toEqual(['逆袭', '都市']);
    expect(members(`["it's", 'a "b"']`)).toEqual(["it's", 'a "b"']);
    expect(members('逆袭，都市，逆袭')).toEqual(['逆袭', '都市']);
    expect(members('[]')).toEqual([]);
    expect(members('-')).toEqual([]);
  });

  it('knows a title with and without its marks', () => {
    expect(normalTitle(' 《盛夏芬德拉》 ')).toBe('盛夏芬德拉');
    expect(normalTitle('Home　and  Beyond')).toBe('Home and Beyond');
  });

  it.each([
    ['真人剧', 'live_action'],
    ['漫剧', 'comic'],
    ['动态漫', 'comic'],
    ['沙雕漫', 'comic'],
    ['AI仿真人剧', 'ai'],
    ['AI真人短剧', 'ai'],
    ['live_action', 'live_action'],
    ['comic', 'comic'],
    ['译制剧', 'other'],
  ])('knows the format %s as %s', (text, id) => {
    expect(formatOf(text)).toBe(id);
  });

  it('knows channels, ways of making and counts of episodes', () => {
    expect(['女频', 'male', '男频', '双频', '?'].map((t) => channelOf(t))).toEqual([
      'female',
      'male',
      'male',
      'general',
      null,
    ]);
    expect(['人工', 'AI', 'hybrid', 'AI辅助', ''].map((t) => productionOf(t))).toEqual([
      'human',
      'ai',
      'hybrid',
      'hybrid',
      null,
    ]);
    expect(['80', '80集', '1,024', 'many'].map((t) => countOf(t))).toEqual([80, 80, 1024, null]);
  });
});
