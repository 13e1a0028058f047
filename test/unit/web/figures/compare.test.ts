import { describe, expect, it } from 'vitest';
import type { GrowthAnswer } from '../../../../server/contract/analyses.ts';
import type { CompareAnswer, CurvesAnswer } from '../../../../server/contract/analyses-depth.ts';
import { compareAges } from '../../../../web/figures/compare/ages.ts';
import { compareAddress, comparedIn } from '../../../../web/figures/compare/compared.ts';
import { fastestAmong } from '../../../../web/figures/compare/fastest.ts';
import { compareIndex } from '../../../../web/figures/compare/indexOverTime.ts';
import { compareMix } from '../../../../web/figures/compare/mix.ts';
import {
  groupMix,
  groupTotals,
  leadsSentence,
  mixSentence,
  seriesTotals,
} from '../../../../web/figures/compare/totals.ts';
import { formatSearch, parseFilters } from '../../../../web/filters/grammar.ts';
import { comparedOn } from '../../../../web/filters/memberPages.ts';
import { comparedRow as house } from './comparedRow.ts';
import { clubOf } from './small.ts';
import { answer, askedOf, meta, scopeOf, told } from './told.ts';

const filtersOf = (address: Record<string, string>) => scopeOf(compareAges, address).filters;

describe('what an address sets side by side', () => {
  it('is the dimension that is filtered by several', () => {
    expect(comparedIn(filtersOf({ producer: 'a,b', primary_genre: 'urban' }), undefined)).toEqual({
      by: 'producer',
      ids: ['a', 'b'],
    });
    expect(comparedIn(filtersOf({ series: 's,r' }), undefined)?.by).toBe('series');
  });

  it('is what it says it is, if several are', () => {
    const both = filtersOf({ producer: 'a,b', primary_genre: 'x,y' });
    expect(comparedIn(both, 'primary_genre')?.ids).toEqual(['x', 'y']);
    expect(comparedIn(both, undefined)?.by).toBe('producer');
  });

  it('is one alone, however short, or nothing', () => {
    expect(comparedIn(filtersOf({ producer: 'a' }), undefined)?.ids).toEqual(['a']);
    expect(comparedIn(filtersOf({ producer: '!a,b' }), undefined)).toBeNull();
    expect(comparedIn(filtersOf({}), 'producer')).toBeNull();
  });

  it('is written with the filters on everything else, and with its dimension if that is not clear', () => {
    const at = (address: Record<string, string>) =>
      formatSearch(compareAddress(parseFilters(address), 'producer', ['a', 'b,c']));
    expect(at({ format: 'comic', producer: 'old', range: 'all' })).toBe('?range=all&format=comic&producer=a,b~1c');
    expect(at({ series: 's,r' })).toBe('?producer=a,b~1c&series=s,r&by=producer');
  });
});

const part = (member: string, id: string, share: number) => ({
  member,
  part: id,
  part_label: id.toUpperCase(),
  views: 1,
  share,
  active_series: 1,
});
const compared: CompareAnswer = {
  columns: [],
  rows: [
    house('a', {
      views: 90,
      growth_reason: 'new',
      active_series: 2,
      series_views_median: 45,
      hits: 1,
      mature_releases: 2,
      hit_rate: 0.5,
      hit_rate_low: 0.1,
      hit_rate_high: 0.9,
    }),
    house('b', { views: 30, growth: 0.2, active_series: 2, series_views_median: 15 }),
  ],
  mix: [part('a', '(unknown)', 0.5), part('a', 'urban', 0.4), part('b', 'family', 0.9), part('b', 'urban', 0.1)],
  index: [],
  index_base: '2025-10-01',
  meta,
};
const page = { producer: 'a,b', format: 'comic' };
const [en, zh] = [scopeOf(compareAges, page), scopeOf(compareAges, page, 'zh')];
const names = ['A', 'B'];

