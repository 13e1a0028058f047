import { describe, expect, it } from 'vitest';
import { LIGHT_LOOK } from '../../../../web/charts/look.ts';
import { stackedAreas } from '../../../../web/charts/stackedAreas.ts';
import { tell } from '../../../../web/figures/figure.ts';
import { chosenFormat, formatsGenreMix } from '../../../../web/figures/formats/genreMix.ts';
import { formatsMadeByAi } from '../../../../web/figures/formats/madeByAi.ts';
import { formatsMix } from '../../../../web/figures/formats/mix.ts';
import { formatsOngoing } from '../../../../web/figures/formats/ongoing.ts';
import { formatsReleases } from '../../../../web/figures/formats/releases.ts';
import { answer, askedOf, scopeOf, titles, told } from './told.ts';

const FORMATS: Readonly<Record<string, string>> = { comic: 'Comic', live_action: 'Live action', ai: 'AI format' };
const share = (period: string, format: string, share_of_views: number, views: number) => ({
  period,
  format,
  format_label: FORMATS[format] ?? format,
  share_of_views,
  views,
});

describe('the mix of formats', () => {
  const shares = answer(
    [
      share('2025-08-01', 'comic', 0.1, 10),
      share('2025-08-01', 'live_action', 0.9, 90),
      share('2025-09-01', 'comic', 0.25, 50),
      share('2025-09-01', 'live_action', 0.75, 150),
      share('2025-10-01', 'comic', 0.5, 20),
      share('2025-10-01', 'live_action', 0.5, 20),
    ],
    { partial_periods: ['2025-10-01'] },
  );

  it('says whose share rose most over the whole periods, with the shares as they came', () => {
    const said = told(formatsMix, { shares });
    expect(titles(said)).toEqual([
      'Comic的播放占比由8月的10.0%升至9月的25.0%',
      'Comic rose from 10.0% of views in Aug to 25.0% in Sep 2025',
    ]);
    expect(said.en.drawn?.data.parts.map(({ id, amounts }) => [id, amounts])).toEqual([
      ['live_action', [90, 150, 20]],
      ['comic', [10, 50, 20]],
    ]);
    expect(said.zh.drawn?.table.rows[0]).toEqual(['2025-08-01', 0.9, 0.1]);
    expect(said.en.cut).toBe('2025-10-31');
  });

  it('needs two formats', () => {
    const one = { shares: answer([share('2025-10-01', 'comic', 1, 20)]) };
    expect(told(formatsMix, one).zh.nothing?.reason).toBe('只有一种形态');
    expect(told(formatsMix, { shares: answer([]) }).en.nothing?.reason).toBe('No data for these filters');
  });

  it('is drawn to 100 %, its bands named where they end and the cut period veiled', () => {
    const data = told(formatsMix, { shares }).en.drawn?.data;
    if (data === undefined) throw new Error('nothing is drawn');
    const drawn = JSON.stringify(
      stackedAreas(data, { look: LIGHT_LOOK, language: 'en', width: 800, height: 400, motion: false }),
    );
    expect(drawn).toContain('"max":1');
    expect(drawn).toContain('"text":"Comic"');
    expect(drawn).toContain('"text":"50.0%"');
    expect(drawn).toContain('"id":"cut"');
  });
});

describe('ongoing series', () => {
  const active = (format: string, active_series: number, period?: string) => ({
    ...(period === undefined ? {} : { period }),
    format,
    format_label: FORMATS[format] ?? format,
    active_series,
  });
  const answers = {
    course: answer([active('comic', 3, '2025-09-01'), active('comic', 4, '2025-10-01')]),
    whole: answer([active('(unknown)', 9), active('comic', 4536), active('live_action', 30)]),
  };
  const months = { from: '2025-06-01', to: '2025-10-31' };

  it('are asked by period, and distinct over the range', () => {
    expect(askedOf(formatsOngoing, months)).toMatchObject({
      course: { measures: ['active_series'], dimensions: ['format'], time: { ...months, grain: 'month' } },
      whole: { measures: ['active_series'], dimensions: ['format'], time: months },
    });
    expect(askedOf(formatsOngoing, months).whole).not.toHaveProperty('time.grain');
  });

  it('are headed by the distinct number of the range, never of what is unknown', () => {
    const said = told(formatsOngoing, answers, months);
    expect(titles(said)).toEqual([
      '2025年6月至10月在播Comic共4,536部',
      '4,536 comic series were ongoing from Jun to Oct 2025',
    ]);
    expect(said.en.notes[0]).toContain('Comic 4,536, Live action 30');
    expect(said.en.drawn?.table.rows.at(-1)).toEqual(['Distinct', 4536]);
  });

  it('name the genres that the page is filtered to', () => {
    const scope = scopeOf(formatsOngoing, { ...months, format: 'comic', genre: 'fantasy,xianxia' });
    const names = { genre: { fantasy: 'Fantasy', xianxia: 'Xianxia' } };
    expect(tell(formatsOngoing, { ...scope, names }, answers).title).toBe(
      '4,536 comic series of Fantasy or Xianxia were ongoing from Jun to Oct 2025',
    );
  });

  it('are not told twice of a single month', () => {
    expect(told(formatsOngoing, answers).en.notes).toEqual([]);
  });
});

