import { describe, expect, it } from 'vitest';
import type { DecompositionAnswer, GrowthAnswer, MoversAnswer } from '../../../../server/contract/analyses.ts';
import type { CohortsAnswer } from '../../../../server/contract/analyses-depth.ts';
import { growthCohorts } from '../../../../web/figures/growth/cohorts.ts';
import { growthDecomposition, leadingEffect, newReleasesLead } from '../../../../web/figures/growth/decomposition.ts';
import { growthIndex } from '../../../../web/figures/growth/indexOverTime.ts';
import { growthMovers } from '../../../../web/figures/growth/movers.ts';
import { measuresOf } from '../../../../web/figures/growth/split.ts';
import { platformOf } from '../../../../web/pages/growth/anomalies.ts';
import { askedOf, catalog, meta, scopeOf, titles, told } from './told.ts';

describe('growth as an index', () => {
  const row = (member: string, period: string, index: number | null): GrowthAnswer['rows'][number] => ({
    member,
    member_label: member.toUpperCase(),
    period,
    value: index === null ? 0 : index * 2,
    growth: null,
    growth_reason: null,
    index,
    partial: false,
    pace: null,
  });
  const growth = (rows: GrowthAnswer['rows']): GrowthAnswer => ({
    columns: [],
    rows,
    meta,
    base: '2024-11-01',
    missing_base: [],
  });
  const grown = growth([
    row('comic', '2024-11-01', 100),
    row('comic', '2025-10-01', 310),
    row('ai', '2024-11-01', 100),
    row('ai', '2025-10-01', 90),
  ]);

  it('asks for the year that leads to the range, from its first month', () => {
    expect(askedOf(growthIndex).growth).toMatchObject({
      from: '2024-11-01',
      to: '2025-10-31',
      by: 'format',
      measure: 'views',
      grain: 'month',
    });
    // The server knows which base is fair to all.
    expect(askedOf(growthIndex).growth).not.toHaveProperty('base');
    expect(askedOf(growthIndex, { base: '2025-02-01', by: 'none' }).growth).toMatchObject({ base: '2025-02-01' });
    expect(askedOf(growthIndex, { by: 'none' }).growth).not.toHaveProperty('by');
  });

  it('asks its question before there is an answer, and says who leads after', () => {
    expect(titles(told(growthIndex, undefined))).toEqual([
      '从同一起点看增长',
      'How far has each come from the same start?',
    ]);
    const said = told(growthIndex, { growth: grown });
    expect(titles(said)).toEqual([
      'COMIC2025年10月播放量为2024年11月的3.1倍',
      'COMIC: views in Oct 2025 at 3.1 times the level of Nov 2024',
    ]);
    expect([said.zh.subtitle, said.en.subtitle]).toEqual([
      '播放量指数，2024年11月 = 100（首个完整月份），按形态',
      'Views as an index, Nov 2024 = 100 (the first whole month), by format',
    ]);
    expect(said.en.drawn?.table.rows[1]).toEqual(['COMIC', '2025-10', 310, 620]);
    expect(said.en.drawn?.table.columns.map(({ header }) => header)).toEqual(['Format', 'Period', 'Index', 'Views']);
  });

  it('draws the three months that are asked for', () => {
    expect(askedOf(growthIndex, { range: '3m' }).growth).toMatchObject({ from: '2025-08-01', to: '2025-10-31' });
  });

  it('names who has no fair base, and offers the first month that all have', () => {
    const late = {
      ...growth([
        row('comic', '2024-11-01', 100),
        row('comic', '2025-09-01', 300),
        row('comic', '2025-10-01', 310),
        row('ai', '2024-11-01', null),
        row('ai', '2025-09-01', 80),
        row('ai', '2025-10-01', 90),
      ]),
      missing_base: ['ai'],
    };
    const { zh, en } = told(growthIndex, { growth: late });
    expect(en.drawn?.data.lines.map(({ id }) => id)).toEqual(['comic']);
    expect([zh.notes, en.notes]).toEqual([
      ['AI在2024年11月的数据过少，不能作为起点，未画出。'],
      ['Not drawn, having too little in Nov 2024 to start from: AI.'],
    ]);
    expect([zh.mend, en.mend]).toEqual([
      { label: '基期移至2025年9月', change: { base: '2025-09-01' } },
      { label: 'Move the base to Sep 2025', change: { base: '2025-09-01' } },
    ]);
  });

  it('says which base it is and why, and offers none from which every line would end at 100', () => {
    const later = { ...growth([row('comic', '2025-07-01', 100), row('comic', '2025-10-01', 301)]), base: '2025-07-01' };
    const said = told(growthIndex, { growth: later });
    expect(titles(said)).toEqual([
      'COMIC2025年10月播放量为7月的3.0倍',
      'COMIC: views in Oct 2025 at 3.0 times the level of Jul 2025',
    ]);
    expect([said.zh.subtitle, said.en.subtitle]).toEqual([
      '播放量指数，2025年7月 = 100（各成员数据都足够的首月），按形态',
      'Views as an index, Jul 2025 = 100 (the first month in which all shown have enough), by format',
    ]);
    const most = { growth: { ...later, missing_base: ['ai'] } };
    expect(told(growthIndex, most).en.subtitle).toContain('(the first month in which most have enough)');
    expect(told(growthIndex, most, { base: '2025-07-01' }).zh.subtitle).toContain('（所选基期）');
    const last = growth([
      row('comic', '2024-11-01', 100),
      row('comic', '2025-10-01', 310),
      row('ai', '2025-10-01', 90),
    ]);
    expect(told(growthIndex, { growth: { ...last, missing_base: ['ai'] } }).en.mend).toBeUndefined();
  });

  it('says that the scale is logarithmic if one has grown twenty times as far as another', () => {
    const tower = growth([
      row('comic', '2024-11-01', 100),
      row('comic', '2025-10-01', 2100),
      row('ai', '2024-11-01', 100),
      row('ai', '2025-10-01', 90),
    ]);
    expect(told(growthIndex, { growth: tower }).en.subtitle).toBe(
      'Views as an index, Nov 2024 = 100 (the first whole month), by format, logarithmic scale',
    );
  });

  it('puts a cut month at its pace', () => {
    const cut = { ...row('comic', '2025-10-01', 90), value: 90, partial: true, pace: 279 };
    const data = told(growthIndex, { growth: growth([row('comic', '2025-09-01', 300), cut]) }).en.drawn?.data;
    expect(data?.lines[0]?.pace).toBeCloseTo(279, 9);
  });

  it('colours formats as everywhere, and other members by the height that they reached', () => {
    expect(told(growthIndex, { growth: grown }).en.drawn?.data.lines.map(({ id, hue }) => [id, hue])).toEqual([
      ['comic', 1],
      ['ai', 2],
    ]);
    const houses = growth([row('a', '2025-10-01', 120), row('b', '2025-10-01', 140)]);
    const lines = told(growthIndex, { growth: houses }, { by: 'producer' }).en.drawn?.data.lines;
    expect(lines?.map(({ id, hue }) => [id, hue])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it('says that there is no base, or no data', () => {
    const short = { from: '2025-10-06', to: '2025-10-09' };
    const none = growth([row('comic', '2025-10-01', null)]);
    expect(told(growthIndex, { growth: none }, short).en.nothing?.reason).toBe(
      'No whole month or week to serve as the base',
    );
    expect(told(growthIndex, { growth: growth([]) }).zh.nothing?.reason).toBe('当前筛选下没有数据');
  });
});

describe('what a change is made of', () => {
  const row: DecompositionAnswer['rows'][number] = {
    member: '(total)',
    member_label: '',
    views_base: 100,
    views: '150',
    active_base: 10,
    active: 12,
    delta: 50,
    reason: null,
    effect_supply: 22.5,
    effect_intensity: 27.5,
    new: 60,
    entered: 5,
    returning: -10,
    lost: -5,
  };
  const change = (more: Partial<typeof row> = {}): DecompositionAnswer => ({
    columns: [],
    rows: [{ ...row, ...more }],
    meta,
  });

  it('is told apart by the members of a dimension, with what is left of the whole', () => {
    const members: DecompositionAnswer = {
      columns: [],
      rows: [
        { ...row, member: 'comic', member_label: 'Comic', delta: 70 },
        { ...row, member: 'ai', member_label: 'AI', delta: -10 },
      ],
      meta,
    };
    const { zh, en } = told(growthDecomposition, { change: change(), members }, { parts: 'format' });
    expect([zh.title, en.title]).toEqual(['Comic贡献最大', 'Comic made most of the difference']);
    expect([zh.subtitle, en.subtitle]).toEqual([
      '播放量，2025年9月 → 2025年10月，按形态',
      'Views, Sep 2025 → Oct 2025, by format',
    ]);
    expect(en.drawn?.data.steps.map(({ name, value }) => [name, value])).toEqual([
      ['Sep 2025', 100],
      ['Comic', 70],
      ['AI', -10],
      ['Others', -10],
      ['Oct 2025', 150],
    ]);
    expect(en.drawn?.data.steps[1]?.note).toBe('supply +23, intensity +28');
    expect(askedOf(growthDecomposition, { parts: 'format' }).members).toMatchObject({ by: 'format', limit: 6 });
    // What no file states is nothing to tell apart by.
    expect(askedOf(growthDecomposition, { parts: 'franchise' })).not.toHaveProperty('members');
  });

  it.each(['effect', 'activity'])('is told by %s in steps that add up to the later whole', (split) => {
    const steps = told(growthDecomposition, { change: change() }, { split }).en.drawn?.data.steps ?? [];
    const [first, last] = [steps[0], steps.at(-1)];
    const changes = steps.filter(({ role }) => role === 'change').reduce((sum, { value }) => sum + value, 0);
    expect((first?.value ?? 0) + changes).toBeCloseTo(last?.value ?? Number.NaN, 9);
  });

  it('makes a headline of what outweighs the rest', () => {
    expect(titles(told(growthDecomposition, { change: change() }))).toEqual([
      '增长主要来自新上线的剧集',
      'The change comes mostly from newly released series',
    ]);
    expect(titles(told(growthDecomposition, { change: change() }, { split: 'effect' }))).toEqual([
      '增长从何而来',
      'Where did growth come from?',
    ]);
    expect(leadingEffect(row)).toBeNull();
    expect(leadingEffect({ ...row, effect_supply: 60, effect_intensity: -10 })).toBe('lead_supply');
    expect(leadingEffect({ ...row, effect_supply: 5, effect_intensity: -60 })).toBe('lead_intensity');
    expect(newReleasesLead({ ...row, returning: -80 })).toBe(false);
  });

  it('gives its steps as a table', () => {
    const table = told(growthDecomposition, { change: change() }, { split: 'effect' }).zh.drawn?.table;
    expect(table?.columns.map(({ header }) => header)).toEqual(['步骤', '播放量']);
    expect(table?.rows).toEqual([
      ['2025年9月', 100],
      ['供给效应', 22.5],
      ['强度效应', 27.5],
      ['2025年10月', 150],
    ]);
  });

  it('says why a ranking cannot be told apart', () => {
    const ranking = change({ reason: 'not_on_chart', effect_supply: null, effect_intensity: null, new: null });
    const { nothing } = told(growthDecomposition, { change: ranking }).en;
    expect(nothing?.reason).toBe('A chart’s change cannot be decomposed');
    expect(nothing?.remedy).toContain('changed by −10.');
  });

  it('asks nothing without a comparison, and says what to do', () => {
    expect(askedOf(growthDecomposition, { compare: 'none' })).toEqual({});
    expect(told(growthDecomposition, {}, { compare: 'none' }).zh.nothing?.reason).toBe('未设对比');
    expect(told(growthDecomposition, {}, { range: 'all' }).en.nothing?.reason).toBe(
      'No earlier period to compare with',
    );
  });
});

describe('who rose and who fell', () => {
  const mover = (id: string, delta: number): MoversAnswer['rows'][number] => ({
    member: id,
    member_label: id,
    value: 100 + delta,
    previous: 100,
    delta,
    growth: delta / 100,
    growth_reason: null,
    contribution_pp: null,
    rank: 1,
    rank_previous: null,
    rank_change: null,
    rank_change_reason: 'new',
  });
  const movers = (rows: MoversAnswer['rows']): MoversAnswer => ({ columns: [], rows, meta });

  it('are the largest seven of each; how many are left is said', () => {
    const rows = Array.from({ length: 41 }, (_, at) => mover(`m${at}`, at - 20));
    const { zh, en } = told(growthMovers, { movers: movers(rows) });
    const deltas = en.drawn?.data.movers.map(({ delta }) => delta) ?? [];
    expect([deltas[0], deltas[6], deltas[7], deltas.at(-1)]).toEqual([20, 14, -14, -20]);
    expect(zh.notes).toEqual(['另有26项变化较小，见下表']);
    expect(en.drawn?.table.rows).toHaveLength(41);
  });

  it('are written in the unit of their measure, changes of a share in points', () => {
    const row = { ...mover('a', 0.05), value: 0.25, previous: 0.2, growth: 0.25 };
    const { en } = told(growthMovers, { movers: movers([row]) }, { measure: 'share_of_views' });
    expect(en.drawn?.data.kind).toBe('points');
    expect(en.drawn?.data.movers[0]?.delta).toBeCloseTo(5, 9);
    expect(en.drawn?.data.movers[0]?.facts.slice(0, 2)).toEqual([
      { name: 'Now', value: '25.00%' },
      { name: 'Before', value: '20.00%' },
    ]);
    expect(en.drawn?.table.columns.slice(1, 4).map(({ kind }) => kind)).toEqual(['fraction', 'fraction', 'points']);
  });

  it('are of any measure that the data have, and of the first for any other', () => {
    expect(measuresOf(catalog)).toEqual(['views', 'cumulative_views', 'share_of_views']);
    expect(askedOf(growthMovers, { measure: 'share_of_views' }).movers).toMatchObject({ measure: 'share_of_views' });
    expect(askedOf(growthMovers, { measure: 'revenue' }).movers).toMatchObject({ measure: 'views' });
  });

  it('are said of which ranges, in both languages', () => {
    const { zh, en } = told(growthMovers, undefined);
    expect([zh.subtitle, en.subtitle]).toEqual([
      '播放量变化，2025年10月对比2025年9月，按形态',
      'Change in views, Oct 2025 vs Sep 2025, by format',
    ]);
    expect(growthMovers.heads(scopeOf(growthMovers, { compare: 'none' })).subtitle).toBe(
      'Change in views, Oct 2025, by format',
    );
  });

  it('are nobody if nothing changed, is compared or is split', () => {
    expect(told(growthMovers, { movers: movers([mover('a', 0)]) }).en.nothing?.reason).toBe(
      'No data for these filters',
    );
    expect(askedOf(growthMovers, { by: 'none' })).toEqual({});
    expect(told(growthMovers, {}, { compare: 'none' }).en.nothing?.reason).toBe('No comparison chosen');
  });
});

describe('cohorts of release', () => {
  const cell = (cohort: string, week: number, more: Partial<CohortsAnswer['rows'][number]> = {}) => ({
    cohort,
    week,
    series: 3,
    views: 300,
    views_per_series: 100,
    retention: week === 0 ? 1 : 0.25,
    complete: true,
    ...more,
  });
  const cohorts = (rows: CohortsAnswer['rows']): { cohorts: CohortsAnswer } => ({
    cohorts: { columns: [], rows, meta },
  });
  const rows = [
    cell('2025-09-01', 0),
    cell('2025-09-01', 1),
    cell('2025-10-01', 0),
    cell('2025-10-01', 1, { complete: false }),
  ];

  it('are asked for the year that leads to the month', () => {
    expect(askedOf(growthCohorts).cohorts).toMatchObject({ from: '2024-11-01', to: '2025-10-31', weeks: 13 });
  });

  it('have no cell for a week that some series have yet to live', () => {
    const { zh, en } = told(growthCohorts, cohorts(rows));
    expect(en.drawn?.data.cells.map(({ row, column, value }) => [row, column, value])).toEqual([
      [0, 0, 100],
      [0, 1, 100],
      [1, 0, 100],
    ]);
    expect([zh.notes, en.notes]).toEqual([
      ['仍有剧集未满的周未画出。'],
      ['Weeks that some series have yet to live are left out.'],
    ]);
    expect(zh.drawn?.data.rows.map(({ name }) => name)).toEqual(['2025年9月', '2025年10月']);
    expect(zh.drawn?.data.columns.map(({ name }) => name)).toEqual(['第1周', '第2周']);
  });

  it('say which of them have no row as yet, and why', () => {
    const young = [cell('2025-09-01', 0), cell('2025-10-01', 0, { complete: false })];
    const { zh, en } = told(growthCohorts, cohorts(young));
    expect(zh.drawn?.data.rows.map(({ name }) => name)).toEqual(['2025年9月']);
    expect(zh.notes).toEqual(['2025年10月上线的剧集尚未都满首周，暂不列出。']);
    expect(en.notes).toEqual(['No row for Oct 2025: not all series released then have lived their first week yet.']);
    expect(told(growthCohorts, cohorts(rows), { cohort: 'retention' }).zh.notes[0]).toContain(
      '2025年10月上线的剧集尚未都满第二周',
    );
  });

  it('against their first week leave that week out', () => {
    const heat = told(growthCohorts, cohorts(rows), { cohort: 'retention' }).en.drawn?.data;
    expect(heat?.cells.map(({ value }) => value)).toEqual([0.25]);
  });

  it('say why there are none', () => {
    expect(told(growthCohorts, cohorts([])).en.nothing?.reason).toBe('No releases on a known day');
    const young = told(growthCohorts, cohorts([cell('2025-10-01', 0, { complete: false })]));
    expect(young.zh.nothing?.reason).toBe('新剧尚未满一周');
  });
});

describe('days that stand out', () => {
  it('name the platform that most of the difference is on', () => {
    const on = (platform: string, part: number | null) => ({
      ...{ platform, platform_label: platform, views: 1, expected: 1 },
      part,
    });
    expect(platformOf({ by_platform: [on('a', 0.8), on('b', 0.2)] })).toBe('a');
    expect(platformOf({ by_platform: [on('a', 0.5), on('b', 0.5)] })).toBeNull();
    expect(platformOf({ by_platform: [on('a', 1)] })).toBeNull();
    expect(platformOf({ by_platform: [] })).toBeNull();
  });
});
