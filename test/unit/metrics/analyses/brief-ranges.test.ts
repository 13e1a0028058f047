import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { briefParams, type Finding } from '../../../../server/contract/analyses-outlook.ts';
import type { DimensionFilter } from '../../../../server/contract/query.ts';
import { amount, percent, when } from '../../../../server/metrics/analyses/brief/brief-words.ts';
import { brief } from '../../../../server/metrics/analyses/brief.ts';
import { addDays, daysBetween } from '../../../../server/metrics/language/calendar.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { type Fixture, type FixtureRow, type FixtureSeries, loadFixture, openFixture, withEngine } from '../fixture.ts';

/** The brief of any range and filter, and what it begins with if it compares. */
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openFixture(market());
});
afterAll(() => warehouse.close());

type Asked = Partial<Record<'month' | 'from' | 'to' | 'compare' | 'filters' | 'limit', string>>;
const briefOf = (asked: Asked) =>
  withEngine(warehouse, (engine) => brief(engine, briefParams.parse({ limit: '50', ...asked }), { genreGroups: [] }));
const find = (rows: readonly Finding[], id: string) => rows.find((row) => row.id.startsWith(id));
const zh = (rows: readonly Finding[], id: string) => find(rows, id)?.sentence.zh;

const SERIES: readonly FixtureSeries[] = [
  { id: 's0', producers: ['A'], genres: ['urban'], format: 'live_action' },
  { id: 's1', producers: ['A'], genres: ['family'], format: 'live_action' },
  { id: 's2', producers: ['B'], genres: ['fantasy'], format: 'comic', production: 'ai' },
  { id: 's3', producers: ['B'], genres: ['urban'], format: 'comic', production: 'human' },
  { id: 's4', producers: ['C'], genres: ['suspense'], format: 'other' },
];

/** Half a year of days; each series rises and falls in its own way, a part of it abroad and on another platform. */
function market(): Fixture {
  const rows: FixtureRow[] = [];
  for (let i = 0; i < 184; i++) {
    SERIES.forEach(({ id }, s) => {
      const views = 1000 + ((i * (s + 3) * 37) % 400) + s * i * 5 + (s === 4 ? 0 : ((i >> 4) * 91 * (s + 1)) % 700);
      const abroad = { platform: 'reelshort', region: 'US' };
      rows.push({ series: id, day: addDays('2025-05-01', i), views, ...((i + s) % 4 === 0 ? abroad : {}) });
    });
  }
  return { series: SERIES, rows };
}

/** The same figures by plain loops over the rows. */
function oracle(from: string, to: string, passes: (row: FixtureRow) => boolean = () => true) {
  const days = daysBetween(from, to) + 1;
  const ranges = [
    { from, to },
    { from: addDays(from, -days), to: addDays(from, -1) },
  ];
  const of = (range: { from: string; to: string }, by: (row: FixtureRow) => string) => {
    const sums = new Map<string, number>();
    for (const row of market().rows) {
      if ((row.day ?? '') < range.from || (row.day ?? '') > range.to || !passes(row)) continue;
      sums.set(by(row), (sums.get(by(row)) ?? 0) + Number(row.views));
    }
    return sums;
  };
  const total = (range: { from: string; to: string }) => of(range, () => 'all').get('all') ?? 0;
  const [now, before] = ranges.map(total) as [number, number];
  const share = (by: (row: FixtureRow) => string) => {
    const [a, b] = ranges.map((range) => (of(range, by).get('yes') ?? 0) / total(range)) as [number, number];
    return { now: a, moved: a - b };
  };
  const gains = (key: 'format' | 'primary' | 'producer') => {
    const member = (row: FixtureRow) => {
      const one = SERIES.find(({ id }) => id === row.series);
      return (key === 'format' ? one?.format : key === 'primary' ? one?.genres?.[0] : one?.producers?.[0]) ?? '';
    };
    const [a, b] = ranges.map((range) => of(range, member)) as [Map<string, number>, Map<string, number>];
    return [...a]
      .map(([id, views]) => ({ id, delta: views - (b.get(id) ?? 0), growth: views / (b.get(id) ?? 0) - 1 }))
      .toSorted((x, y) => y.delta - x.delta);
  };
  return {
    now,
    before,
    earlier: ranges[1] ?? { from, to },
    overseas: share((row) => (row.region === 'US' ? 'yes' : 'no')),
    ai: share((row) => (row.series === 's2' ? 'yes' : 'no')),
    gains,
  };
}

