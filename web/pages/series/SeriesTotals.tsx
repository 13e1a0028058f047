import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import type { MeasureId } from '../../../server/contract/query.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { compact, days, day as dayText, exact, percent, range as rangeText } from '../../i18n/numbers.ts';
import { Definition } from '../../ui/Definition.tsx';
import { KpiRow, KpiTile } from '../../ui/KpiTile.tsx';
import { useFigureWords, useWords } from './words.ts';

/** Where it stands in words; the first is said to be the first, not above "100%". */
function standing(percentile: number, count: number, format: string, t: ReturnType<typeof useWords>['t']): string {
  const values = { count: exact(count), format };
  if (percentile >= 1) return t('peers_first', values);
  return t('peers_text', { ...values, share: percent(Math.floor(percentile * 1000) / 1000) });
}

export function SeriesTotals({ answer: { totals, peers, series } }: { answer: SeriesAnswer }) {
  const { t, language } = useWords();
  const { t: shared } = useFigureWords();
  const { range, since } = useScope();
  const { state } = useFilters();
  // Why the first days have no views: each has another way out.
  const day = series.release_at?.slice(0, 10);
  const missing = day === undefined ? 'no_release' : day < since ? 'before_data' : 'too_young';
  const format = useFormatName(peers.format);
  const first: [MeasureId, typeof totals.views_d1][] = [
    ['views_d1', totals.views_d1],
    ['views_d7', totals.views_d7],
    ['views_d30', totals.views_d30],
  ];
  return (
    <>
      <KpiRow wideFirst>
        <KpiTile
          lead
          label={<Definition measure="cumulative_views">{shared('total')}</Definition>}
          value={compact(totals.cumulative_views, language)}
          full={exact(totals.cumulative_views)}
          detail={
            totals.first_day === null || totals.last_day === null
              ? undefined
              : rangeText(totals.first_day, totals.last_day, language)
          }
        />
        <KpiTile
          label={<Definition measure="views">{t('window')}</Definition>}
          value={compact(totals.views_in_window, language)}
          full={exact(totals.views_in_window)}
          detail={rangeText(range.from, range.to, language)}
        />
        <KpiTile
          label={<Definition text={t('peers_definition')}>{t('peers')}</Definition>}
          value={
            peers.views_percentile === null
              ? peers.views_rank === null
                ? '–'
                : t('peers_rank', { rank: peers.views_rank, count: peers.series })
              : t('peers_value', { percent: percent(Math.max(1 - peers.views_percentile, 0.001), 1) })
          }
          detail={
            peers.views_percentile === null
              ? peers.views_percentile_reason === 'few_peers'
                ? t('peers_few', { format })
                : undefined
              : standing(peers.views_percentile, peers.series, format, t)
          }
          opens={
            peers.views_percentile === null || peers.format === null
              ? undefined
              : {
                  page: 'series',
                  state: { ...state, members: [{ dimension: 'format', op: 'in', values: [peers.format] }] },
                }
          }
        />
        <KpiTile
          label={<Definition measure="completion_rate" />}
          value={percent(totals.completion_rate)}
          detail={totals.engagement_rate === null ? undefined : `${t('engagement')} ${percent(totals.engagement_rate)}`}
        />
      </KpiRow>
      <KpiRow>
        {first.map(([measure, value]) => (
          <KpiTile
            key={measure}
            label={<Definition measure={measure} />}
            value={compact(value, language)}
            full={value === null ? undefined : exact(value)}
            detail={value === null ? t(missing) : undefined}
          />
        ))}
        <HalfLife id={series.series} release={day} />
      </KpiRow>
    </>
  );
}

/** How fast it fades, or why that cannot be said. */
function HalfLife({ id, release }: { id: string; release: string | undefined }) {
  const { t, language } = useWords();
  const { since, asOf } = useScope();
  const query = useAnalysis('decay', { series: [id], from: since, to: asOf });
  const row = query.data?.rows[0];
  const value = row?.half_life_days ?? null;
  const detail = () => {
    if (row === undefined) return query.isError ? t('half_life_failed') : undefined;
    if (row.half_life_reason !== null) return t(`half_life_${row.half_life_reason}`);
    const peak = compact(row.peak_views === null ? null : Math.round(row.peak_views), language);
    // The mean of the release day is that day alone.
    const word = row.peak_day === release ? 'half_life_peak_first' : 'half_life_peak';
    return t(word, { date: dayText(row.peak_day, language, true), peak });
  };
  return (
    <KpiTile
      loading={query.isPending}
      label={<Definition text={t('half_life_definition')}>{t('half_life')}</Definition>}
      value={days(value, language)}
      detail={detail()}
    />
  );
}

/** A format's name; an id that is none of the fixed ones as it is. */
export function useFormatName(format: string | null): string {
  const { t } = useWords();
  switch (format) {
    case 'live_action':
    case 'comic':
    case 'ai':
      return t(`form_${format}`);
    case 'other':
      return t('form_rest');
    default:
      return format === null || format === '(unknown)' ? '' : format;
  }
}
