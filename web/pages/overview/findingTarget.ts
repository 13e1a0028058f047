import type { Finding } from '../../../server/contract/analyses-outlook.ts';
import type { MeasureId } from '../../../server/contract/query.ts';
import type { Params } from '../../filters/grammar.ts';
import type { PageName } from '../../ui/PageLink.tsx';
import type { Target } from '../../ui/TargetLink.tsx';

const OF_KIND: Readonly<Record<Finding['kind'], { readonly page: PageName; readonly params?: Params }>> = {
  club: { page: 'club' },
  launch: { page: 'club' },
  fastest: { page: 'club' },
  milestone: { page: 'club' },
  total: { page: 'growth' },
  format: { page: 'growth', params: { by: 'format' } },
  format_mix: { page: 'growth', params: { by: 'format' } },
  growth: { page: 'growth', params: { by: 'format' } },
  supply: { page: 'growth', params: { by: 'format' } },
  overseas: { page: 'growth' },
  ai: { page: 'growth' },
  quality: { page: 'growth' },
  opportunity: { page: 'genres' },
  genre: { page: 'growth', params: { by: 'primary_genre' } },
  producer: { page: 'growth', params: { by: 'producer' } },
  concentration: { page: 'producers' },
};

/** The page that shows what a finding stands for. */
export function targetOf({ kind, query }: Finding): Target {
  const series = query.method === 'GET' ? query.params.series : undefined;
  if (series !== undefined) return { series };
  const { page, params = {} } = OF_KIND[kind];
  const [measure] = query.method === 'POST' ? query.body.measures : [];
  return {
    page,
    params: page === 'growth' && measure !== undefined && measure !== 'views' ? { ...params, measure } : params,
  };
}

/** What a share is told by, on the page of growth. */
const SPLIT: Readonly<Partial<Record<MeasureId, string>>> = { overseas_share: 'market', ai_share: 'production' };

/** The page that shows what a measure's tile stands for. */
export function tileTarget(measure: MeasureId): Target {
  const by = SPLIT[measure];
  return {
    page: 'growth',
    params: { ...(measure === 'views' ? {} : { measure }), ...(by === undefined ? {} : { by }) },
  };
}