const DOUYIN: DimensionFilter = { dimension: 'platform', op: 'not_in', values: ['reelshort'] };

describe('the brief of any range', () => {
  test.each([
    ['of days', '2025-08-07', '2025-09-19', []],
    ['of one day', '2025-09-19', '2025-09-19', []],
    ['of days, filtered', '2025-09-02', '2025-10-31', [DOUYIN]],
  ])('begins with what changed, as plain loops have it: %s', async (_name, from, to, filters) => {
    const { rows, compared, month } = await briefOf({
      from,
      to,
      compare: 'previous_period',
      filters: JSON.stringify(filters),
    });
    const own = oracle(from, to, (row) => filters.length === 0 || row.region !== 'US');
    expect([month, compared]).toEqual([null, own.earlier]);
    expect(rows[0]).toMatchObject({ kind: 'total', value: own.now });
    const growth = own.now / own.before - 1;
    const than = `${percent(Math.abs(growth))} ${growth > 0 ? 'more' : 'fewer'} than ${when(own.earlier, '2025').en}`;
    expect(rows[0]?.sentence.en).toContain(`Views ${when({ from, to }).en} came to ${amount(own.now, 'en')}, ${than}`);
    const formats = own.gains('format').toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
    expect(find(rows, 'format:')).toMatchObject({ id: `format:${formats[0]?.id}` });
    expect(find(rows, 'format:')?.value).toBeCloseTo(((formats[0]?.delta ?? 0) / own.before) * 100, 9);
    const genres = own.gains('primary');
    const [up, down] = [genres[0], genres.at(-1)];
    expect(find(rows, 'genre:most')?.value).toBe((up?.delta ?? 0) > 0 ? up?.delta : down?.delta);
    const said = zh(rows, 'genre:most') ?? '';
    expect(said.includes('增量最大'), said).toBe((up?.delta ?? 0) > 0);
    expect(said.includes('减量最大'), said).toBe((down?.delta ?? 0) < 0);
    const [first] = own.gains('producer');
    expect(find(rows, 'producer:most')?.value).toBe((first?.delta ?? 0) > 0 ? first?.delta : undefined);
    for (const [id, share] of [
      ['overseas_share', own.overseas],
      ['ai_share', own.ai],
    ] as const) {
      const finding = find(rows, `${id}:change`);
      if (Math.abs(share.moved) < 0.003) expect(finding, id).toBeUndefined();
      else {
        expect(finding?.value, id).toBeCloseTo(share.now, 12);
        expect(finding?.sentence.en, id).toContain(share.moved > 0 ? 'rose by' : 'fell by');
        expect(finding?.sentence.en, id).toContain(`${Number(Math.abs(share.moved * 100).toFixed(1))} points`);
      }
    }
  });

  test('compares with the ranges of the calendar before it, and with a year or a range that is named', async () => {
    const of = async (asked: Asked) => (await briefOf(asked)).compared;
    const may = { from: '2025-05-01', to: '2025-07-31' };
    expect(await of({ from: '2025-08-01', to: '2025-10-31', compare: 'previous_period' })).toEqual(may);
    expect(await of({ month: '2025-10', compare: JSON.stringify(may) })).toEqual(may);
    // A year before lies before the log: there is nothing to compare with, and a note says so.
    const { compared, meta, rows } = await briefOf({ month: '2025-10', compare: 'previous_year' });
    expect([compared, meta.notes.map(({ code }) => code)]).toEqual([null, ['base_outside_log']]);
    expect(find(rows, 'genre:most')).toBeUndefined();
  });

  test('tells a record of the ranges of its length, and growth over them', async () => {
    const third: Fixture = {
      series: SERIES,
      rows: market().rows.map((row) =>
        row.series === 's3' && (row.day ?? '') >= '2025-10-21' ? { ...row, views: 40_000 } : row,
      ),
    };
    await loadFixture(warehouse, third);
    const { rows } = await briefOf({ from: '2025-10-21', to: '2025-10-31', compare: 'previous_period' });
    expect(rows[0]?.sentence.en).toMatch(/more than from 10 to 20 October, the most of the last seven such periods\.$/);
    expect(rows[0]?.sentence.zh).toMatch(/，比10月10日至20日增长 .*%，为近 7 个等长时段最高。$/);
    // Without a comparison the record is told against the period before, here by the same loops over the same rows.
    const sum = (from: string, to: string) =>
      third.rows.reduce((all, { day = '', views }) => all + (day >= from && day <= to ? Number(views) : 0), 0);
    const more = sum('2025-10-21', '2025-10-31') / sum('2025-10-10', '2025-10-20') - 1;
    const alone = await briefOf({ from: '2025-10-21', to: '2025-10-31' });
    expect(find(alone.rows, 'total')?.sentence.en).toContain(`${percent(more)} more than the period before.`);
    const growth = find(rows, 'growth:comic');
    expect(growth?.sentence.en).toMatch(/^Comic views on \w+ from 21 to 31 October 2025 were [\w.]+ times those from/);
    await loadFixture(warehouse, market());
  });

  test('compared with nothing it begins with the total, and tells nothing against other ranges', async () => {
    const { rows, compared } = await briefOf({ from: '2025-08-07', to: '2025-09-19', compare: 'none' });
    expect(compared).toBeNull();
    expect(rows[0]?.sentence.zh).toBe(
      `2025年8月7日至9月19日播放量 ${amount(oracle('2025-08-07', '2025-09-19').now, 'zh')}。`,
    );
    const told = new Set(rows.map(({ kind }) => kind));
    for (const kind of ['growth', 'format', 'genre', 'producer', 'overseas', 'ai', 'format_mix'] as const)
      expect(told.has(kind), kind).toBe(false);
  });

  test('a range that the last day cuts is compared over as many first days, and nothing else is told of earlier ones', async () => {
    const { rows, compared, to, meta } = await briefOf({
      from: '2025-10-20',
      to: '2025-11-20',
      compare: 'previous_period',
    });
    expect([to, compared]).toEqual(['2025-10-31', { from: '2025-09-18', to: '2025-09-29' }]);
    expect(meta).toMatchObject({ alignment: 'elapsed', partial_periods: ['2025-10-20'] });
    expect(rows[0]).toMatchObject({ kind: 'total', value: oracle('2025-10-20', '2025-10-31').now });
    expect(rows[0]?.sentence.en).toMatch(/^Views from 20 to 31 October 2025 .* than from 18 to 29 September\.$/);
    expect(rows.some(({ kind }) => kind === 'growth' || kind === 'format_mix')).toBe(false);
    const alone = await briefOf({ from: '2025-10-20', to: '2025-11-20' });
    expect(alone.meta.notes.map(({ code }) => code)).toEqual(['partial_range']);
  });

  test('of a range without data it tells nothing, and says why', async () => {
    for (const compare of ['none', 'previous_period']) {
      const { rows, meta } = await briefOf({ from: '2026-02-03', to: '2026-02-09', compare });
      expect(rows, compare).toEqual([]);
      expect(
        meta.notes.filter(({ code }) => code === 'range_outside_log'),
        compare,
      ).toHaveLength(1);
    }
  });
});

