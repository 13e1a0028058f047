import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AliasRequest } from '../../../../server/contract/aliases.ts';
import { readAsKnownAt } from '../../../../server/ledger/known.ts';
import { type Aliases, createAliases } from '../../../../server/ledger/names/merging.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk, refusal } from '../../ingest/desk.ts';

const vocabulary = loadVocabulary();
let desk: Desk;
let aliases: Aliases;
beforeEach(async () => {
  desk = await Desk.open();
  aliases = createAliases({ warehouse: desk.warehouse, vocabulary });
});
afterEach(() => desk.close());

const csv = (...lines: string[]) => `日期,剧名,平台,播放量\n${lines.join('\n')}\n`;
const board = { options: { source: 'board', views_are: 'increment' as const } };
const counter = { options: { source: 'counter', views_are: 'cumulative' as const } };
const one = async (request: AliasRequest) => (await aliases.merge(request))[0]?.alias_id ?? '';
const series = (from: string, into: string) => one({ dimension: 'series', from: [from], into });

/** The example of docs/entities.md. */
const example = async () => {
  await desk.import(
    csv('2025-10-01,老千,红果,100', '2025-10-02,老千,红果,120', '2025-10-02,老千（全集）,红果,30'),
    board,
  );
  await desk.import(csv('2025-10-02,老千（全集）,红果,130'), board);
};

