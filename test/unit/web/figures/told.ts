import type { z } from 'zod';
import type { Catalog } from '../../../../server/contract/catalog.ts';
import type { Answer, Meta } from '../../../../server/contract/query.ts';
import type { Call } from '../../../../web/figures/calls.ts';
import { type Answers, type Figure, type FigureScope, type Told, tell } from '../../../../web/figures/figure.ts';
import { figureScope } from '../../../../web/figures/scope.ts';
import type { Params } from '../../../../web/filters/grammar.ts';
import type { Language } from '../../../../web/i18n/i18n.ts';

export const meta: Meta = {
  version: '1',
  as_of: '2025-10-31',
  source: { table: 'series_day', refused: [] },
  sources: [],
  elapsed_ms: 1,
  truncated: false,
  partial_periods: [],
  alignment: 'calendar',
  currency: null,
  notes: [],
  synthetic: true,
};
export const answer = (rows: Answer['rows'], more: Partial<Meta> = {}): Answer => ({
  columns: [],
  rows,
  meta: { ...meta, ...more },
});

type Measure = Catalog['measures'][number];
const measure = (id: Measure['id'], unit: Measure['unit'], zh: string, en: string): Measure => ({
  id,
  label: { zh, en },
  definition: { zh: `${zh}的定义`, en: `What ${en} are` },
  unit,
  additive: true,
  available: true,
  money: false,
  headline: id === 'views',
  column: null,
});
const dimension = (id: Catalog['dimensions'][number]['id'], zh: string, en: string) => ({
  id,
  label: { zh, en },
  definition: { zh: '', en: '' },
  members: 3,
  multi: false,
  available: true,
});

/** Data from 1 November 2024 to 31 October 2025: the range of an empty address is October, compared with September. */
export const catalog: Catalog = {
  measures: [
    measure('views', 'views', '播放量', 'Views'),
    measure('cumulative_views', 'views', '累计播放量', 'Cumulative views'),
    measure('share_of_views', 'fraction', '播放占比', 'Share of views'),
  ],
  dimensions: [
    dimension('format', '形态', 'Format'),
    dimension('primary_genre', '主题材', 'Primary genre'),
    dimension('producer', '承制方', 'Producer'),
  ],
  dataset: {
    version: '1',
    from: '2024-11-01',
    to: '2025-10-31',
    as_of: '2025-10-31',
    rows: 1,
    series: 1,
    producers: 1,
    time_zone: 'Asia/Shanghai',
    currency: null,
    currencies: [],
    rates: null,
    sources: [],
    synthetic: true,
  },
};

/** The scope of an address. @throws Error if the catalog is of an empty dataset */
export function scopeOf<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  address: Params = {},
  language: Language = 'en',
  of: Catalog = catalog,
): FigureScope<z.output<P>> {
  const scope = figureScope(figure, address, of, language);
  if (scope === null) throw new Error('an empty dataset has no scope');
  return scope;
}

/** What a figure tells at an address, in both languages. */
export function told<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  answers: A | undefined,
  address: Params = {},
  owners?: readonly string[],
): { zh: Told<D>; en: Told<D> } {
  const say = (language: Language) => tell(figure, { ...scopeOf(figure, address, language), owners }, answers);
  return { zh: say('zh'), en: say('en') };
}

export const titles = ({ zh, en }: { zh: Told<unknown>; en: Told<unknown> }): string[] => [zh.title, en.title];

/** What a figure asks at an address, given what came. */
export function askedOf<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  address: Params = {},
  came: Partial<A> = {},
): Record<string, object> {
  const calls = Object.entries<Call<unknown>>(figure.asks(scopeOf(figure, address), came));
  return Object.fromEntries(calls.map(([name, { given, body }]) => [name, body ?? given]));
}
