import { describe, expect, it } from 'vitest';
import type { ClubAnswer, MilestonesAnswer } from '../../../../server/contract/analyses.ts';
import { clubByProducer } from '../../../../web/figures/club/byProducer.ts';
import { type ClubRow, clubParams, fastestOf, producersByCount } from '../../../../web/figures/club/club.ts';
import { clubPerMonth } from '../../../../web/figures/club/perMonth.ts';
import { clubRace, raceLength } from '../../../../web/figures/club/race.ts';
import { clubTimeline } from '../../../../web/figures/club/timeline.ts';
import { answer, askedOf, meta, titles, told } from './told.ts';

const member = (series: string, more: Partial<ClubRow> = {}): ClubRow => ({
  series,
  series_label: series,
  producer: 'p1',
  producer_label: 'House p1',
  primary_genre: 'urban',
  primary_genre_label: 'Urban',
  format: 'live_action',
  release_at: '2025-09-01',
  crossed_at: '2025-10-03',
  resolution: 'day',
  days_to: 33,
  hours_to: null,
  views_in_window: 1e9,
  cumulative_views: 1.2e9,
  ...more,
});
const club = (rows: ClubRow[], by: [string, number][] = [], fastest: ClubAnswer['fastest'] = null): ClubAnswer => ({
  columns: [],
  rows,
  meta,
  fastest,
  earned_in_window: [],
  by_producer: by.map(([producer, count]) => ({
    producer,
    producer_label: `House ${producer}`,
    count,
    share: count / rows.length,
  })),
});

describe('the race', () => {
  const day = (series: string, at: string, views: number | string) => ({ series, day_since_release: at, views });

  it('asks for the curves of those who have a day 1, once it knows them', () => {
    expect(Object.keys(askedOf(clubRace))).toEqual(['club']);
    const came = club([member('old', { release_at: '2024-01-01' }), member('a'), member('b')]);
    const asked = askedOf(clubRace, { threshold: '500000000', format: 'comic' }, { club: came });
    expect(asked.club).toMatchObject({ threshold: 5e8, from: '2025-10-01' });
    expect(asked.curves).toMatchObject({
      time: { from: '2024-11-01', to: '2025-10-31' },
      filters: [
        { dimension: 'format', op: 'in', values: ['comic'] },
        { dimension: 'series', op: 'in', values: ['a', 'b'] },
      ],
    });
    expect(Object.keys(askedOf(clubRace, {}, { club: club([]) }))).toEqual(['club']);
  });

  it('adds views up by day since release, day 0 first, and carries days without views on', () => {
    const curves = answer([
      day('a', '0', 5),
      day('a', '3', '7'),
      { series: 'a', day_since_release: '(unknown)', views: 100 },
      day('stranger', '0', 9),
    ]);
    const said = told(clubRace, { club: club([member('a'), member('without rows')]), curves });
    const race = said.en.drawn?.data;
    expect(race?.curves.map(({ id, values }) => [id, values])).toEqual([['a', [5, 5, 5, 12]]]);
    expect(race?.threshold?.name).toBe('1B');
    expect(said.zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['第几天', 'a']);
    expect(said.zh.drawn?.table.rows.at(-1)).toEqual([4, 12]);
  });

  it('names the seven fastest and leaves the others grey', () => {
    const members = Array.from({ length: 9 }, (_, at) => member(`s${at}`, { days_to: 20 - at }));
    const curves = answer(members.map(({ series }) => day(series, '0', 1)));
    const drawn = told(clubRace, { club: club(members), curves }).en.drawn?.data.curves;
    expect(drawn?.filter(({ context }) => context === true).map(({ id, hue }) => [id, hue])).toEqual([
      ['s1', 'grey'],
      ['s0', 'grey'],
    ]);
  });

  it('says who was fastest and who is left out', () => {
    const members = [
      member('a', { hours_to: 40 }),
      member('old', { release_at: '2024-01-01' }),
      member('unknown', { release_at: null }),
    ];
    const first = { unit: 'hours' as const, value: 40, series: ['a'] };
    const said = told(clubRace, { club: club(members, [], first), curves: answer([day('a', '0', 5)]) });
    expect(titles(said)).toEqual(['a最快：40小时突破10亿', 'a was fastest: 1B in 40 h']);
    expect(said.en.notes).toEqual([
      '1 was released before the log begins, has no day 1 here and is left out.',
      '1 states no release date, has no day 1 here and is left out.',
    ]);
  });

  it('says why nothing is drawn', () => {
    expect(told(clubRace, { club: club([]) }).en.nothing?.reason).toBe('No series passed 1B in this time');
    const { zh } = told(clubRace, { club: club([member('old', { release_at: '2024-01-01' })]) });
    expect(zh.nothing).toEqual({
      reason: '突破的剧集都没有第1天可以画起',
      remedy: '1部上线早于日志起点，无法从第1天画起，未列入。',
    });
  });

  it('names all who are equally fast', () => {
    const tied = (series: string[]) => {
      const came = club(
        series.map((id) => member(id)),
        [],
        { unit: 'days', value: 3, series },
      );
      return titles(told(clubRace, { club: came, curves: answer([day('a', '0', 5)]) }));
    };
    // One alone is no race.
    expect(tied(['a'])).toEqual(['a：3天突破10亿', 'a: 1B in 3 days']);
    expect(tied(['a', 'b'])).toEqual(['a、b并列最快：3天突破10亿', 'a and b tie as the fastest: 1B in 3 days']);
    expect(tied(['a', 'b', 'c', 'd', 'e'])).toEqual([
      '5部剧并列最快：3天突破10亿',
      '5 series tie as the fastest: 1B in 3 days',
    ]);
  });

  it('is fastest as the server says, by the unit that it says', () => {
    const rows = [member('a'), member('b')];
    expect(fastestOf(club(rows, [], { unit: 'days', value: 3, series: ['b'] }), 'zh')).toMatchObject({
      names: ['b'],
      time: '3天',
      unit: 'days',
    });
    expect(fastestOf(club(rows), 'en')).toBeNull();
  });

  it('is drawn as far as it has been played, in the room of the whole', () => {
    const curves = answer([day('a', '0', 5), day('a', '2', 7), day('b', '0', 6)]);
    const came = { club: club([member('a'), member('b')]), curves };
    const whole = told(clubRace, came).en.drawn?.data;
    expect(whole === undefined ? 0 : raceLength(whole)).toBe(3);
    const { zh, en } = told(clubRace, came, { race_day: '2' });
    expect(titles({ zh, en })).toEqual(['上线第2天：b领先，累计 6', 'Day 2: b leads with 6']);
    expect(en.drawn?.data.curves.map(({ values }) => values)).toEqual([[5, 5], [6]]);
    expect(en.drawn?.data.extent).toEqual({ steps: 3, high: 12 });
  });
});