describe('genres inside a format', () => {
  const formats = answer([
    { format: 'comic', format_label: 'Comic', views: 5 },
    { format: 'live_action', format_label: 'Live action', views: 7 },
  ]);
  const genre = (id: string, views: number, active_series: number) => ({
    genre: id,
    genre_label: id.toUpperCase(),
    views,
    share_of_views: views / 10,
    active_series,
    views__growth: 0.5,
  });

  it('are of comic unless another is picked, and ask for that one alone', () => {
    expect(askedOf(formatsGenreMix)).not.toHaveProperty('genres');
    const asked = (of?: string) => askedOf(formatsGenreMix, of === undefined ? {} : { of }, { formats }).genres;
    expect(asked()).toMatchObject({ filters: [{ dimension: 'format', op: 'in', values: ['comic'] }] });
    expect(asked('live_action')).toMatchObject({ filters: [{ values: ['live_action'] }] });
    expect(asked('opera')).toMatchObject({ filters: [{ values: ['comic'] }] });
    expect(chosenFormat(formats, scopeOf(formatsGenreMix)).choices.map(({ id }) => id)).toEqual([
      'live_action',
      'comic',
    ]);
  });

  it('are counted by views or by series, the leader named if it has series enough', () => {
    const genres = answer([genre('(unknown)', 8, 90), genre('fantasy', 6, 40)]);
    expect(titles(told(formatsGenreMix, { formats, genres }))).toEqual([
      'Comic中FANTASY题材播放最多，占60.0%',
      'FANTASY leads in comic with 60.0% of views',
    ]);
    const series = told(formatsGenreMix, { formats, genres }, { count: 'series' });
    expect(series.en.title).toBe('FANTASY leads in comic with 40 series');
    expect(series.en.drawn?.data.bars.map(({ value, hue }) => [value, hue])).toEqual([
      [90, 'grey'],
      [40, 1],
    ]);
    const few = answer([genre('fantasy', 6, 19)]);
    expect(told(formatsGenreMix, { formats, genres: few }).en.title).toBe('Which genres make up a format');
  });

  it('say what their growth is against', () => {
    const said = told(formatsGenreMix, { formats, genres: answer([genre('fantasy', 6, 40)]) });
    expect(said.en.drawn?.data.bars[0]?.change).toBe('+50.0% vs Sep 2025');
  });
});

describe('what is made by AI', () => {
  const both = { ai_series_share: 0.42, ai_share: 0.126 };
  const answers = {
    whole: answer([both]),
    formats: answer([{ format: 'ai', format_label: 'AI format', share_of_views: 0.003 }]),
    course: answer([{ period: '2025-10-01', ...both }]),
  };

  it('is told apart from the AI format', () => {
    const said = told(formatsMadeByAi, answers);
    expect(titles(said)).toEqual([
      'AI 制作占在播剧集的42.0%，占播放量的12.6%',
      'Made by AI: 42.0% of ongoing series, 12.6% of views',
    ]);
    expect(said.zh.notes[0]).toContain('“AI 形态”是一种形态，2025年10月占播放量的0.3%');
    expect(said.en.notes[0]).toContain('The “AI format” is one of the formats; it had 0.3% of views in Oct 2025.');
    expect(said.en.drawn?.data.lines.map(({ values }) => values)).toEqual([[0.42], [0.126]]);
  });

  it('is unknown if nothing says it', () => {
    const whole = answer([{ ai_series_share: null, ai_share: null }]);
    expect(told(formatsMadeByAi, { ...answers, whole }).en.nothing?.reason).toBe('No series says how it was made');
  });
});

describe('new series by how they are made', () => {
  it('stand made by people first, what is unknown last', () => {
    const made = (production: string, new_series: number) => ({
      period: '2025-10-01',
      production,
      production_label: production,
      new_series,
    });
    const releases = answer([made('(unknown)', 50), made('ai', 30), made('human', 20)]);
    const { data } = told(formatsReleases, { releases }).en.drawn ?? {};
    expect(data?.parts.map(({ id, hue }) => [id, hue])).toEqual([
      ['human', 6],
      ['ai', 3],
      ['(unknown)', 'grey'],
    ]);
  });
});
