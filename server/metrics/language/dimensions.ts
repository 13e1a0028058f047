import type { DimensionId, Label } from '../../contract/query.ts';
import { call, column, type Sql, sql } from '../sql/sql.ts';

/** Smallest first. */
export const TABLES = ['series_month', 'platform_month', 'series_day', 'view_log'] as const;
export type TableName = (typeof TABLES)[number];

/** `series`: a column of `series s`. `members`: a table of (series_key, member). `log`: of some tables' rows t. */
export type DimensionSource =
  | { readonly level: 'series'; readonly expression: Sql }
  | { readonly level: 'members'; readonly table: 'series_genre' | 'series_producer' | 'series_cast' }
  | {
      readonly level: 'log';
      readonly tables: readonly TableName[];
      /** Over t and the joined dictionary. */
      readonly expression: (table: TableName) => Sql;
      readonly join?: 'platform' | 'region' | 'source' | 'series';
    };

export interface Dimension {
  readonly id: DimensionId;
  readonly label: Label;
  readonly definition: Label;
  readonly source: DimensionSource;
}

const s = (name: string) => column('s', name);
const known = (expression: Sql) => sql`coalesce(${expression}, '(unknown)')`;
const seriesColumn = (name: string): DimensionSource => ({ level: 'series', expression: known(s(name)) });
const dictionary = (join: 'platform' | 'source'): DimensionSource => ({
  level: 'log',
  tables: ['platform_month', 'view_log'],
  expression: () => column(join, 'id'),
  join,
});

export const isMonthly = (table: TableName): boolean => table === 'series_month' || table === 'platform_month';

/** Elsewhere it is the region's. */
export const keepsMarket = (table: TableName): boolean => table === 'series_month' || table === 'series_day';

export const marketOf = (table: TableName): Sql => column(keepsMarket(table) ? 't' : 'region', 'market');

const define = (
  id: DimensionId,
  en: string,
  zh: string,
  definitionEn: string,
  definitionZh: string,
  source: DimensionSource,
): Dimension => ({
  id,
  label: { en, zh },
  definition: { en: definitionEn, zh: definitionZh },
  source,
});

