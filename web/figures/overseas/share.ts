import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { lastCut } from '../../charts/frame.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { markOf, periodSpan, within } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { dimensionLabel, measureTerm, membersIn } from '../../filters/scope.ts';
import { trendWindow } from '../../filters/trend.ts';
import { during, percent, range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { numberCell, textCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import { periodParts } from '../periodParts.ts';
import { overseasWords } from './words.ts';

export const SHARE_SPLITS = ['none', 'format'] as const;
export const shareParams = z.object({ split: z.enum(SHARE_SPLITS).catch('none') });
type ShareScope = FigureScope<z.output<typeof shareParams>>;

function subtitleOf(scope: ShareScope): string {
  const { language } = scope;
  const t = overseasWords.say(language);
  const course = trendWindow(scope);
  return t('share_subtitle', {
    grain: t(`grain_${course.grain}`),
    range: rangeText(course.range.from, course.range.to, language),
  });
}

export const overseasShare = figure({
  id: 'overseas.share',
  params: shareParams,
  heads: (scope) => ({
    title: overseasWords.say(scope.language)('share_title'),
    subtitle: subtitleOf(scope),
    definition: measureTerm(scope, 'overseas_share').definition,
  }),
  asks: (scope) => {
    const { range, grain } = trendWindow(scope);
    const by = scope.params.split === 'none' ? {} : { dimensions: [scope.params.split] };
    return {
      whole: query(scope, { measures: ['overseas_share'] }),
      course: query(scope, { measures: ['overseas_share'], ...by, time: { ...range, grain } }),
    };
  },
  says: ({ whole, course }, scope) => {
    const t = overseasWords.say(scope.language);
    // Of one market there is no share.
    if (
      membersIn(scope.filters).some(
        ({ dimension, op }) => op === 'in' && (dimension === 'market' || dimension === 'region'),
      )
    )
      return { nothing: t('share_filtered'), remedy: t('share_filtered_text') };
    const { periods, lines } = linesOf(course, scope);
    if (lines.every(({ values }) => values.every((value) => value === null))) return noRows(scope);
    const trend = trendWindow(scope);
    const data: LinesData = {
      periods,
      lines,
      grain: trend.grain,
      kind: 'fraction',
      partial: { periods: course.meta.partial_periods, asOf: lastDrawnDay(scope.asOf, trend.range.to) },
      measure: subtitleOf(scope),
    };
    const share = numberCell(whole.rows[0]?.overseas_share);
    const when = during(scope.range.from, scope.range.to, scope.language);
    return {
      ...(share === null ? {} : { title: t('share_lead', { when, share: percent(share) }) }),
      data,
      table: {
        columns: [
          { id: 'period', header: t('period'), kind: 'text' },
          ...lines.map(({ id, name, mark }) => ({ id, header: name, kind: 'fraction' as const, mark })),
        ],
        rows: periods.map((period, at) => [period, ...lines.map(({ values }) => values[at] ?? null)]),
        marks: periods.map((period) => within(undefined, periodSpan(period, trend.grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

function linesOf(course: Answer, { params, language }: ShareScope): Pick<LinesData, 'periods' | 'lines'> {
  if (params.split !== 'none') {
    const { periods, parts } = periodParts(course, { by: params.split, measure: 'overseas_share', language });
    return { periods, lines: parts };
  }
  const values = course.rows.map((row) => numberCell(row.overseas_share));
  const hue = memberHue('market', 'overseas', []);
  const name = overseasWords.say(language)('share_all');
  return {
    periods: course.rows.map((row) => textCell(row.period)),
    lines: [{ id: 'overseas', name, hue, values, mark: markOf('market', 'overseas', name) }],
  };
}

/** The name of a choice of split. */
export const shareSplitName = (scope: ShareScope, split: (typeof SHARE_SPLITS)[number]): string =>
  split === 'none' ? overseasWords.say(scope.language)('share_all') : dimensionLabel(scope, split);
