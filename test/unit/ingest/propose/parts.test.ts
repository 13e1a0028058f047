import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { differWithin, nameEpisodes } from '../../../../server/ingest/cells/episodes.ts';
import { propose } from '../../../../server/ingest/propose/propose-columns.ts';
import { sniffText } from '../../../../server/ingest/read/sniff.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

/** Effective rows as `series day platform region views`. */
async function placed(): Promise<string[]> {
  const rows = await desk.rows(`SELECT concat_ws(' ', k.series_id, v.day, p.id, r.id, v.views) AS line FROM view_log v
    JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key) ORDER BY line`);
  return rows.map(({ line }) => String(line));
}
const total = (count: number) => [expect.objectContaining({ code: 'total_rows', count })];

describe('a row of all platforms together', () => {
  it.each(['全网', '全平台', '总计', 'All platforms'])(
    'is the sum of those beside it and left out: %s',
    async (all) => {
      const { warnings } = await desk.import(
        `日期,剧名,平台,播放量\n2025-10-01,A,抖音,100\n2025-10-01,A,快手,50\n2025-10-01,A,${all},150\n`,
      );
      expect(await placed()).toEqual(['A 2025-10-01 douyin CN 100', 'A 2025-10-01 kuaishou CN 50']);
      expect(warnings).toEqual(total(1));
    },
  );

  it('counts where it stands alone, on a day, of a series or in a whole file, of one platform whatever its spelling', async () => {
    const { warnings } = await desk.import(
      '日期,剧名,平台,播放量\n2025-10-01,A,抖音,100\n2025-10-01,A,全网,150\n2025-10-02,A,全网,160\n2025-10-01,B,全平台,7\n',
    );
    expect(await placed()).toEqual([
      'A 2025-10-01 douyin CN 100',
      'A 2025-10-02 all_platforms (unknown) 160',
      'B 2025-10-01 all_platforms (unknown) 7',
    ]);
    expect(warnings).toEqual(total(1));
  });

  it('of a counter is one on every day, so that no step between its days is lost or counted twice', async () => {
    await desk.import(
      '日期,剧名,平台,累计播放量\n2025-10-01,A,全网,1000\n2025-10-02,A,全网,1100\n2025-10-02,A,抖音,800\n2025-10-03,A,抖音,850\n',
      { options: { views_are: 'cumulative' } },
    );
    expect(await placed()).toEqual(['A 2025-10-02 douyin CN 800', 'A 2025-10-03 douyin CN 50']);
  });

  it('is left out of a Parquet file and where lines repeat, too', async () => {
    const path = `${desk.folder}/totals.parquet`;
    await desk.rows(`COPY (SELECT * FROM (VALUES (DATE '2025-10-01', 'A', '抖音', 100), (DATE '2025-10-01', 'A', '抖音', 11),
      (DATE '2025-10-01', 'A', '全网', 111), (DATE '2025-10-02', 'A', '全网', 9)) v(日期, 剧名, 平台, 播放量)) TO '${path}' (FORMAT parquet)`);
    const { warnings } = await desk.importFile(path);
    expect(await placed()).toEqual(['A 2025-10-01 douyin CN 111', 'A 2025-10-02 all_platforms (unknown) 9']);
    expect(warnings).toEqual([...total(1), expect.objectContaining({ code: 'key_repeated' })]);
  });
});

describe('a row of all regions or genres together', () => {
  it('is left out beside its parts, in each platform for itself', async () => {
    const { warnings } = await desk.import(
      '日期,剧名,平台,地区,播放量\n2025-10-01,A,抖音,中国,100\n2025-10-01,A,抖音,全球,130\n2025-10-01,A,抖音,美国,30\n' +
        '2025-10-01,A,快手,全球,40\n2025-10-01,A,全网,全球,170\n',
    );
    expect(await placed()).toEqual([
      'A 2025-10-01 douyin CN 100',
      'A 2025-10-01 douyin US 30',
      'A 2025-10-01 kuaishou (unknown) 40',
    ]);
    expect(warnings).toEqual(total(2));
  });

  it('of genres is left out beside its tags, and no genre where it stands alone', async () => {
    const { warnings } = await desk.import(
      '日期,剧名,题材,播放量\n2025-10-01,A,都市,100\n2025-10-01,A,合计,100\n2025-10-01,B,全部,5\n',
    );
    expect(await desk.views()).toEqual(['A 2025-10-01 100', 'B 2025-10-01 5']);
    expect(await desk.rows('SELECT series_id, member FROM series_genre JOIN series USING (series_key)')).toEqual([
      { series_id: 'A', member: 'urban' },
    ]);
    expect(warnings).toEqual(total(1));
  });
});

describe('episodes', () => {
  it('are read as they are written, and the whole of a series as none', async () => {
    const cells = ['第1集', 'EP2', 'E03', 'S01E04', '5', '第06集：初见', '7集', 'Episode 8', '全集', '整剧'];
    const rows = cells.map((cell, i) => `2025-10-01,${cell.startsWith('整') ? 'B' : 'A'},${cell},${i + 1}`);
    const { warnings } = await desk.import(['日期,剧名,集数,播放量', ...rows].join('\n'));
    expect(await desk.views()).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `A 2025-10-01 ep${n} ${n}`),
      'B 2025-10-01 10',
    ]);
    expect(warnings).toEqual([expect.objectContaining({ code: 'mixed_grain', count: 1 })]);
  });

  it('that are no numbers are rejects', async () => {
    const rows = Array.from({ length: 19 }, (_, i) => `2025-10-01,A,第${i + 1}集,1`);
    const { import_id, rows_rejected } = await desk.import(
      ['日期,剧名,集数,播放量', ...rows, '2025-10-01,A,番外,1'].join('\n'),
      { map: { episode: '集数' } },
    );
    expect(rows_rejected).toBe(1);
    expect((await desk.imports.rejects(import_id))[0]).toMatchObject({ line: 21, value: '番外' });
  });

  const fields = (text: string) => {
    const shape = sniffText(text, true);
    const columns = (shape?.columns ?? []).map((name, i) => ({
      name,
      type: 'text',
      cells: shape?.rows.map((row) => row[i] ?? null) ?? [],
    }));
    return propose('a.csv', columns, loadVocabulary(), null).mapping;
  };

  it('stand under 集数 where it differs within a series and a day; a number that grows by the day is of the series', () => {
    const head = '日期,剧名,平台,集数,播放量\n';
    expect(fields(`${head}2025-10-01,A,抖音,1,5\n2025-10-01,A,抖音,2,5\n`)).toMatchObject({ episode: '集数' });
    expect(fields(`${head}2025-10-01,A,抖音,80,5\n2025-10-01,A,快手,90,5\n2025-10-02,A,抖音,82,5\n`)).toMatchObject({
      episodes: '集数',
    });
    expect(fields(`${head}2025-10-01,A,抖音,80集,5\n2025-10-01,A,抖音,90集,5\n`)).toMatchObject({ episodes: '集数' });
  });

  it('are told by what the cells say', () => {
    expect(nameEpisodes(['第1集', '全集', null, '2'])).toBe(true);
    expect(nameEpisodes(['1', '2'])).toBe(false);
    expect(nameEpisodes(['第1集', '很多'])).toBe(false);
    expect(differWithin(['1', '2'], [['A', 'B']])).toBe(false);
    expect(differWithin(['1', '2'], [['A', 'A']])).toBe(true);
  });
});
