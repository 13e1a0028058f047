import { Fragment } from 'react';
import { useScope } from '../../data/scope.tsx';
import { type GenreRow, restsOn } from '../../figures/genres/split.ts';
import { wholeOf } from '../../figures/member/member.ts';
import { compact, exact, percent, ratio } from '../../i18n/numbers.ts';
import { Definition } from '../../ui/Definition.tsx';
import { KpiTile } from '../../ui/KpiTile.tsx';
import { MemberTiles, ViewsTile } from '../../ui/MemberTiles.tsx';
import { useFigureWords } from '../genres/words.ts';
import { useGenreWords } from './words.ts';

/** The genre among all: what it earned, whether demand exceeds supply, what one series of it earns. */
export function GenreTiles({ row, loading }: { row: GenreRow | undefined; loading: boolean }) {
  const { t, language } = useGenreWords();
  const { t: shared } = useFigureWords();
  const scope = useScope();
  const counted = row === undefined ? undefined : t('of_series', { count: exact(row.active_series) });
  return (
    <MemberTiles
      first={
        <>
          <ViewsTile
            row={row}
            loading={loading}
            detail={
              row === undefined
                ? undefined
                : t('share', { share: percent(row.demand_share), whole: wholeOf(scope, 'primary_genre') })
            }
          />
          <KpiTile
            loading={loading}
            label={<Definition text={shared('opportunity_definition')}>{t('opportunity')}</Definition>}
            value={ratio(row?.opportunity_index)}
            detail={
              row === undefined ? undefined : (
                <>
                  {t('opportunity_detail', { demand: percent(row.demand_share), supply: percent(row.supply_share) })}
                  {restsOn(row, language).map((text) => (
                    <Fragment key={text}>
                      <br />
                      {text}
                    </Fragment>
                  ))}
                </>
              )
            }
          />
          <KpiTile
            loading={loading}
            label={<Definition measure="active_series" />}
            value={exact(row?.active_series)}
            detail={row === undefined ? undefined : t('new_series', { count: exact(row.new_series) })}
          />
        </>
      }
      second={
        <>
          <KpiTile
            loading={loading}
            label={<Definition measure="median_views_per_series" />}
            value={compact(row?.median_views_per_series, language)}
            full={exact(row?.median_views_per_series)}
            detail={counted}
          />
          <KpiTile
            loading={loading}
            label={<Definition text={t('median_d30_definition')}>{t('median_d30')}</Definition>}
            value={compact(row?.median_views_d30, language)}
            full={exact(row?.median_views_d30)}
            detail={row === undefined ? undefined : t('median_d30_detail', { count: row.series_d30 })}
          />
          <KpiTile
            loading={loading}
            label={<Definition measure="views_per_series" />}
            value={compact(row?.views_per_series, language)}
            full={exact(row?.views_per_series)}
            detail={counted}
          />
        </>
      }
    />
  );
}
