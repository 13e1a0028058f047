import type { ClubAnswer, MilestonesAnswer } from '../../../server/contract/analyses.ts';
import { heightForRows } from '../../charts/heights.ts';
import { type TimelineData, timeline } from '../../charts/timeline.ts';
import { markOf } from '../../filters/marks.ts';
import { addDays, daysIn } from '../../filters/ranges.ts';
import { compact, days, during, hours, moment } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { amountOf, type ClubScope, clubCall, clubParams, nobodyCrossed, thresholdOf } from './club.ts';
import { clubWords } from './words.ts';

const SHOWN = 15;
/** Beside the page's own threshold. */
const RUNGS = [1e8, 5e8, 1e9, 2e9, 3e9, 5e9, 1e10];

const heightOf = (rows: number): number => heightForRows(Math.min(SHOWN, rows), { row: 32, foot: 48 });
/** Of as many as a month has as a rule. */
export const TIMELINE_HEIGHT = heightOf(6);

interface TimelineAnswers {
  readonly [name: string]: ClubAnswer | MilestonesAnswer | undefined;
  club: ClubAnswer;
  milestones?: MilestonesAnswer;
}

export const clubTimeline = figure<typeof clubParams, TimelineAnswers, TimelineData>({
  id: 'club.timeline',
  params: clubParams,
  heads: (scope) => {
    const t = clubWords.say(scope.language);
    const { range, language } = scope;
    return {
      title: t('timeline_title'),
      subtitle: t('timeline_subtitle', {
        threshold: amountOf(scope),
        when: during(range.from, range.to, language),
      }),
      definition: t('crossing_definition'),
      height: TIMELINE_HEIGHT,
    };
  },
  asks: (scope, { club }) => {
    const first = { club: clubCall(scope) };
    const members = club === undefined ? [] : inOrder(club).slice(0, SHOWN);
    if (members.length === 0) return first;
    const milestones = analysis(scope, 'milestones', {
      series: members.map(({ series }) => series),
      thresholds: [...new Set([...RUNGS, thresholdOf(scope)])],
      // Not only those of the range: also how it came there, and how far it went.
      from: scope.since,
      to: scope.asOf,
    });
    return { ...first, milestones };
  },
  says: ({ club, milestones }, scope) => {
    const t = clubWords.say(scope.language);
    const members = inOrder(club);
    const rows = (milestones?.rows ?? []).filter(({ crossed_at }) => crossed_at !== null);
    if (members.length === 0 || rows.length === 0) return nobodyCrossed(scope);
    const shown = members.slice(0, SHOWN);
    const drawn = shown.map(({ series, series_label }) => ({
      id: series,
      name: series_label,
      mark: markOf('series', series, series_label),
      marks: rows
        .filter((row) => row.series === series)
        .toSorted((a, b) => weight(b, scope) - weight(a, scope))
        .map((row) => ({
          period: (row.crossed_at ?? '').slice(0, 10),
          label: compact(row.threshold, scope.language),
          hue: row.threshold === thresholdOf(scope) ? (0 as const) : ('grey' as const),
          notes: [moment(row.crossed_at, scope.language), took(row, scope)],
        })),
    }));
    return {
      data: {
        periods: daysOf(rows),
        rows: drawn.filter(({ marks }) => marks.length > 0),
        measure: t('timeline_title'),
      },
      table: {
        columns: [
          { id: 'series', header: t('series'), kind: 'text' },
          { id: 'threshold', header: t('threshold'), kind: 'count' },
          { id: 'crossed_at', header: t('crossed_at'), kind: 'text' },
          { id: 'days_to', header: t('days_to'), kind: 'days' },
        ],
        rows: rows.map((row) => [row.series_label, row.threshold, row.crossed_at, row.days_to]),
        marks: rows.map((row) => markOf('series', row.series, row.series_label)),
      },
      height: heightOf(shown.length),
      notes: members.length > SHOWN ? [t('timeline_more', { count: members.length - SHOWN })] : [],
    };
  },
  draws: timeline,
});

/** As they crossed, the first on top. */
const inOrder = ({ rows }: ClubAnswer): ClubAnswer['rows'] =>
  rows.toSorted((a, b) => ((a.crossed_at ?? '') < (b.crossed_at ?? '') ? -1 : 1));

type Row = MilestonesAnswer['rows'][number];

/** The page's threshold is named first, then the larger ones. */
const weight = ({ threshold }: Row, scope: ClubScope): number =>
  threshold === thresholdOf(scope) ? Number.POSITIVE_INFINITY : threshold;

function took({ hours_to, days_to }: Row, { language }: ClubScope): string {
  const t = clubWords.say(language);
  if (hours_to !== null) return t('took', { time: hours(hours_to, language) });
  return days_to === null ? '' : t('took', { time: days(days_to, language) });
}

function daysOf(rows: readonly Row[]): string[] {
  const crossed = rows.map(({ crossed_at }) => (crossed_at ?? '').slice(0, 10)).sort();
  const [from = '', to = from] = [crossed[0], crossed.at(-1)];
  return Array.from({ length: daysIn({ from, to }) }, (_, at) => addDays(from, at));
}