/** `npm run definitions` writes docs/definitions.md#dimensions from it. */
export const DIMENSION_CATALOG: Readonly<Record<DimensionId, Dimension>> = Object.fromEntries(
  [
    define(
      'series',
      'Series',
      '剧集',
      'One micro-drama, by its id in the file or its normalised title.',
      '一部短剧，以文件中的编号或规范化剧名为准。',
      { level: 'series', expression: s('series_id') },
    ),
    define(
      'producer',
      'Producer',
      '承制方',
      'The first credited production house of the series; 承制方 if stated, else 出品方.',
      '剧集的首位承制方；未注明承制方时取出品方。',
      seriesColumn('producer'),
    ),
    define(
      'credited_producer',
      'Credited producer',
      '参与承制方',
      'Every credited production house; a series counts under each, so members may sum to more than the total.',
      '每一家署名承制方；合拍剧在各家名下都计入，合计可大于总数。',
      { level: 'members', table: 'series_producer' },
    ),
    define(
      'producer_region',
      'Producer region',
      '制作地',
      'Where the producer is based.',
      '承制方所在地。',
      seriesColumn('producer_region'),
    ),
    define(
      'genre',
      'Genre',
      '题材',
      'Every tag of the series; a series counts under each, so members may sum to more than the total.',
      '剧集的每个题材标签；一剧多标签时各计一次，合计可大于总数。',
      { level: 'members', table: 'series_genre' },
    ),
    define(
      'primary_genre',
      'Primary genre',
      '主题材',
      'The first tag of the series.',
      '剧集的第一个题材标签。',
      seriesColumn('primary_genre'),
    ),
    define(
      'channel',
      'Channel',
      '频道',
      'Audience channel: female, male or general.',
      '受众频道：女频、男频或综合。',
      seriesColumn('channel'),
    ),
    define(
      'format',
      'Format',
      '形态',
      'Live action, comic, AI or other.',
      '真人剧、漫剧、AI 剧或其他。',
      seriesColumn('format'),
    ),
    define(
      'production',
      'Production',
      '制作方式',
      'Made by people, hybrid or AI.',
      '人工、混合或 AI 制作。',
      seriesColumn('production'),
    ),
    define(
      'franchise',
      'Franchise',
      '系列 IP',
      'The IP that a series and its sequels belong to.',
      '剧集及其续作所属的 IP。',
      seriesColumn('franchise'),
    ),
    define(
      'cast',
      'Cast',
      '主演',
      'Every lead named; a series counts under each.',
      '每位主演；一剧多主演时各计一次。',
      { level: 'members', table: 'series_cast' },
    ),
    define('language', 'Language', '语种', 'Language of the series.', '剧集语种。', seriesColumn('language')),
    define(
      'origin',
      'Origin',
      '出品地',
      'Country or region of origin.',
      '剧集的出品国家或地区。',
      seriesColumn('origin'),
    ),
    define('platform', 'Platform', '平台', 'Where the views took place.', '播放发生的平台。', dictionary('platform')),
    define(
      'region',
      'Region',
      '地区',
      "Viewers' region (ISO 3166-1); the platform's home region if the file has none.",
      '观众所在地区；文件未注明时取平台所属地区。',
      {
        level: 'log',
        tables: ['platform_month', 'view_log'],
        expression: () => column('region', 'id'),
        join: 'region',
      },
    ),
    define(
      'market',
      'Market',
      '市场',
      'Domestic (the dataset’s home regions), overseas, or unknown.',
      '国内（数据集设定的本土地区）、海外或未知。',
      { level: 'log', tables: TABLES, expression: (table) => call('text', marketOf(table)), join: 'region' },
    ),
    define(
      'source',
      'Source',
      '数据来源',
      'Who states the figures: the profile or the file they came from.',
      '数据出处：匹配的配置名或来源文件名。',
      dictionary('source'),
    ),
    define(
      'currency',
      'Currency',
      '币种',
      'Currency (ISO 4217) of the row’s revenue and spend; unknown if its file states no money.',
      '该行收入与消耗的币种（ISO 4217）；文件不含金额的行为未知。',
      { level: 'log', tables: ['view_log'], expression: () => known(column('t', 'currency')) },
    ),
    define('release_month', 'Release month', '上线月份', 'Calendar month of the release day.', '上线日所在的自然月。', {
      level: 'series',
      expression: known(call('text', s('release_month'))),
    }),
    define(
      'episode',
      'Episode',
      '集',
      'Number of the episode; unknown if the row speaks of the whole series.',
      '集数；整剧口径的记录为未知。',
      { level: 'log', tables: ['view_log'], expression: () => known(call('text', column('t', 'episode'))) },
    ),
    define('weekday', 'Weekday', '星期', 'Day of the week, 1 = Monday to 7 = Sunday.', '星期几，1 为周一，7 为周日。', {
      level: 'log',
      tables: ['series_day', 'view_log'],
      expression: () => call('text', call('isoWeekday', column('t', 'day'))),
    }),
    define(
      'day_since_release',
      'Days since release',
      '上线天数',
      'Days from the release day, which is day 0.',
      '距上线日的天数，上线当日为 0。',
      {
        level: 'log',
        tables: ['series_day', 'view_log'],
        expression: () => known(call('text', call('daysBetween', s('release_day'), column('t', 'day')))),
        join: 'series',
      },
    ),
  ].map((dimension) => [dimension.id, dimension]),
) as Record<DimensionId, Dimension>;

/** Every kind of producer shares one list, so do genres. */
export function labelDimension(id: DimensionId): DimensionId {
  if (id === 'credited_producer') return 'producer';
  if (id === 'primary_genre') return 'genre';
  return id;
}