describe('the threshold', () => {
  it.each([
    ['3e9', '3000000000'],
    ['5亿', '500000000'],
    ['500M', '500000000'],
    ['1000000000', '1000000000'],
    ['-1', '1000000000'],
    ['many', '1000000000'],
  ])('%s in an address is %s', (threshold, read) => {
    expect(clubParams.parse({ threshold }).threshold).toBe(read);
  });
});

describe('the timeline', () => {
  const crossed = (series: string, threshold: number, crossed_at: string | null): MilestonesAnswer['rows'][number] => ({
    series,
    series_label: series,
    threshold,
    reached: crossed_at !== null,
    crossed_at,
    resolution: 'day',
    hours_to: null,
    days_to: 4,
    before_log: false,
    platform: null,
  });
  const members = club([member('late', { crossed_at: '2025-10-20' }), member('soon', { crossed_at: '2025-10-03' })]);
  const milestones: MilestonesAnswer = {
    columns: [],
    rows: [
      crossed('soon', 1e8, '2025-10-01T20:00:00+08:00'),
      crossed('soon', 1e9, '2025-10-03'),
      crossed('soon', 3e9, null),
      crossed('late', 1e9, '2025-10-04'),
    ],
    meta,
  };

  it('asks for every mark of the members, over all data', () => {
    const asked = askedOf(clubTimeline, { threshold: '250000000' }, { club: members }).milestones;
    expect(asked).toMatchObject({ series: ['soon', 'late'], from: '2024-11-01', to: '2025-10-31' });
    expect(asked).toHaveProperty('thresholds', [1e8, 5e8, 1e9, 2e9, 3e9, 5e9, 1e10, 2.5e8]);
    expect(Object.keys(askedOf(clubTimeline, {}, { club: club([]) }))).toEqual(['club']);
  });

  it('has a row a series in the order of crossing, the page’s threshold in colour', () => {
    const { zh, en } = told(clubTimeline, { club: members, milestones });
    const data = en.drawn?.data;
    expect(data?.periods).toEqual(['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-04']);
    expect(data?.rows.map(({ id, marks }) => [id, marks.map(({ label, hue }) => [label, hue])])).toEqual([
      [
        'soon',
        [
          ['1B', 0],
          ['100M', 'grey'],
        ],
      ],
      ['late', [['1B', 0]]],
    ]);
    expect(zh.drawn?.data.rows[0]?.marks[1]?.notes).toEqual(['2025年10月1日 20:00', '用时 4天']);
    expect(zh.subtitle).toBe('2025年10月突破10亿的剧集各自的里程碑，先突破的在上；蓝点为10亿');
    expect(en.drawn?.table.rows).toHaveLength(3);
  });

  it('says that nobody crossed', () => {
    expect(told(clubTimeline, { club: club([]) }).zh.nothing?.reason).toBe('这段时间没有剧集突破10亿');
  });
});