describe('merging two series', () => {
  it('decides keys as if the files had said one name: the example of the docs', async () => {
    await example();
    expect(await desk.views()).toEqual(['老千 2025-10-01 100', '老千 2025-10-02 120', '老千(全集) 2025-10-02 130']);
    await series('老千(全集)', '老千');
    expect(await desk.views()).toEqual(['老千 2025-10-01 100', '老千 2025-10-02 130']);
    await desk.import(csv('2025-10-03,老千（全集）,红果,140'), board);
    expect(await desk.views()).toEqual(['老千 2025-10-01 100', '老千 2025-10-02 130', '老千 2025-10-03 140']);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_month')).toEqual([{ v: 370 }]);
    expect(await desk.rows('SELECT series_id FROM series')).toEqual([{ series_id: '老千' }]);
  });

  it('is foretold by its preview, which writes nothing', async () => {
    await example();
    const before = await desk.everything();
    const { version } = desk.warehouse.state();
    const preview = await aliases.preview({ dimension: 'series', from: ['老千(全集)'], into: '老千' });
    expect(preview).toMatchObject({
      members: [
        { id: '老千(全集)', before: { rows: 1, days: 1, views: 130 }, after: { rows: 0, views: 0 } },
        {
          id: '老千',
          before: { rows: 2, days: 2, views: 220, from: '2025-10-01', to: '2025-10-02' },
          after: { rows: 2, days: 2, views: 230 },
        },
      ],
      conflicts: {
        days: 1,
        same_source_days: 1,
        samples: [
          {
            day: '2025-10-02',
            platform: 'hongguo',
            stated: [
              { id: '老千', source: 'board', views: 120 },
              { id: '老千(全集)', source: 'board', views: 130 },
            ],
          },
        ],
      },
      views_before: 350,
      views_after: 230,
    });
    expect(await desk.everything()).toEqual(before);
    expect(desk.warehouse.state().version).toBe(version);
    expect(await aliases.list({ undone: true })).toEqual([]);
  });

  it('is foretold with the series whose title is named, and refuses a title that no file states by itself', async () => {
    await desk.import('series_id,title,producer\nS1,老千,听花岛\nS2,无名,马厩\n');
    await desk.import(csv('2025-10-01,老千,红果,100', '2025-10-02,老千（全集）,红果,30'), board);
    const of = async (from: string, into: string) => {
      const told = await aliases.preview({ dimension: 'series', from: [from], into });
      return [...told.members.map((m) => `${m.id} ${m.before.views} → ${m.after.views}`), told.views_after];
    };
    expect(await of('老千(全集)', '老千')).toEqual(['老千(全集) 30 → 0', 'S1 100 → 130', 130]);
    expect(await of('老千', '老千(全集)')).toEqual(['老千 0 → 0', 'S1 100 → 0', '老千(全集) 30 → 130', 130]);
    expect(await of('老千', '老千')).toEqual(['S1 100 → 0', '老千 0 → 100', 100]);
    const unstated = aliases.preview({ dimension: 'series', from: ['老千(全集)'], into: '无名' });
    expect(await refusal(unstated)).toMatchObject({ code: 'unknown_member', detail: expect.stringContaining('S2') });
  });

  it('comes apart again when it is undone, and is kept in the list of those undone', async () => {
    await example();
    const before = await desk.everything();
    const { version } = desk.warehouse.state();
    const id = await series('老千(全集)', '老千');
    expect(desk.warehouse.state().version).not.toBe(version);
    expect(await aliases.list({ undone: false })).toMatchObject([
      { alias_id: id, from: { label: { zh: '老千（全集）' } }, into: { id: '老千' }, undone_at: null },
    ]);
    await aliases.undo(id);
    expect(await desk.everything()).toEqual(before);
    expect(await aliases.list({ undone: false })).toEqual([]);
    expect(await aliases.list({ undone: true })).toMatchObject([{ alias_id: id, undone_at: expect.any(String) }]);
    expect((await refusal(aliases.undo(id))).code).toBe('alias_not_undoable');
  });

  it('takes the catalogue’s fields of the one first, and fills its gaps with the other’s, however late these come', async () => {
    await desk.import('series_id,title,producer,genres\nS1,老千,听花岛,\nS2,老千2,马厩,都市\n');
    await series('S2', 'S1');
    await desk.import('series_id,producer,episodes\nS2,别家,80\n', { kind: 'catalog' });
    await desk.import(csv('2025-10-01,老千2,红果,5'), board);
    expect(await desk.rows('SELECT series_id, title, producer, primary_genre, episodes FROM series')).toEqual([
      { series_id: 'S1', title: '老千', producer: '听花岛', primary_genre: 'urban', episodes: 80 },
    ]);
    // The other's title leads to the one, too.
    expect(await desk.views()).toEqual(['S1 2025-10-01 5']);
  });

  it('lets a title name a series again that two ids had', async () => {
    await desk.import('series_id,title,producer\nS1,One,P1\nS2,One,P2\n');
    await desk.import('date,title,platform,views\n2025-10-01,One,douyin,5\n');
    expect(await desk.views()).toEqual(['One 2025-10-01 5']);
    const id = await series('S2', 'S1');
    expect(await desk.views()).toEqual(['S1 2025-10-01 5']);
    await aliases.undo(id);
    expect(await desk.views()).toEqual(['One 2025-10-01 5']);
  });

  it('takes differences of counters in the order of time, of two values at one moment the higher', async () => {
    await desk.import(csv('2025-10-01,甲,抖音,100', '2025-10-03,甲,抖音,130', '2025-10-03,乙,抖音,125'), counter);
    await desk.import(csv('2025-10-02,乙,抖音,110'), counter);
    const before = await desk.everything();
    const id = await series('乙', '甲');
    expect(await desk.views()).toEqual(['甲 2025-10-01 opening 100', '甲 2025-10-02 10', '甲 2025-10-03 20']);
    await aliases.undo(id);
    expect(await desk.everything()).toEqual(before);
  });

  it('follows chains, and refuses circles, repeats and names that no file has', async () => {
    await desk.import(csv('2025-10-01,甲,抖音,1', '2025-10-02,乙,抖音,2', '2025-10-03,丙,抖音,4'), board);
    const first = await series('甲', '乙');
    await series('乙', '丙');
    expect(await desk.rows('SELECT series_id FROM series')).toEqual([{ series_id: '丙' }]);
    const code = async (from: string, into: string) => (await refusal(series(from, into))).code;
    expect(await code('丙', '甲')).toBe('alias_cycle');
    expect(await code('甲', '丙')).toBe('alias_exists');
    expect(await code('丙', '丁')).toBe('unknown_member');
    await aliases.undo(first);
    expect(await desk.views()).toEqual(['丙 2025-10-02 2', '丙 2025-10-03 4', '甲 2025-10-01 1']);
    expect(await desk.rows('SELECT count(*) AS n FROM alias')).toEqual([{ n: 2 }]);
  });
});

