import type { RetentionAnswer } from '../../../server/contract/analyses-depth.ts';
import { cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { nativeCurves } from '../../charts/native/lines.ts';
import { percent } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { type SeriesScope, seriesParams } from './series.ts';
import { seriesWords } from './words.ts';

export const seriesRetention = figure({
  id: 'series.retention',
  params: seriesParams,
  heads: (scope) => {
    const t = seriesWords.say(scope.language);
    return {
      title: t('retention'),
      subtitle: t('retention_subtitle'),
      definition: t('retention_definition'),
      height: CHART_HEIGHT,
    };
  },
  asks: (scope) => ({ retention: analysis(scope, 'retention', { series: [scope.params.id] }) }),
  says: ({ retention: { rows } }, scope) => {
    const t = seriesWords.say(scope.language);
    if (rows.length < 2) return { nothing: t('retention_none'), remedy: t('retention_none_text') };
    const last = rows.at(-1)?.episode ?? 0;
    const byEpisode = new Map(rows.map((row) => [row.episode, row]));
    const values = Array.from({ length: last }, (_, at) => byEpisode.get(at + 1)?.retained ?? null);
    return {
      ...leadOf(rows, scope),
      data: {
        curves: [{ id: 'retained', name: '', hue: 0, values }],
        along: 'episode' as const,
        marks: marksOf(rows, scope),
        kind: 'fraction' as const,
        measure: t('retention_subtitle'),
      },
      table: {
        columns: [
          { id: 'episode', header: t('episode'), kind: 'count' },
          { id: 'views', header: t('views'), kind: 'count' },
          { id: 'retained', header: t('retained'), kind: 'fraction' },
          { id: 'drop', header: t('drop'), kind: 'fraction' },
        ],
        rows: rows.map(({ episode, views, retained, drop }) => [episode, views, retained, drop]),
      },
    };
  },
  draws: cumulativeCurves,
  native: nativeCurves,
});

type Rows = RetentionAnswer['rows'];

const steepest = (rows: Rows) => rows.find((row) => row.largest_drop);

/** The paywall first: it is the one that a reader looks for. */
function marksOf(rows: Rows, { language }: SeriesScope): { at: number; note: string }[] {
  const t = seriesWords.say(language);
  const wall = rows.find((row) => row.paywall);
  const fall = steepest(rows);
  const fallen = fall?.drop == null ? '' : percent(fall.drop);
  if (wall !== undefined && wall.episode === fall?.episode)
    return [{ at: wall.episode - 1, note: t('retention_wall_drop', { episode: wall.episode, drop: fallen }) }];
  return [
    ...(wall === undefined ? [] : [{ at: wall.episode - 1, note: t('retention_wall', { episode: wall.episode }) }]),
    ...(fall === undefined ? [] : [{ at: fall.episode - 1, note: t('retention_drop', { drop: fallen }) }]),
  ];
}

function leadOf(rows: Rows, { language }: SeriesScope): { title?: string } {
  const fall = steepest(rows);
  if (fall?.drop == null) return {};
  const key = fall.paywall ? 'retention_lead_wall' : 'retention_lead';
  return { title: seriesWords.say(language)(key, { episode: fall.episode, drop: percent(fall.drop) }) };
}
