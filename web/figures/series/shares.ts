import { heightForRows } from '../../charts/heights.ts';
import { horizontalBars } from '../../charts/horizontalBars.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { markOf } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { toNumber } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { seriesCall, seriesParams } from './series.ts';
import { seriesWords } from './words.ts';

const SHOWN = 8;
const heightOf = (rows: number): number => heightForRows(Math.min(rows, SHOWN), { row: 32, foot: 0 });

/** Where the series is watched: shares of its views, the largest in colour. */
const sharesOf = (of: 'platforms' | 'regions') =>
  figure({
    id: `series.${of}`,
    params: seriesParams,
    heads: (scope) => {
      const t = seriesWords.say(scope.language);
      return {
        title: t(of),
        subtitle: t('shares_subtitle'),
        definition: measureTerm(scope, 'share_of_views').definition,
        height: heightOf(SHOWN),
      };
    },
    asks: (scope) => ({ series: seriesCall(scope) }),
    says: ({ series }, scope) => {
      const shares = series[of];
      const dimension = of === 'platforms' ? 'platform' : 'region';
      const height = heightOf(shares.length);
      const measure = measureTerm(scope, 'share_of_views').label;
      const bars = shares.slice(0, SHOWN).flatMap(({ id, label, share }, at) =>
        share === null
          ? []
          : [
              {
                id,
                name: label,
                value: share,
                hue: at === 0 ? 0 : ('grey' as const),
                mark: markOf(dimension, id, label),
              },
            ],
      );
      if (bars.length === 0) return { ...noRows(scope), height };
      return {
        data: { bars, kind: 'fraction' as const, measure },
        table: {
          columns: [
            { id: 'name', header: seriesWords.say(scope.language)(of), kind: 'text' },
            { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
            { id: 'share', header: measure, kind: 'fraction' },
          ],
          rows: shares.map(({ label, views, share }) => [label, toNumber(views), share]),
          marks: shares.map(({ id, label }) => markOf(dimension, id, label)),
        },
        height,
      };
    },
    draws: horizontalBars,
    native: nativeBars,
  });

export const seriesPlatforms = sharesOf('platforms');
export const seriesRegions = sharesOf('regions');
