import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const series = (columns = 'series_id, title, producer, primary_genre') =>
  desk.rows(`SELECT ${columns} FROM series ORDER BY series_id`);

describe('a catalogue', () => {
  const catalogue =
    '剧集ID,剧名,英文名,承制方,承制方英文名,出品方,题材,频道,短剧类型,制作方式,主演,上线日期,集数,付费起始集\nS1,《盛夏芬德拉》,Midsummer Fendela,听花岛/麦芽,Tinghua Island/Maiya,某公司,都市|言情,女频,真人剧,人工,刘萧旭；郭宇欣,2025-10-01 00:00,80,11\nS2,老千,,,,某公司,悬疑/未知题材,男频,漫剧,AI,,2025/2/3,60集,\n';

  it('gives each series its ids, members and labels', async () => {
    const record = await desk.import(catalogue, { name: 'series.csv' });
    expect(record).toMatchObject({ kind: 'catalog', rows_read: 2, rows_committed: 2, warnings: [] });
    expect(await series('* EXCLUDE (series_key)')).toMatchObject([
      {
        series_id: 'S1',
        title: '盛夏芬德拉',
        title_en: 'Midsummer Fendela',
        producers: ['听花岛', '麦芽'],
        producer: '听花岛',
        genres: ['urban', 'romance'],
        primary_genre: 'urban',
        channel: 'female',
        format: 'live_action',
        production: 'human',
        cast: ['刘萧旭', '郭宇欣'],
        release_day: '2025-10-01',
        release_at: '2025-09-30T16:00:00Z',
        release_month: '2025-10-01',
        episodes: 80,
        paywall_episode: 11,
      },
      {
        series_id: 'S2',
        title: '老千',
        producers: ['某公司'],
        producer: '某公司',
        genres: ['suspense', '未知题材'],
        format: 'comic',
        production: 'ai',
        release_day: '2025-02-03',
        release_at: null,
        episodes: 60,
      },
    ]);
    expect(await desk.rows('SELECT member FROM series_genre ORDER BY 1')).toHaveLength(4);
    expect(await desk.rows(`SELECT zh, en FROM label WHERE dimension = 'producer' AND id = '听花岛'`)).toEqual([
      { zh: '听花岛', en: 'Tinghua Island' },
    ]);
    expect(await desk.rows(`SELECT zh, en FROM label WHERE dimension = 'genre' AND id = 'urban'`)).toEqual([
      { zh: '都市', en: 'Urban' },
    ]);
  });

  it('gives way field by field to a later one, and comes back when that is undone', async () => {
    await desk.import('series_id,title,producer,genres\nS1,One,P1,都市\n');
    const later = await desk.import('series_id,producer,genres\nS1,P2,\n', { kind: 'catalog' });
    expect(await series()).toEqual([{ series_id: 'S1', title: 'One', producer: 'P2', primary_genre: 'urban' }]);
    await desk.imports.remove(later.import_id);
    expect(await series()).toEqual([{ series_id: 'S1', title: 'One', producer: 'P1', primary_genre: 'urban' }]);
  });

  it('may come as columns of a log, and a series without any is there by its id', async () => {
    await desk.import('date,series_id,title,producer,views\n2025-10-01,S1,One,P1,5\n2025-10-02,S1,One,P1,6\n');
    await desk.import('date,series_id,views\n2025-10-01,S9,5\n', { options: { source: 'bare' } });
    expect(await series()).toEqual([
      { series_id: 'S1', title: 'One', producer: 'P1', primary_genre: '(unknown)' },
      { series_id: 'S9', title: 'S9', producer: '(unknown)', primary_genre: '(unknown)' },
    ]);
  });

  it('counts cells that cannot be read, and keeps the row', async () => {
    const record = await desk.import('series_id,title,release_date,producer\nS1,One,敬请期待,P1\n');
    expect(record.warnings.map((w) => [w.code, w.count])).toEqual([['value_ignored', 1]]);
    expect(await series('series_id, release_day')).toEqual([{ series_id: 'S1', release_day: null }]);
  });
});

describe('a log that knows only titles', () => {
  const log = 'date,剧名,views\n2025-10-01,《One》,5\n2025-10-01,Other,6\n';
  const catalogue = 'series_id,title,producer\nS1,One,P1\n';

  it.each([
    ['the log', [log, catalogue]],
    ['the catalogue', [catalogue, log]],
  ])('meets the ids of a catalogue, where %s comes first', async (_which, files) => {
    for (const file of files) await desk.import(file);
    expect(await desk.views()).toEqual(['Other 2025-10-01 6', 'S1 2025-10-01 5']);
    expect(await series()).toMatchObject([{ series_id: 'Other' }, { series_id: 'S1', title: 'One', producer: 'P1' }]);
    expect(
      await desk.rows(
        "SELECT sum(views)::BIGINT AS v FROM series_month JOIN series USING (series_key) WHERE producer = 'P1'",
      ),
    ).toEqual([{ v: 5 }]);
  });

  it('parts from them when the catalogue is undone', async () => {
    await desk.import(log);
    const before = await desk.everything();
    const { import_id } = await desk.import(catalogue);
    await desk.imports.remove(import_id);
    expect(await desk.everything()).toEqual(before);
  });

  it('stays by its title where two series have it', async () => {
    await desk.import('series_id,title,producer\nS1,One,P1\nS2,One,P2\n');
    await desk.import(log);
    expect(await desk.views()).toEqual(['One 2025-10-01 5', 'Other 2025-10-01 6']);
  });

  it('joins the rows that a log by ids states, and counters with them', async () => {
    const counter = { options: { source: 'c', views_are: 'cumulative' as const } };
    await desk.import('date,series_id,views\n2025-10-01,S1,100\n2025-10-03,S1,120\n', counter);
    await desk.import('date,title,views\n2025-10-02,One,110\n', counter);
    expect(await desk.views()).toEqual([
      'One 2025-10-02 opening 110',
      'S1 2025-10-01 opening 100',
      'S1 2025-10-02 10',
      'S1 2025-10-03 10',
    ]);
    const { import_id } = await desk.import(catalogue);
    expect(await desk.views()).toEqual(['S1 2025-10-01 opening 100', 'S1 2025-10-02 10', 'S1 2025-10-03 10']);
    expect(await desk.rows('SELECT count(*) AS n FROM view_log WHERE estimated')).toEqual([{ n: 0 }]);
    await desk.imports.remove(import_id);
    expect(await desk.views()).toEqual([
      'One 2025-10-02 opening 110',
      'S1 2025-10-01 opening 100',
      'S1 2025-10-02 10',
      'S1 2025-10-03 10',
    ]);
  });
});

describe('the demo', () => {
  it('is marked, and removed whole', async () => {
    const real = await desk.import('date,series_id,views\n2025-10-01,REAL,1\n', { options: { source: 'real' } });
    const before = await desk.everything();
    await desk.import('series_id,title,producer\nS1,One,P1\n', { synthetic: true });
    await desk.import('date,series_id,views\n2025-10-01,S1,1\n', { synthetic: true });
    expect(desk.warehouse.state().synthetic).toBe(true);
    const removed = await desk.imports.removeDemo();
    expect(removed.map((r) => r.status)).toEqual(['undone', 'undone']);
    expect(await desk.everything()).toEqual(before);
    expect(desk.warehouse.state().synthetic).toBe(false);
    expect((await desk.imports.get(real.import_id)).status).toBe('committed');
  });
});