describe('members by producer', () => {
  it('says who leads, if somebody does', () => {
    const rows = [member('a'), member('b'), member('c', { producer: 'p2' })];
    const said = told(clubByProducer, {
      club: club(rows, [
        ['p1', 2],
        ['p2', 1],
      ]),
    });
    expect(titles(said)).toEqual(['House p1占3部中的2部', 'House p1 made 2 of the 3']);
    expect(said.en.drawn?.data.bars.map(({ id, hue, rank }) => [id, hue, rank])).toEqual([
      ['p1', 0, 1],
      ['p2', 1, 2],
    ]);
    expect(said.zh.drawn?.table.rows).toEqual([
      ['House p1', 2, 2 / 3],
      ['House p2', 1, 1 / 3],
    ]);
    const tied = told(clubByProducer, {
      club: club(rows.slice(1), [
        ['p1', 1],
        ['p2', 1],
      ]),
    });
    expect(titles(tied)).toEqual(['突破10亿的剧来自哪些承制方', 'Who made the series that passed 1B?']);
  });

  it('says that all are by one, but not of the one who was asked for', () => {
    const all = { club: club([member('a'), member('b')], [['p1', 2]]) };
    expect(titles(told(clubByProducer, all))).toEqual(['2部均来自House p1', 'House p1 made all 2']);
    expect(titles(told(clubByProducer, all, { producer: 'p1' }))[1]).toBe('Who made the series that passed 1B?');
  });

  it('says that nobody crossed', () => {
    expect(told(clubByProducer, { club: club([]) }).zh.nothing?.reason).toBe('这段时间没有剧集突破10亿');
  });

  it('gives colours first to producers of the range, never to the unknown one', () => {
    const now = club(
      [member('a')],
      [
        ['p3', 1],
        ['(unknown)', 1],
      ],
    );
    const ever = club(
      [member('a')],
      [
        ['p1', 9],
        ['p3', 1],
        ['p2', 1],
      ],
    );
    expect(producersByCount(ever, now)).toEqual(['p3', 'p1', 'p2']);
  });
});

describe('crossings per month', () => {
  const rows = [
    member('a', { crossed_at: '2025-08-30T23:00:00+08:00' }),
    member('b', { crossed_at: '2025-10-01', producer: 'p2' }),
    member('c', { crossed_at: null }),
  ];
  const ever = club(rows, [
    ['p1', 2],
    ['p2', 1],
  ]);

  it('are counted in every month since the data begin, the unchosen together', () => {
    const { en, zh } = told(clubPerMonth, { ever }, {}, ['p1']);
    const drawn = en.drawn?.data;
    expect([drawn?.periods.length, drawn?.periods[0], drawn?.periods.at(-1)]).toEqual([12, '2024-11-01', '2025-10-01']);
    expect(drawn?.parts.map(({ name, values }) => [name, values.slice(-3)])).toEqual([
      ['House p1', [1, 0, 0]],
      ['Other producers', [0, 0, 1]],
    ]);
    expect(zh.drawn?.table.columns.map(({ header }) => header)).toEqual(['月份', 'House p1', '其余承制方']);
    expect(en.drawn?.table.rows.at(-1)).toEqual(['2025-10', 0, 1]);
    expect([zh.title, en.subtitle, en.cut]).toEqual([
      '每月有多少部突破',
      'Series that passed 1B views, by producer and month, Nov 2024 – Oct 2025',
      null,
    ]);
  });

  it('say that nobody crossed', () => {
    expect(told(clubPerMonth, { ever: club([]) }).en.nothing?.reason).toBe('No series passed 1B in this time');
  });
});
