import { z } from 'zod';
import type { Catalog } from '../../../server/contract/catalog.ts';
import { type MeasureId, measureIdSchema } from '../../../server/contract/query.ts';
import type { ValueKind } from '../../charts/scale.ts';
import { dimensionLabel, measureTerm } from '../../filters/scope.ts';
import type { FigureScope } from '../figure.ts';
import { kindOf } from '../kinds.ts';
import { type MoneyView, moneyView } from './money.ts';
import { growthWords } from './words.ts';

const BY = [
  'format',
  'primary_genre',
  'producer',
  'platform',
  'market',
  'channel',
  'production',
  'producer_region',
  'language',
  'none',
] as const;
export type GrowthBy = (typeof BY)[number];

export const splitParams = z.object({
  by: z.enum(BY).catch('format'),
  measure: measureIdSchema.catch('views'),
  currency: z.string().catch(''),
});
export type SplitParams = z.output<typeof splitParams>;

/** What may be split by: what some file states, and nothing at all. */
export const splitsOf = ({ dimensions }: Catalog): GrowthBy[] =>
  BY.filter((id) => id === 'none' || dimensions.find((one) => one.id === id)?.available !== false);

export const measuresOf = ({ measures }: Catalog): MeasureId[] =>
  measures.filter(({ available }) => available).map(({ id }) => id);

export interface Split {
  by: GrowthBy;
  byName: string;
  measure: MeasureId;
  measureName: string;
  kind: ValueKind;
  money: MoneyView;
}

/** What growth is asked of and by, and what both are called. */
export function splitOf(scope: FigureScope<SplitParams>): Split {
  const { catalog, params, language } = scope;
  const t = growthWords.say(language);
  const splits = splitsOf(catalog);
  // What no file states cannot be split by, or measured: the first that one does.
  const by = splits.includes(params.by) ? params.by : (splits[0] ?? 'none');
  const measures = measuresOf(catalog);
  const measure = measures.includes(params.measure) ? params.measure : (measures[0] ?? 'views');
  const info = catalog.measures.find(({ id }) => id === measure);
  const money = moneyView(info, catalog.dataset, params.currency);
  const { label } = measureTerm(scope, measure);
  const shown = money.choices.length === 0 ? 'in_currency' : money.converts ? 'in_converted' : 'in_one_currency';
  return {
    by,
    byName: splitName(scope, by),
    measure,
    kind: kindOf(catalog.measures.find(({ id }) => id === measure)?.unit ?? 'count'),
    measureName: money.currency === null ? label : t(shown, { measure: label, currency: money.currency }),
    money,
  };
}

export const splitName = (scope: FigureScope<SplitParams>, by: GrowthBy): string =>
  by === 'none' ? growthWords.say(scope.language)('no_split') : dimensionLabel(scope, by);