describe('parting a series', () => {
  it('makes what one platform states a series of its own, whatever comes later', async () => {
    await desk.import(csv('2025-10-01,重生,红果,1', '2025-10-01,重生,ReelShort,2'), board);
    const request: AliasRequest = {
      dimension: 'series',
      from: ['重生'],
      into: '重生 (ReelShort)',
      platform: 'reelshort',
    };
    expect(await aliases.preview(request)).toMatchObject({
      members: [
        { id: '重生', before: { views: 3 }, after: { views: 1 } },
        { id: '重生 (ReelShort)', before: { views: 0 }, after: { views: 2 } },
      ],
      views_before: 3,
      views_after: 3,
    });
    const id = await one(request);
    await desk.import(csv('2025-10-02,重生,红果,4', '2025-10-02,重生,ReelShort,8'), board);
    expect(await desk.views()).toEqual([
      '重生 (ReelShort) 2025-10-01 2',
      '重生 (ReelShort) 2025-10-02 8',
      '重生 2025-10-01 1',
      '重生 2025-10-02 4',
    ]);
    await aliases.undo(id);
    expect(
      await desk.rows(
        'SELECT series_id, sum(views)::BIGINT AS v FROM series_month JOIN series USING (series_key) GROUP BY ALL',
      ),
    ).toEqual([{ series_id: '重生', v: 15 }]);
  });

  it('parts by source what a title joined, with what that source says of it', async () => {
    await desk.import('series_id,title,producer\nS1,重生,听花岛\n');
    await desk.import('日期,剧名,出品方,播放量\n2025-10-01,重生,马厩,7\n', { options: { source: 'other' } });
    expect(await desk.views()).toEqual(['S1 2025-10-01 7']);
    await one({ dimension: 'series', from: ['S1'], into: '重生', source: 'other' });
    expect(await desk.rows('SELECT series_id, producer FROM series ORDER BY 1')).toEqual([
      { series_id: 'S1', producer: '听花岛' },
      { series_id: '重生', producer: '马厩' },
    ]);
    expect(await desk.views()).toEqual(['重生 2025-10-01 7']);
  });

  it('keeps a name apart from the series whose title it is', async () => {
    await desk.import(csv('2025-10-01,重生,红果,7'), board);
    await desk.import('series_id,title,producer\nS1,重生,听花岛\n');
    const id = await series('重生', '重生');
    expect(await desk.views()).toEqual(['重生 2025-10-01 7']);
    await aliases.undo(id);
    expect(await desk.views()).toEqual(['S1 2025-10-01 7']);
  });
});