describe('totals side by side', () => {
  const totals = groupTotals(compared, en);
  const line = (id: string) => totals.find((total) => total.id === id);

  it('say the highest of each line, and nobody in a tie or where one alone has a value', () => {
    expect(line('views')?.cells.map(({ text, leads }) => [text, leads])).toEqual([
      ['90', true],
      ['30', false],
    ]);
    expect(line('active_series')?.cells.map(({ leads }) => leads)).toEqual([false, false]);
    expect(line('growth')?.cells.map(({ note, leads }) => [note, leads])).toEqual([
      ['New', false],
      [undefined, false],
    ]);
  });

  it('draw no superlative from a median of fewer than twenty series', () => {
    const leadsOf = (few_peers: boolean) => {
      const rows = compared.rows.map((row) => ({ ...row, few_peers }));
      const median = groupTotals({ ...compared, rows }, en).find(({ id }) => id === 'series_views_median');
      return median?.cells.map(({ text, leads }) => [text, leads]);
    };
    expect(leadsOf(true)).toEqual([
      ['45', false],
      ['15', false],
    ]);
    expect(leadsOf(false)?.[0]).toEqual(['45', true]);
  });

  it('write the counts of a line alike, and a growth of more than tenfold as times', () => {
    const rows = [house('a', { views: 1.13e9, growth: 24.1 }), house('b', { views: 1.3e9, growth: 0.5 })];
    const textsOf = (id: string, scope: typeof en) =>
      groupTotals({ ...compared, rows }, scope)
        .find((total) => total.id === id)
        ?.cells.map(({ text }) => text);
    expect([textsOf('views', en), textsOf('views', zh)]).toEqual([
      ['1.13B', '1.30B'],
      ['11.30亿', '13.00亿'],
    ]);
    expect([textsOf('growth', en), textsOf('growth', zh)]).toEqual([
      ['25.1 times', '+50.0%'],
      ['增至25.1倍', '+50.0%'],
    ]);
  });

  it('leave out what nobody has, and carry the cases and the interval of a rate', () => {
    expect(line('ai_share')).toBeUndefined();
    expect(line('hit_rate')?.cells[0]).toMatchObject({ text: '50.0%', note: '1 of 2, 10% to 90%' });
  });

  it('say in a sentence what sets the members apart', () => {
    expect(leadsSentence(totals, names, en)).toBe('A leads in views (90).');
    expect(leadsSentence(groupTotals(compared, zh), names, zh)).toBe('A的播放量（90）最高。');
    const of = { by: 'producer' as const, ids: ['a', 'b'], names };
    expect(mixSentence(groupMix(compared, en), of, en)).toBe(
      'Genre with most views: URBAN for A (40%), FAMILY for B (90%).',
    );
    expect(mixSentence(groupMix(compared, zh), of, zh)).toBe('播放最多的题材：A为URBAN（40%），B为FAMILY（90%）。');
  });

  it('call no fall the highest growth', () => {
    const rows = compared.rows.map((row, at) => ({ ...row, growth: -0.2 - at, views: 1 }));
    expect(leadsSentence(groupTotals({ ...compared, rows }, en), names, en)).toBe('');
  });

  it('say nothing of what is the same', () => {
    const same = { ...compared, rows: [house('a', {}), house('b', {})], mix: [] };
    expect(leadsSentence(groupTotals(same, en), names, en)).toBe('');
    expect(mixSentence([], { by: 'producer', ids: ['a', 'b'], names }, en)).toBe('');
  });

  it('hold series in the order asked, those without rows empty', () => {
    const column = { place: 1, hidden: false };
    const catalog = { ...en.catalog, measures: en.catalog.measures.map((one) => ({ ...one, column })) };
    const rows = answer([{ series: 's', views: 5, cumulative_views: 9, views__growth: 0.5 }]);
    const lines = seriesTotals(rows, ['r', 's'], { ...en, catalog });
    expect(lines.map(({ id, cells }) => [id, ...cells.map(({ text }) => text)])).toEqual([
      ['views', '–', '5'],
      ['growth', '–', '+50.0%'],
      ['cumulative_views', '–', '9'],
    ]);
  });
});

describe('the mix side by side', () => {
  it('asks the comparison of the members without what the filter bar says of them', () => {
    const { groups } = askedOf(compareMix, page);
    expect(groups).toMatchObject({ ids: ['a', 'b'], filters: [{ dimension: 'format' }] });
    expect(askedOf(compareMix, { series: 's,r' }).platforms).toMatchObject({ dimensions: ['series', 'platform'] });
  });

  it('has a column a member, the largest part first', () => {
    expect(told(compareMix, { groups: compared }, page).en.drawn?.table).toMatchObject({
      columns: [{ header: 'Primary genre' }, { header: 'A' }, { header: 'B' }],
      rows: [
        ['FAMILY', null, 0.9],
        ['Unknown', 0.5, null],
        ['URBAN', 0.4, 0.1],
      ],
    });
  });

  it('is of each series’ own views', () => {
    const platforms = answer([
      { series: 's', platform: 'x', platform_label: 'X', views: 3 },
      { series: 's', platform: 'y', platform_label: 'Y', views: 1 },
    ]);
    expect(told(compareMix, { platforms }, { series: 's,r' }).en.drawn?.table.rows).toEqual([
      ['X', 0.75, null],
      ['Y', 0.25, null],
    ]);
  });
});

