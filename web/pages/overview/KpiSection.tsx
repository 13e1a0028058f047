import type { MeasureInfo } from '../../../server/contract/catalog.ts';
import type { Answer, Row } from '../../../server/contract/query.ts';
import { answered } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { headlines } from '../../figures/overview/kpis.ts';
import { compact, exact, NO_VALUE, percent, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import type { ChangeProps } from '../../ui/Change.tsx';
import { Definition, useMeasureTerm } from '../../ui/Definition.tsx';
import { KpiRow, KpiTile } from '../../ui/KpiTile.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { tileTarget } from './findingTarget.ts';
import { partlyKnown } from './known.ts';
import { courseOf, crossingsOf } from './trend.ts';
import { useClubWithin, type useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

type Overview = ReturnType<typeof useOverview>;

/** Shares that are told of the views whose side is known. */
const KNOWN: Partial<Record<string, keyof Overview['known']>> = { overseas_share: 'overseas', ai_share: 'ai' };

const numberIn = (row: Row | undefined, column: string): number | null => {
  const value = row?.[column];
  return typeof value === 'boolean' ? null : toNumber(value);
};

const REASONS = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'] as const;

/** The change of a measure between the ranges: growth for counts, percentage points for shares. */
function changeOf(
  row: Row | undefined,
  { id, unit }: MeasureInfo,
  compared: ChangeProps['compared'],
): ChangeProps | undefined {
  if (compared === null) return undefined;
  const reason = REASONS.find((one) => one === row?.[`${id}__growth_reason`]);
  const points = unit === 'fraction';
  return {
    value: numberIn(row, points ? `${id}__delta` : `${id}__growth`),
    reason: reason ?? 'no_data',
    unit: points ? 'points' : 'percent',
    compared,
  };
}

export function KpiSection({ overview }: { overview: Overview }) {
  const tiles = headlines(useScope().catalog);
  const counts = tiles.filter(({ unit }) => unit !== 'fraction');
  const shares = tiles.filter(({ unit }) => unit === 'fraction');
  const totals = answered(overview.batch.data?.totals)?.rows[0];
  const course = answered(overview.batch.data?.course);
  const shared = { row: totals, course, overview, loading: overview.batch.isPending };
  return (
    <KpiRow wideFirst stale={overview.batch.isPlaceholderData}>
      {counts.map((measure, at) => (
        <MeasureTile key={measure.id} measure={measure} lead={at === 0} {...shared} />
      ))}
      <ClubTile overview={overview} />
      {shares.map((measure) => (
        <MeasureTile key={measure.id} measure={measure} {...shared} />
      ))}
    </KpiRow>
  );
}

interface MeasureTileProps {
  measure: MeasureInfo;
  row: Row | undefined;
  course: Answer | undefined;
  overview: Overview;
  lead?: boolean;
  loading: boolean;
}

function MeasureTile({ measure, row, course, overview, lead = false, loading }: MeasureTileProps) {
  const { t, language } = useWords();
  const { compared, asOf } = useScope();
  const term = useMeasureTerm()(measure.id);
  const value = row?.[measure.id];
  const cell = typeof value === 'boolean' ? null : value;
  const share = measure.unit === 'fraction';
  const { from, to } = overview.trend.range;
  const kind = KNOWN[measure.id] ?? null;
  const known = kind === null ? null : overview.known[kind].now;
  // Of nothing known there is no share, not one of zero.
  const none = known === 0;
  const detail =
    kind === null
      ? overview.widened && compared !== null && t('widened')
      : none
        ? t(`unknown_${kind}`)
        : partlyKnown(known) && t(`known_${kind}`, { share: percent(known) });
  return (
    <KpiTile
      label={
        measure.id === 'ai_share' ? (
          <Definition measure={measure.id}>{t('made_by_ai')}</Definition>
        ) : (
          <Definition measure={measure.id} />
        )
      }
      value={none ? NO_VALUE : share ? percent(cell) : compact(cell, language)}
      full={none ? undefined : share ? percent(cell, 3) : exact(cell)}
      change={none ? undefined : changeOf(row, measure, compared)}
      detail={detail === false ? undefined : detail}
      lead={lead}
      opens={tileTarget(measure.id)}
      loading={loading}
      sparkline={
        <Sparkline
          {...courseOf(none ? undefined : course, measure, overview.trend, asOf)}
          label={t('spark', { name: term.label, range: rangeText(from, to, language) })}
        />
      }
    />
  );
}

function ClubTile({ overview }: { overview: Overview }) {
  const { t, language } = useWords();
  const { range, compared, since } = useScope();
  const now = useClubWithin(overview.club.data, range);
  const before = useClubWithin(overview.club.data, compared);
  const { from, to } = overview.trend.range;
  const known = compared !== null && compared.from >= since;
  const delta = now === undefined || before === undefined ? null : now.rows.length - before.rows.length;
  const crossed = (overview.club.data?.rows ?? []).map(({ crossed_at }) => crossed_at);
  return (
    <KpiTile
      label={<Definition text={t('club_definition')}>{t('club')}</Definition>}
      value={now === undefined ? '–' : t('club_unit', { count: now.rows.length })}
      change={
        compared === null ? undefined : { value: known ? delta : null, reason: 'no_data', unit: 'count', compared }
      }
      loading={overview.club.isPending}
      opens={{ page: 'club' }}
      sparkline={
        overview.trend.grain === 'week' ? undefined : (
          <Sparkline
            values={crossingsOf(answered(overview.batch.data?.course), crossed, overview.trend)}
            label={t('spark', { name: t('club'), range: rangeText(from, to, language) })}
          />
        )
      }
    />
  );
}
