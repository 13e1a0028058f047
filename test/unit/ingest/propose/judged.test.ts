/** What is proposed, and asked, for the mapping that was chosen; what may be views, and of which day. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImportRecord, ImportRequest } from '../../../../server/contract/imports.ts';
import { headerAgrees } from '../../../../server/ingest/propose/views-messages.ts';
import { ProblemError } from '../../../../server/problem.ts';
import { Desk, doubtsOf } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.clear());
afterAll(() => desk.close());

const days = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const csv = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;

type Chosen = Omit<ImportRequest, 'upload_id'>;

/** Imports as a client does that looks first. */
async function uploaded(text: string, chosen: Chosen = {}, name = 'case.csv') {
  const { upload_id } = await desk.look(text, name);
  const { import_id } = await desk.imports.start({ upload_id, ...chosen }, { force: true });
  return ended(import_id);
}

async function ended(id: string): Promise<ImportRecord> {
  for (;;) {
    const record = await desk.imports.get(id);
    if (record.status === 'committed' || record.status === 'failed') return record;
    await new Promise((wake) => setTimeout(wake, 5));
  }
}

/** Where the questions stand that keep a file from being imported. */
async function asked(text: string, chosen: Chosen = {}, name = 'case.csv'): Promise<readonly string[]> {
  const { upload_id } = await desk.look(text, name);
  try {
    await desk.imports.start({ upload_id, ...chosen }, { force: true });
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'unconfirmed')
      return (error.errors ?? []).map(({ path }) => path);
    throw error;
  }
  throw new Error('nothing was asked');
}

async function sum(kind = 'increment'): Promise<number> {
  const [row] = await desk.rows(`SELECT coalesce(sum(views), 0)::DOUBLE AS n FROM view_log WHERE kind = '${kind}'`);
  return Number(row?.n);
}

describe('a mapping that somebody chose', () => {
  /** Larger numbers beside a counter of nine series over three days. */
  const handMapped = (series: number) =>
    csv(
      '日期,剧名,其他数,累计人次',
      days(series).flatMap((s) =>
        days(3).map(
          (d) => `2025-10-0${d},剧${s},${90_000 - (((s * 3 + d) * 7919) % 80_000)},${s * 1000 + (d - 1) * 50}`,
        ),
      ),
    );
  const mapping = { time: '日期', title: '剧名', views: '累计人次' };

  it('has its column of views judged, not the one that would be proposed', async () => {
    expect((await uploaded(handMapped(9), { mapping })).warnings).toEqual([]);
    expect(await sum()).toBe(9 * 2 * 50);
    await desk.clear();
    await uploaded(handMapped(25), { mapping });
    expect(await sum()).toBe(25 * 2 * 50);
    await desk.clear();
    const path = await desk.write('command.csv', handMapped(9));
    await desk.imports.importFile(path, { map: { views: '累计人次' } });
    expect(await sum()).toBe(9 * 2 * 50);
  });

  it('is judged also where the proposal knew another column', async () => {
    const text = csv(
      '日期,剧名,播放量,累计播放',
      days(25).flatMap((s) =>
        days(3).map((d) => `2025-10-0${d},剧${s},${100 + ((s * 31 + d * 17) % 11) * 60},${s * 10_000 + d * 100}`),
      ),
    );
    const { upload_id, mapping: first, options } = await desk.look(text);
    expect([first.views, options.views_are]).toEqual(['播放量', 'increment']);
    const again = await desk.imports.readAgain(upload_id, { mapping: { ...first, views: '累计播放' } });
    expect(again.options.views_are).toBe('cumulative');
    expect(again.mapping.views).toBe('累计播放');
    const reasons = again.reasons.filter(({ option }) => option === 'views_are').map(({ reason }) => reason);
    expect(reasons).toEqual([expect.anything(), headerAgrees('累计播放', 'cumulative')]);
    // What was answered is what an import takes.
    await ended((await desk.imports.start({ upload_id }, { force: true })).import_id);
    expect(await sum()).toBe(25 * 2 * 100);
  });

  it('is asked about where its own steps tell nothing', async () => {
    const two = handMapped(3).replaceAll('累计人次', '人次');
    expect(await asked(two, { mapping: { ...mapping, views: '人次' } })).toEqual(['options.views_are']);
  });

  it('has its numbers and times read as its own cells are written', async () => {
    const decimal = csv(
      '日期;剧名;指标一;指标二',
      days(12).map((n) => `2025-10-0${1 + ((n - 1) % 4)};剧${(n - 1) >> 2};1${n % 3}.${100 + n};${n}`),
    );
    const total = days(12).reduce((all, n) => all + (10 + (n % 3)) * 1000 + 100 + n, 0);
    const views = { time: '日期', title: '剧名', views: '指标一' };
    await uploaded(decimal, { mapping: views, options: { views_are: 'increment' } });
    expect(await sum()).toBe(total);
    await desk.clear();
    const seconds = csv('x,剧名,播放量', ['1759276800,甲,5', '1759363200,甲,7']);
    await uploaded(seconds, {
      mapping: { time: 'x', title: '剧名', views: '播放量' },
      options: { views_are: 'increment' },
    });
    expect(await desk.views()).toHaveLength(2);
    expect(await sum()).toBe(12);
  });

  it('that names a column which is not there is told so', async () => {
    const { upload_id } = await desk.look(handMapped(2));
    const work = desk.imports.start({ upload_id, mapping: { ...mapping, views: '没有' } });
    await expect(work).rejects.toMatchObject({ code: 'mapping_incomplete', errors: [{ path: 'mapping.views' }] });
  });

  it('of a profile is judged, too: what the values say against it is asked', async () => {
    const text = (from: number, column: string) =>
      csv(
        `日期,剧名,其他数,${column}`,
        days(30).flatMap((s) =>
          days(3).map((d) => `2025-1${from}-0${d},剧${s},${((s * 7 + d * 5) % 13) * 100},${s * 1000 + d * 10}`),
        ),
      );
    await uploaded(text(0, '数'), {
      mapping: { ...mapping, views: '数' },
      options: { views_are: 'increment' },
      save_profile: '甲方',
    });
    expect(await asked(text(1, '数'))).toEqual(['options.views_are']);
    await desk.state.profiles.remove('甲方');
  });
});