/** Two months, of which the second is told; each row is views of a series in one of them. */
function months(series: readonly FixtureSeries[], rows: readonly Omit<FixtureRow, 'kind'>[]): Fixture {
  const ends = ['2025-09-01', '2025-10-31'].map((day): FixtureRow => ({ series: 'end', day, views: 0 }));
  return { series: [...series, { id: 'end' }], rows: [...rows, ...ends] };
}
const [SEPTEMBER, OCTOBER] = ['2025-09-10', '2025-10-10'];
const october = async (fixture: Fixture) => {
  await loadFixture(warehouse, fixture);
  return briefOf({ month: '2025-10', compare: 'previous_period' });
};
const format = (id: string, kind: FixtureSeries['format'], more: Partial<FixtureSeries> = {}): FixtureSeries => ({
  id,
  ...(kind === undefined ? {} : { format: kind }),
  ...more,
});

describe('what changed, in sentences', () => {
  test('names direction, level and growth in both languages', async () => {
    const views = async (now: number) =>
      (
        await october(
          months(
            [format('a', 'comic')],
            [
              { series: 'a', day: SEPTEMBER, views: 100_000 },
              { series: 'a', day: OCTOBER, views: now },
            ],
          ),
        )
      ).rows[0]?.sentence;
    expect(await views(123_400)).toEqual({
      en: 'Views in October 2025 came to 123K, 23.4% more than in September.',
      zh: '2025年10月播放量 12.34万，比9月增长 23.4%。',
    });
    expect(await views(75_000)).toEqual({
      en: 'Views in October 2025 came to 75K, 25% fewer than in September.',
      zh: '2025年10月播放量 7.5万，比9月下降 25%。',
    });
    expect(await views(100_020)).toEqual({
      en: 'Views in October 2025 came to 100K, level with those in September.',
      zh: '2025年10月播放量 10万，与9月持平。',
    });
  });

  test('names the format, the genres and the producer that moved the total, no unknown and no new one', async () => {
    const { rows } = await october(
      months(
        [
          format('a', 'comic', { genres: ['urban'], producers: ['甲'] }),
          format('b', 'live_action', { genres: ['family'], producers: ['P1'] }),
          format('c', undefined),
        ],
        [
          { series: 'a', day: SEPTEMBER, views: 100_000 },
          { series: 'a', day: OCTOBER, views: 190_000 },
          { series: 'b', day: SEPTEMBER, views: 100_000 },
          { series: 'b', day: OCTOBER, views: 80_000 },
          { series: 'c', day: SEPTEMBER, views: 200_000 },
          { series: 'c', day: OCTOBER, views: 900_000 },
        ],
      ),
    );
    expect(rows.slice(2, 5).map(({ sentence }) => sentence)).toEqual([
      {
        en: 'Comic added most to the total: views up 90%, 22.5 points of the growth.',
        zh: '漫剧对总量拉动最大：播放量增长 90%，拉动 22.5 个百分点。',
      },
      {
        en: 'Urban gained most of all genres: 90K more views (+90%); family lost most: 20K fewer views (−20%).',
        zh: 'urban 题材增量最大，多出 9万（+90%）；family 题材减量最大，减少 2万（−20%）。',
      },
      {
        en: '甲 gained most of all producers: 90K more views (+90%).',
        zh: '承制方中甲增量最大，多出 9万（+90%）。',
      },
    ]);
    const fresh = await october(
      months(
        [format('a', 'comic', { genres: ['urban'] }), format('b', 'comic', { genres: ['family'] })],
        [
          { series: 'a', day: SEPTEMBER, views: 100_000 },
          { series: 'a', day: OCTOBER, views: 110_000 },
          { series: 'b', day: OCTOBER, views: 500_000 },
        ],
      ),
    );
    // The new genre gained most, and has no growth to tell; the other did not gain most.
    expect(find(fresh.rows, 'genre:most')).toBeUndefined();
    expect(find(fresh.rows, 'format:')).toBeUndefined();
  });

  test('makes no headline of a share that most views cannot be told of, nor of one that hardly moved', async () => {
    const overseas = async (abroad: number, unknown: number) => {
      const part = (day: string, region: string, views: number): FixtureRow => ({ series: 'a', day, region, views });
      const { rows } = await october(
        months(
          [format('a', 'comic')],
          [
            part(SEPTEMBER, 'CN', 900_000),
            part(SEPTEMBER, 'US', 100_000),
            part(OCTOBER, 'CN', 1_000_000 - abroad - unknown),
            part(OCTOBER, 'US', abroad),
            part(OCTOBER, '(unknown)', unknown),
          ],
        ),
      );
      return zh(rows, 'overseas_share:');
    };
    expect(await overseas(150_000, 0)).toBe('海外播放占比升至 15%，提高 5 个百分点。');
    expect(await overseas(100_000, 200_000)).toBe(
      '海外播放占比升至 12.5%，提高 2.5 个百分点。（仅 80% 的播放量地区已知）',
    );
    expect(await overseas(100_000, 600_000)).toBeUndefined();
    expect(await overseas(101_000, 0)).not.toContain('提高');
  });

  test('gives no growth, and nobody who rose or fell, if more is tracked than before', async () => {
    const { rows, meta } = await october(
      months(
        [format('a', 'comic'), format('b', 'live_action')],
        [
          { series: 'a', day: SEPTEMBER, views: 100_000 },
          { series: 'b', day: SEPTEMBER, views: 50_000 },
          { series: 'a', day: OCTOBER, views: 110_000 },
          { series: 'b', day: OCTOBER, views: 500_000, source: 'newcomer' },
        ],
      ),
    );
    expect(rows[0]?.sentence.zh).toBe('2025年10月播放量 61万。统计范围与9月不同，增幅不可直接比较，原因见说明。');
    expect(rows[0]?.sentence.en).toMatch(/came to 610K\. More is tracked than in September, so the growth is not like/);
    expect(meta.notes.map(({ code }) => code)).toContain('tracking_widened');
    for (const kind of ['format', 'genre', 'producer', 'growth', 'format_mix'])
      expect(rows.map((row) => row.kind)).not.toContain(kind);
  });

  test('makes no milestone of a few views', async () => {
    const { rows } = await october(months([format('a', 'comic')], [{ series: 'a', day: OCTOBER, views: 2_000 }]));
    expect(rows.map(({ kind }) => kind)).not.toContain('club');
    expect(rows[0]?.kind).toBe('total');
  });

  test('says who crossed: none, one and its producer, several and the fastest of them', async () => {
    const hit = (id: string, release: string | undefined, producer?: string): FixtureSeries => ({
      id,
      title: id,
      ...(release === undefined ? {} : { release }),
      ...(producer === undefined ? {} : { producers: [producer] }),
    });
    const club = async (series: readonly FixtureSeries[], crossings: readonly (readonly [string, string])[]) => {
      const rows = crossings.map(([id, day]): FixtureRow => ({ series: id, day, views: 1_200_000 }));
      const { rows: told } = await october(months(series, [...rows, { series: 'end', day: OCTOBER, views: 5 }]));
      return find(told, 'club')?.sentence;
    };
    expect(await club([hit('甲', '2025-09-09')], [['甲', SEPTEMBER]])).toEqual({
      en: 'No series broke 1M views in October 2025.',
      zh: '2025年10月没有剧集播放量突破 100万。',
    });
    expect(await club([hit('甲', '2025-10-08', '听花岛')], [['甲', OCTOBER]])).toEqual({
      en: 'In October 2025 one series broke 1M views: 甲, by 听花岛, on day 3.',
      zh: '2025年10月，1 部短剧播放量突破 100万：《甲》，由听花岛承制，上线第 3 天达成。',
    });
    expect(await club([hit('甲', undefined)], [['甲', OCTOBER]])).toMatchObject({
      zh: '2025年10月，1 部短剧播放量突破 100万：《甲》。',
    });
    const three = [hit('甲', '2025-10-01', 'P'), hit('乙', '2025-10-04', 'P'), hit('丙', '2025-10-04', 'Q')];
    expect(
      await club(three, [
        ['甲', OCTOBER],
        ['乙', OCTOBER],
        ['丙', OCTOBER],
      ]),
    ).toEqual({
      en: 'In October 2025 three series broke 1M views; P accounted for two of them; the fastest, 丙 and 乙, on day 7.',
      zh: '2025年10月，3 部短剧播放量突破 100万，其中P占 2 部；最快的是《丙》和《乙》，上线第 7 天达成。',
    });
  });
});
