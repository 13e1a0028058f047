import type { ProducersAnswer } from '../../../server/contract/analyses.ts';
import { useScope } from '../../data/scope.tsx';
import { wholeOf } from '../../figures/member/member.ts';
import { CLUB_THRESHOLD, type ProducerRow } from '../../figures/producers/league.ts';
import { compact, exact, NO_VALUE, percent } from '../../i18n/numbers.ts';
import { Definition } from '../../ui/Definition.tsx';
import { KpiRow, KpiTile } from '../../ui/KpiTile.tsx';
import tiles from '../../ui/MemberTiles.module.css';
import { useProducerWords } from './words.ts';

interface ProducerTilesProps {
  league: ProducersAnswer | undefined;
  row: ProducerRow | undefined;
  hit: { threshold: number; days: number };
}

/** The producer in the league: what it earned, where it stands, how often it hits. */
export function ProducerTiles({ league, row, hit }: ProducerTilesProps) {
  const { t, language } = useProducerWords();
  const scope = useScope();
  const { compared } = scope;
  const loading = league === undefined;
  const hits = { days: hit.days, threshold: compact(hit.threshold, language) };
  return (
    <>
      <div className={tiles.first}>
        <KpiRow>
          <KpiTile
            lead
            loading={loading}
            label={<Definition measure="views" />}
            value={compact(row?.views, language)}
            full={exact(row?.views)}
            change={
              compared === null || row === undefined
                ? undefined
                : { value: row.growth, reason: row.growth_reason, compared }
            }
            detail={
              row === undefined
                ? undefined
                : t('share', { share: percent(row.share_of_views), whole: wholeOf(scope, 'producer') })
            }
          />
          <KpiTile
            loading={loading}
            label={<Definition text={t('rank_definition')}>{t('rank')}</Definition>}
            value={row?.rank == null ? NO_VALUE : t('rank_value', { rank: row.rank })}
            detail={
              row === undefined ? undefined : (
                <>
                  {t('rank_of', { count: league?.rows.filter(({ rank }) => rank !== null).length ?? 0 })}
                  <br />
                  {compared !== null && <Moved row={row} />}
                </>
              )
            }
          />
          <KpiTile
            loading={loading}
            label={<Definition text={t('club_definition')}>{t('club')}</Definition>}
            value={row === undefined ? NO_VALUE : t('club_value', { count: row.club_count })}
            detail={t('club_detail', { threshold: compact(CLUB_THRESHOLD, language) })}
          />
        </KpiRow>
      </div>
      <div className={tiles.second}>
        <KpiRow>
          <KpiTile
            loading={loading}
            label={<Definition measure="active_series" />}
            value={exact(row?.active_series)}
            detail={row === undefined ? undefined : t('new_series', { count: row.new_series })}
          />
          <KpiTile
            loading={loading}
            label={<Definition text={t('hit_rate_definition', hits)}>{t('hit_rate')}</Definition>}
            value={percent(row?.hit_rate, 0)}
            detail={
              row === undefined
                ? undefined
                : row.hit_rate === null
                  ? t('hit_rate_none', hits)
                  : t('hit_rate_detail', {
                      hits: row.hits,
                      mature: row.mature_releases,
                      low: percent(row.hit_rate_low, 0),
                      high: percent(row.hit_rate_high, 0),
                    })
            }
          />
          <KpiTile
            loading={loading}
            label={<Definition measure="median_views_per_series" />}
            value={compact(row?.median_views_per_series, language)}
            full={exact(row?.median_views_per_series)}
          />
        </KpiRow>
      </div>
    </>
  );
}

function Moved({ row }: { row: ProducerRow }) {
  const { t } = useProducerWords();
  const { rank_change: moved, growth_reason: reason } = row;
  if (moved === null) return reason === 'new' ? t('rank_new') : null;
  if (moved === 0) return t('rank_same');
  return t(moved > 0 ? 'rank_rose' : 'rank_fell', { count: Math.abs(moved) });
}
