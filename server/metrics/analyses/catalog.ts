import type { Catalog, Members } from '../../contract/catalog.ts';
import { DIMENSIONS, type DimensionId, MEASURES } from '../../contract/query.ts';
import { type Holidays, holidaysBetween } from '../../vocabulary/holidays.ts';
import type { DatasetState } from '../../warehouse/warehouse.ts';
import { lengthOf } from '../language/calendar.ts';
import { toCell, toNumber } from '../language/cells.ts';
import { DIMENSION_CATALOG, labelDimension } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { fixedMembers, fixedNameContains, Labels } from '../language/labels.ts';
import { isAvailable, MEASURE_CATALOG } from '../language/measures.ts';
import { isMoney } from '../language/money.ts';
import { dictionaryJoins, sumExpression } from '../query/log-rows.ts';
import { metaOf } from '../query/meta.ts';
import { among, and, as, call, column, identifier, join, type Sql, sql } from '../sql/sql.ts';
import { idsBySpelling } from './parts/spelled-members.ts';

/** @param holidays of which those of the data's years are told */
export async function catalog(engine: Engine, holidays: Holidays = new Map()): Promise<Catalog> {
  const { state } = engine;
  const { from, asOf } = state;
  const moving = from === null || asOf === null ? [] : holidaysBetween(holidays, from, asOf);
  const counts = await countsOf(engine);
  return {
    measures: MEASURES.map((id) => {
      const measure = MEASURE_CATALOG[id];
      const { label, unit, definition, additive, headline, column: place } = measure;
      const available = isAvailable(measure, state.columns);
      return { id, label, unit, definition, additive, available, money: isMoney(measure), headline, column: place };
    }),
    dimensions: DIMENSIONS.map((id) => {
      const { label, definition, source } = DIMENSION_CATALOG[id];
      const members = counts.get(id) ?? 0;
      return { id, label, definition, members, multi: source.level === 'members', available: members > 0 };
    }),
    dataset: datasetOf(state),
    ...(moving.length === 0 ? {} : { holidays: [...moving] }),
  };
}

function datasetOf(state: DatasetState): Catalog['dataset'] {
  return {
    version: state.version,
    from: state.from,
    to: state.asOf,
    as_of: state.asOf,
    rows: state.rows,
    series: state.series,
    producers: state.producers,
    time_zone: state.timeZone,
    currency: state.currencies.length === 1 ? (state.currencies[0] ?? null) : null,
    currencies: [...state.currencies],
    rates: state.rates && { ...state.rates, currencies: [...state.rates.currencies] },
    sources: state.sources.map((source) => ({ ...source })),
    synthetic: state.synthetic,
  };
}

/** Counts change only with the version. */
const COUNTED = new WeakMap<DatasetState, Promise<ReadonlyMap<DimensionId, number>>>();

export function countsOf(engine: Engine): Promise<ReadonlyMap<DimensionId, number>> {
  const counts = COUNTED.get(engine.state) ?? memberCounts(engine);
  COUNTED.set(engine.state, counts);
  // A failed count, such as a cancelled one, must not be kept.
  counts.catch(() => COUNTED.delete(engine.state));
  return counts;
}

/** `(unknown)` is not counted. */
async function memberCounts(engine: Engine): Promise<ReadonlyMap<DimensionId, number>> {
  const distinct = (expression: Sql) => sql`count(DISTINCT ${expression}) FILTER (WHERE ${expression} <> '(unknown)')`;
  const ofSeries = DIMENSIONS.flatMap((id) => {
    const { source } = DIMENSION_CATALOG[id];
    return source.level === 'series' ? [as(distinct(source.expression), id)] : [];
  });
  const scalar = (id: DimensionId, select: Sql) => as(sql`(${select})`, id);
  const ofMonths = (name: 'platform' | 'region' | 'source') =>
    sql`SELECT count(DISTINCT d.id) FROM platform_month t JOIN ${identifier(name)} d ON ${column('d', `${name}_key`)} = ${column('t', `${name}_key`)} WHERE d.id <> '(unknown)'`;
  const others = [
    scalar('genre', sql`SELECT count(DISTINCT member) FROM series_genre`),
    scalar('credited_producer', sql`SELECT count(DISTINCT member) FROM series_producer`),
    scalar('cast', sql`SELECT count(DISTINCT member) FROM series_cast`),
    scalar('platform', ofMonths('platform')),
    scalar('region', ofMonths('region')),
    scalar('source', ofMonths('source')),
    scalar(
      'market',
      sql`SELECT count(DISTINCT market) FROM series_month WHERE ${call('text', sql`market`)} <> '(unknown)'`,
    ),
    scalar(
      'day_since_release',
      sql`SELECT count(*) FROM (SELECT 1 FROM series WHERE release_day IS NOT NULL LIMIT 1) r`,
    ),
  ];
  const [series] = await engine.all(sql`SELECT ${join(ofSeries, ', ')} FROM series s`);
  const [rest] = await engine.all(sql`SELECT ${join(others, ', ')}`);
  const { from, asOf, hasEpisodes, currencies } = engine.state;
  const days = from === null || asOf === null ? 0 : lengthOf({ from, to: asOf });
  const derived: Partial<Record<DimensionId, number>> = {
    weekday: Math.min(7, days),
    episode: hasEpisodes ? 1 : 0,
    currency: currencies.length,
  };
  return new Map(DIMENSIONS.map((id) => [id, derived[id] ?? toNumber(series?.[id] ?? rest?.[id]) ?? 0]));
}