describe('“each row is one view”', () => {
  it.each([
    ['words before the numbers', '日期,剧名,当日人次\n2025-10-01,甲,约1200\n2025-10-02,甲,约1300\n'],
    ['Indian groups', '日期,剧名,Footfall\n2025-10-01,甲,"1,23,456"\n2025-10-02,甲,"2,23,456"\n'],
    ['several columns of numbers', '日期,剧名,x,y\n2025-10-01,甲,5,9000\n2025-10-02,甲,7,8000\n'],
    ['followers', '日期,剧名,粉丝数\n2025-10-01,甲,5000\n2025-10-02,甲,5100\n'],
    ['impressions', 'date,title,Impressions\n2025-10-01,A,5000\n2025-10-02,A,4100\n'],
  ])('is no default beside %s', async (_, text) => {
    expect(await asked(text)).toContain('mapping.views');
    await uploaded(text, { options: { views_are: 'event' } });
  });

  it('is proposed where all that is left are ids, times and words', async () => {
    const upload = await desk.look(
      csv('time,title,user_id,play_id,created,device', [
        '2025-10-01T10:00:00Z,A,7301234567890123456,p1,1759312800,phone',
        '2025-10-01T11:00:00Z,A,7301234567890123457,p2,1759316400,tv',
      ]),
    );
    expect([upload.options.views_are, doubtsOf(upload)]).toEqual(['event', '']);
  });
});

describe('views by their values', () => {
  const proposed = async (text: string) => (await desk.look(text)).mapping.views;

  it('are the only numbers that may be some, and asked about', async () => {
    const text = csv(
      '日期,剧名,人次',
      days(4).map((d) => `2025-10-0${d},甲,${d * 13}`),
    );
    expect(await proposed(text)).toBe('人次');
    expect(await asked(text, { options: { views_are: 'increment' } })).toEqual(['mapping.views']);
  });

  it.each([
    ['times since 1970', '数', (d: number) => `${1_759_276_800 + d * 60}`],
    ['milliseconds since 1970', '数', (d: number) => `${1_759_276_800_123 + d * 60}`],
    ['ids', '数', (d: number) => `73012345678901234${d}`],
    ['what is the same throughout a series', '数', () => '80'],
    ['粉丝', '粉丝', (d: number) => `${d * 1000}`],
    ['展示', '展示次数', (d: number) => `${d * 1000}`],
    ['Impressions', 'Impressions', (d: number) => `${d * 1000}`],
    ['subscribers', 'Subscribers', (d: number) => `${d * 1000}`],
    ['an ID', '视频ID', (d: number) => `${d * 1000}`],
    ['a number of something', '账号', (d: number) => `${d * 1000}`],
    ['a timestamp', '时间戳', (d: number) => `${d * 1000}`],
  ])('are never %s', async (_, header, value) => {
    const rows = (of: (d: number) => string) => days(4).map((d) => `2025-10-0${d},甲,${of(d)}`);
    expect(await proposed(csv(`日期,剧名,${header}`, rows(value)))).toBeUndefined();
    // Nor do they keep another column from being proposed.
    expect(
      await proposed(
        csv(
          `日期,剧名,${header},人次`,
          rows((d) => `${value(d)},${d * 13}`),
        ),
      ),
    ).toBe('人次');
  });
});

describe('the time of publishing', () => {
  const table = (header: string) =>
    csv(`内容,视频标题,${header},时长,观看次数,展示次数`, [
      'vid1,剧一,2025-06-01,90,601,9001',
      'vid2,剧二,2025-07-03,90,602,9002',
    ]);

  it.each([
    '视频发布时间',
    '发布时间',
    '影片發布時間',
    '動画公開時刻',
    '投稿日時',
    'Veröffentlichungszeitpunkt',
    'Veröffentlichungsdatum',
    'Fecha de publicación',
    '게시일',
    '개봉일',
    'Post time',
    'Posted at',
    'Date published',
    'createTime',
    'createTimeISO',
    'create_time',
    '创建时间',
    'Video publish time',
  ])('“%s” is no day of views: which day they are of is asked', async (header) => {
    const upload = await desk.look(table(header));
    expect([upload.mapping.time, upload.mapping.release_at]).toEqual([undefined, header]);
    expect(await asked(table(header))).toEqual(['options.day']);
  });

  it('stands beside the views of a span, once that is said', async () => {
    await uploaded(table('视频发布时间'), { options: { day: '2025-07-01', covers: 'month', views_are: 'increment' } });
    expect(await sum()).toBe(1203);
    const [row] = await desk.rows('SELECT min(day)::VARCHAR AS a, max(day)::VARCHAR AS b FROM view_log');
    expect(row).toEqual({ a: '2025-07-01', b: '2025-07-31' });
  });

  it('is no column of platforms, however it begins', async () => {
    const upload = await desk.look(csv('日期,剧名,发布平台,播放量', ['2025-10-01,甲,抖音,5']));
    expect(upload.mapping).toMatchObject({ time: '日期', platform: '发布平台' });
    expect(upload.mapping.release_at).toBeUndefined();
  });
});
