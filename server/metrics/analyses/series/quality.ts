import { z } from 'zod';
import type { Quadrant, QualityAnswer, qualityParams } from '../../../contract/analyses-depth.ts';
import type { Note } from '../../../contract/query.ts';
import { DIMENSION_CATALOG } from '../../language/dimensions.ts';
import type { Engine } from '../../language/engine.ts';
import { MEASURE_CATALOG } from '../../language/measures.ts';
import type { SumId } from '../../language/sums.ts';
import { activity } from '../../query/activity.ts';
import { chartsAsked } from '../../query/charts.ts';
import { ratio } from '../../query/families/cell-expressions.ts';
import { metaOf } from '../../query/meta.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, column, join, or, type Sql, sql, withTables } from '../../sql/sql.ts';
import { seriesColumns, seriesInfo, seriesShape, titleOf } from '../parts/catalogue.ts';
import { columnsOf, sharesOfChart } from '../parts/columns.ts';
import { toCount, whole } from '../parts/counts.ts';
import { tableFor } from '../parts/facts.ts';
import { placeAmong } from '../parts/ranks.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';

type Params = z.infer<typeof qualityParams>;

const IDS = [
  'series',
  'series_label',
  'format',
  'x',
  'y',
  'peers',
  'x_rank',
  'y_rank',
  'x_percentile',
  'y_percentile',
  'percentile_reason',
  'quadrant',
] as const;

/** The smallest by x are cut and the answer says so. */
const SERIES_LIMIT = 10_000;

/** Summed over views (docs/definitions.md#completion_rate). */
const NUMERATORS: Readonly<Record<Params['y'], readonly SumId[]>> = {
  completion_rate: ['completions'],
  engagement_rate: ['likes', 'comments', 'shares', 'favourites'],
};

const qualityRow = seriesShape.extend({
  x: whole,
  y: z.number(),
  x_below: z.number(),
  y_below: z.number(),
  x_rank: z.number(),
  y_rank: z.number(),
  peers: z.number(),
  left_out: z.number(),
});

/**
 * Quality against traffic (docs/analyses/quality.md): rank and percent_rank of x and y within the format, quadrants at 0.5.
 * `limit` cuts rows, not places. Series whose rows state nothing of y are left out and noted.
 */
export async function quality(engine: Engine, params: Params): Promise<QualityAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  for (const measure of ['views', params.x, params.y] as const) requireMeasure(engine, measure);
  const choice = tableFor({ filters: scope.filters, column: 'views', ranges: [scope.range] }, scope.log);
  const limit = params.limit ?? SERIES_LIMIT;
  const rows = await parseRows(qualityRow, await engine.all(qualitySql(scope, params, choice, limit + 1)));
  const axis = (id: Params['x'] | Params['y']) => ({
    unit: MEASURE_CATALOG[id].unit,
    label: MEASURE_CATALOG[id].label,
  });
  const charts = chartsAsked(engine.state, scope.filters, { current: scope.range });
  return {
    columns: columnsOf(IDS, {
      x: axis(params.x),
      y: axis(params.y),
      ...sharesOfChart(['x_percentile', 'y_percentile'], charts),
    }),
    rows: rows.slice(0, limit).map((row) => {
      const { percentile: x_percentile, reason } = placeAmong(row.x_below, row.peers);
      const { percentile: y_percentile } = placeAmong(row.y_below, row.peers);
      const series = seriesInfo.parse(row);
      return {
        series: series.id,
        series_label: titleOf(series, engine.language),
        format: series.format,
        x: toCount(row.x),
        y: row.y,
        peers: row.peers,
        x_rank: row.x_rank,
        y_rank: row.y_rank,
        x_percentile,
        y_percentile,
        percentile_reason: reason,
        quadrant: quadrantOf(x_percentile, y_percentile),
      };
    }),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      ranges: [scope.range],
      choice,
      charts,
      truncated: params.limit === undefined && rows.length > limit,
      notes: leftOut(rows[0]?.left_out ?? 0, params.y),
    }),
  };
}

function qualitySql({ range, filters }: AnalysisScope, { x, y }: Params, { table }: TableChoice, limit: number): Sql {
  const parts = NUMERATORS[y];
  const sums = [...new Set<SumId>(['views', x, ...parts])];
  const earned = activity({ table, branches: [{ name: 'asked', range }], logDimensions: [], filters, sums });
  const stated = or(parts.map((id) => sql`${column('a', id)} IS NOT NULL`));
  const total = parts
    .map((id) => sql`coalesce(${column('a', id)}, 0)`)
    .reduce((left, right) => sql`${left} + ${right}`);
  const { source } = DIMENSION_CATALOG.format;
  const format = source.level === 'series' ? source.expression : sql`s.format`;
  const rate = sql`CASE WHEN ${stated} THEN ${ratio(total, sql`a.views`)} END`;
  // rank() − 1 is how many are below: equals share the lowest place.
  const below = (value: Sql) => sql`rank() OVER (PARTITION BY v.group_format ORDER BY ${value}) - 1`;
  const place = (value: Sql) => sql`rank() OVER (PARTITION BY v.group_format ORDER BY ${value} DESC)`;
  return withTables(
    [
      ['a', earned],
      [
        'e',
        sql`SELECT a.series_key, ${as(format, 'group_format')}, ${as(column('a', x), 'x')}, ${as(rate, 'y')}
          FROM a JOIN series s ON s.series_key = a.series_key WHERE ${column('a', x)} > 0`,
      ],
      ['v', sql`SELECT e.* FROM e WHERE e.y IS NOT NULL`],
      [
        'placed',
        sql`SELECT v.series_key, v.x, v.y, ${as(below(sql`v.x`), 'x_below')}, ${as(below(sql`v.y`), 'y_below')},
            ${as(place(sql`v.x`), 'x_rank')}, ${as(place(sql`v.y`), 'y_rank')},
            count(*) OVER (PARTITION BY v.group_format) AS peers FROM v`,
      ],
      ['missing', sql`SELECT count(*) AS left_out FROM e WHERE e.y IS NULL`],
    ],
    sql`SELECT ${join([seriesColumns, sql`p.x, p.y, p.x_below, p.y_below, p.x_rank, p.y_rank, p.peers, n.left_out`], ', ')}
      FROM placed p JOIN series s ON s.series_key = p.series_key CROSS JOIN missing n
      ORDER BY p.x DESC, s.series_id LIMIT ${limit}`,
  );
}

/** 0.5 is high; null without a place. */
export function quadrantOf(x: number | null, y: number | null): Quadrant | null {
  if (x === null || y === null) return null;
  if (x >= 0.5) return y >= 0.5 ? 'both_high' : 'views_only';
  return y >= 0.5 ? 'quality_only' : 'both_low';
}

function leftOut(n: number, y: Params['y']): Note[] {
  if (n === 0) return [];
  const { label } = MEASURE_CATALOG[y];
  return [
    {
      code: 'no_quality',
      text: {
        en: `${n} series with views state nothing of ${label.en.toLowerCase()}; they are left out.`,
        zh: `${n} 部有播放的剧集没有${label.zh}数据，不计入。`,
      },
    },
  ];
}