describe('merging other names', () => {
  it('makes two producers one in every list, each series once', async () => {
    await desk.import('series_id,title,producer\nS1,a,听花岛传媒/听花岛\nS2,b,听花岛传媒\nS3,c,马厩/听花岛传媒\n');
    const before = await desk.everything();
    const id = await one({ dimension: 'producer', from: ['听花岛传媒'], into: '听花岛' });
    expect(await desk.rows('SELECT series_id, producer, producers FROM series ORDER BY 1')).toEqual([
      { series_id: 'S1', producer: '听花岛', producers: ['听花岛'] },
      { series_id: 'S2', producer: '听花岛', producers: ['听花岛'] },
      { series_id: 'S3', producer: '马厩', producers: ['马厩', '听花岛'] },
    ]);
    expect(await desk.rows('SELECT member, count(*) AS n FROM series_producer GROUP BY 1 ORDER BY 1')).toEqual([
      { member: '听花岛', n: 3 },
      { member: '马厩', n: 1 },
    ]);
    await desk.import('series_id,title,producer\nS4,d,听花岛传媒\n');
    expect(await desk.rows("SELECT producer FROM series WHERE series_id = 'S4'")).toEqual([{ producer: '听花岛' }]);
    await desk.imports.remove((await desk.imports.list())[0]?.import_id ?? '');
    await aliases.undo(id);
    expect(await desk.everything()).toEqual(before);
  });

  it('makes two franchises one', async () => {
    await desk.import('series_id,title,IP\nS1,a,盛夏\nS2,b,盛夏IP\n', {
      kind: 'catalog',
      mapping: { series_id: 'series_id', title: 'title', franchise: 'IP' },
    });
    await one({ dimension: 'franchise', from: ['盛夏IP'], into: '盛夏' });
    expect(await desk.rows('SELECT DISTINCT franchise FROM series')).toEqual([{ franchise: '盛夏' }]);
  });

  it('makes two platforms one, with the home region where a file leaves the region out', async () => {
    await desk.import(
      'date,title,platform,region,views\n2025-10-01,甲,RS短剧,,1\n2025-10-02,甲,RS短剧,JP,2\n2025-10-01,甲,ReelShort,,4\n',
      board,
    );
    const places = () =>
      desk.rows(
        'SELECT p.id AS platform, r.id AS region, v.views FROM view_log v JOIN platform p USING (platform_key) JOIN region r USING (region_key) ORDER BY views',
      );
    const before = await places();
    const id = await one({ dimension: 'platform', from: ['RS短剧'], into: 'reelshort' });
    await desk.import('date,title,platform,region,views\n2025-10-03,甲,RS短剧,,8\n', board);
    expect(await places()).toEqual([
      { platform: 'reelshort', region: 'US', views: 1 },
      { platform: 'reelshort', region: 'JP', views: 2 },
      { platform: 'reelshort', region: 'US', views: 4 },
      { platform: 'reelshort', region: 'US', views: 8 },
    ]);
    expect(await desk.rows('SELECT DISTINCT market::VARCHAR AS market FROM series_day')).toEqual([
      { market: 'overseas' },
    ]);
    await aliases.undo(id);
    expect(await places()).toEqual([...before, { platform: 'RS短剧', region: '(unknown)', views: 8 }]);
  });
});

describe('as known at a moment', () => {
  it('aliases hold as they held then: later ones do not, and those undone since do', async () => {
    await desk.import(csv('2025-10-01,甲,抖音,1', '2025-10-01,乙,RS短剧,2', '2025-10-01,乙,reelshort,4'), board);
    const moments: string[] = [];
    const pause = () => new Promise((wake) => setTimeout(wake, 5));
    const mark = async () => {
      await pause();
      moments.push(new Date().toISOString());
      await pause();
    };
    await mark();
    const first = await series('甲', '乙');
    await mark();
    await one({ dimension: 'platform', from: ['RS短剧'], into: 'reelshort' });
    await aliases.undo(first);
    await mark();
    const known = (moment: string | undefined) =>
      readAsKnownAt({ warehouse: desk.warehouse, vocabulary }, moment ?? '', async (session) => {
        const rows = await session.all({
          text: `SELECT k.series_id || ' ' || p.id || ' ' || sum(views) AS line FROM platform_month JOIN series_key k USING (series_key)
            JOIN platform p USING (platform_key) GROUP BY k.series_id, p.id ORDER BY 1`,
          values: [],
        });
        return rows.map((row) => row.line);
      });
    expect(await known(moments[0])).toEqual(['乙 RS短剧 2', '乙 reelshort 4', '甲 douyin 1']);
    expect(await known(moments[1])).toEqual(['乙 RS短剧 2', '乙 douyin 1', '乙 reelshort 4']);
    expect(await known(moments[2])).toEqual(['乙 reelshort 6', '甲 douyin 1']);
    expect(await desk.rows('SELECT count(DISTINCT series_key) AS n FROM series_day')).toEqual([{ n: 2 }]);
  });
});