/**
 * Searched by id, name or pinyin (whole or initials); ranked by views of all time.
 * @param ids only these; unknown ids are left out
 */
export async function members(
  engine: Engine,
  dimension: DimensionId,
  { search = '', limit = 50, ids: asked }: { search?: string; limit?: number; ids?: readonly string[] | undefined },
): Promise<Members> {
  const startedAt = performance.now();
  const ranked = memberRelation(dimension);
  const spelled = await idsBySpelling(engine, dimension, search, () => idsOf(engine, dimension));
  const conditions = [
    ...(search === '' ? [] : [matches(dimension, search, spelled)]),
    ...(asked === undefined ? [] : [among(column('r', 'id'), asked)]),
  ];
  const rows = await engine.all(
    sql`SELECT r.id, r.views FROM (${ranked}) r WHERE ${and(conditions)} ORDER BY r.views DESC NULLS LAST, r.id LIMIT ${asked?.length ?? limit}`,
  );
  const ids = rows.map((row) => String(row.id));
  const labels = await Labels.of(engine, dimension, ids);
  return {
    rows: rows.map((row) => {
      const views = toCell(row.views);
      return {
        id: String(row.id),
        label: labels.of(String(row.id)),
        views: typeof views === 'string' ? views : (toNumber(views) ?? 0),
      };
    }),
    meta: metaOf({ state: engine.state, startedAt }),
  };
}

/** All, in no order. */
export async function idsOf(engine: Engine, dimension: DimensionId): Promise<readonly string[]> {
  return (await engine.all(sql`SELECT r.id FROM (${memberRelation(dimension)}) r`)).map((row) => String(row.id));
}

function memberRelation(dimension: DimensionId): Sql {
  const { source } = DIMENSION_CATALOG[dimension];
  const total = as(call('integer', sql`coalesce(sum(v.views), 0)`), 'views');
  const perSeries = sql`(SELECT series_key, sum(views) AS views FROM series_month GROUP BY series_key)`;
  if (source.level === 'series') {
    return sql`SELECT ${as(source.expression, 'id')}, ${total} FROM series s LEFT JOIN ${perSeries} v ON v.series_key = s.series_key GROUP BY ${source.expression}`;
  }
  if (source.level === 'members') {
    return sql`SELECT m.member AS id, ${total} FROM ${identifier(source.table)} m LEFT JOIN ${perSeries} v ON v.series_key = m.series_key GROUP BY m.member`;
  }
  const table = source.tables[0] ?? 'view_log';
  const joins = dictionaryJoins({ table, logDimensions: [dimension], filters: [], sums: [] });
  const views = as(sql`coalesce(${sumExpression('views', table)}, 0)`, 'views');
  return sql`SELECT ${as(source.expression(table), 'id')}, ${views} FROM ${identifier(table)} t ${join(joins, ' ')} GROUP BY ${source.expression(table)}`;
}

function matches(dimension: DimensionId, search: string, spelled: readonly string[]): Sql {
  const contains = (text: Sql) => call('containsFolded', text, sql`${search}`);
  const named = fixedMembers(dimension).filter((id) => fixedNameContains(dimension, id, search));
  const inId = sql`${contains(column('r', 'id'))} OR ${among(column('r', 'id'), [...named, ...spelled])}`;
  if (dimension === 'series') {
    return sql`${inId} OR r.id IN (SELECT s.series_id FROM series s WHERE ${contains(sql`coalesce(s.title, '')`)} OR ${contains(sql`coalesce(s.title_en, '')`)})`;
  }
  return sql`${inId} OR r.id IN (SELECT l.id FROM label l WHERE l.dimension = ${labelDimension(dimension)} AND (${contains(sql`l.zh`)} OR ${contains(sql`l.en`)}))`;
}