const growth = (rows: Partial<GrowthAnswer['rows'][number]>[], base = '2024-11-01'): GrowthAnswer => ({
  columns: [],
  meta,
  base,
  missing_base: [],
  rows: rows.map((row) => ({
    member: 'a',
    member_label: 'A',
    period: '2024-11-01',
    value: 1,
    index: 100,
    growth: null,
    growth_reason: null,
    partial: false,
    pace: null,
    ...row,
  })),
});

describe('the index side by side', () => {
  it('leaves it to the server where 100 is', () => {
    expect(askedOf(compareIndex, page).growth).toMatchObject({ by: 'producer', from: '2024-11-01', limit: 2 });
    expect(askedOf(compareIndex, page).growth).not.toHaveProperty('base');
  });

  it('says that its scale is logarithmic, and moves the base to where all have views', () => {
    const [period, last] = ['2025-09-01', '2025-10-01'];
    const own = [{}, { period, index: 2500 }, { period: last, index: 2600 }];
    const came = growth([
      ...own,
      ...[{ value: 0, index: null }, { period }, { period: last }].map((row) => ({ member: 'b', ...row })),
    ]);
    const said = told(compareIndex, { growth: { ...came, missing_base: ['b'] } }, page).en;
    expect(said.subtitle).toBe('Views as an index, Nov 2024 = 100 (the first whole month), logarithmic scale');
    expect(said.mend).toEqual({ label: 'Move the base to Sep 2025', change: { base: period } });
    expect(askedOf(compareIndex, { ...page, base: period }).growth).toMatchObject({ base: period });
  });

  it('names whom it cannot draw', () => {
    const { en: said, zh: saidZh } = told(
      compareIndex,
      { growth: growth([{}, { member: 'b', member_label: 'B', index: null }]) },
      page,
    );
    expect(said.subtitle).toBe('Views as an index, Nov 2024 = 100 (the first whole month)');
    expect(said.notes).toEqual(['Not drawn, having too few views in the base period to start from: b.']);
    expect(saidZh.drawn?.data.lines.map(({ id, hue }) => [id, hue])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });
});

describe('curves by age side by side', () => {
  const curve = (member: string, of: Partial<CurvesAnswer['rows'][number]>): CurvesAnswer['rows'][number] => ({
    member,
    member_label: member.toUpperCase(),
    day_since_release: 0,
    value: null,
    median: null,
    q1: null,
    q3: null,
    series: 3,
    ...of,
  });

  it('are medians of groups and values of series', () => {
    expect(askedOf(compareAges, page).curves).toMatchObject({ by: 'producer', from: '2024-11-01' });
    expect(askedOf(compareAges, { series: 's,r' }).curves).toMatchObject({ series: ['s', 'r'], filters: [] });
  });

  it('say over how many series they are, and who has none', () => {
    const said = told(compareAges, { curves: { columns: [], meta, rows: [curve('a', { median: 7 })] } }, page);
    expect(said.en.drawn?.data.curves.map(({ id, values }) => [id, values])).toEqual([['a', [7]]]);
    expect(said.zh.notes).toEqual([
      '样本（上线满曲线末一天的剧集）：A3部。',
      'b没有在数据起点之后上线、且有上线日期的剧集，无法画出曲线。',
    ]);
  });
});

describe('the fastest of a group', () => {
  const row = (series: string, days_to: number | null, hours_to: number | null, cumulative_views: number) =>
    clubOf(series).rows.map((one) => ({ ...one, days_to, hours_to, cumulative_views }));
  const rows = [row('a', 3, 60, 10), row('b', 2, null, 20), row('c', 2, 30, 90), row('d', null, null, 99)].flat();

  it('are all that needed as few days, the larger first, and in hours only if the club says so', () => {
    const told = fastestAmong(rows, 'days', 'en');
    expect([told?.rows.map(({ series }) => series), told?.time]).toEqual([['c', 'b'], '2 days']);
    expect(fastestAmong(rows.slice(0, 1), 'days', 'zh')?.time).toBe('3天');
    expect(fastestAmong([...row('a', 3, 60, 1), ...row('c', 2, 30, 1)], 'hours', 'en')).toMatchObject({ time: '30 h' });
    expect(fastestAmong(rows.slice(3), 'days', 'en')).toBeNull();
  });
});

describe('the page that compares', () => {
  it('belongs to the list of what it compares', () => {
    expect(comparedOn('/compare', { producer: 'a,b', series: 's' })).toBe('producer');
    expect(comparedOn('/compare', { producer: 'a,b', series: 's,r', by: 'series' })).toBe('series');
    expect(comparedOn('/compare', { format: 'comic' })).toBeNull();
    expect(comparedOn('/genres', { producer: 'a,b' })).toBeNull();
  });
});
