import type { Answer, Row } from '../../../server/contract/query.ts';
import { answered } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import type { KPI_MEASURES } from '../../figures/overview/kpis.ts';
import { compact, exact, NO_VALUE, percent, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import type { ChangeProps } from '../../ui/Change.tsx';
import { Definition, useMeasureTerm } from '../../ui/Definition.tsx';
import { KpiRow, KpiTile } from '../../ui/KpiTile.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { partlyKnown } from './known.ts';
import { courseOf, endsPartial } from './trend.ts';
import { useClubWithin, type useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

type Overview = ReturnType<typeof useOverview>;
type KpiMeasure = (typeof KPI_MEASURES)[number];

const numberIn = (row: Row | undefined, column: string): number | null => {
  const value = row?.[column];
  return typeof value === 'boolean' ? null : toNumber(value);
};

const REASONS = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'] as const;

/** The change of a measure between the ranges: growth for counts, percentage points for shares. */
function changeOf(
  row: Row | undefined,
  measure: KpiMeasure,
  compared: ChangeProps['compared'],
): ChangeProps | undefined {
  if (compared === null) return undefined;
  const reason = REASONS.find((one) => one === row?.[`${measure}__growth_reason`]);
  const points = measure === 'overseas_share' || measure === 'ai_share';
  return {
    value: numberIn(row, points ? `${measure}__delta` : `${measure}__growth`),
    reason: reason ?? 'no_data',
    unit: points ? 'points' : 'percent',
    compared,
  };
}

/** The five numbers of the industry, each with its change and its course. */
export function KpiSection({ overview }: { overview: Overview }) {
  const totals = answered(overview.batch.data?.totals)?.rows[0];
  const course = answered(overview.batch.data?.course);
  const shared = { row: totals, course, overview, loading: overview.batch.isPending };
  return (
    <KpiRow wideFirst>
      <MeasureTile measure="views" lead {...shared} />
      <MeasureTile measure="active_series" {...shared} />
      <ClubTile overview={overview} />
      <MeasureTile measure="overseas_share" {...shared} />
      <MeasureTile measure="ai_share" {...shared} />
    </KpiRow>
  );
}

interface MeasureTileProps {
  measure: KpiMeasure;
  row: Row | undefined;
  course: Answer | undefined;
  overview: Overview;
  lead?: boolean;
  loading: boolean;
}

function MeasureTile({ measure, row, course, overview, lead = false, loading }: MeasureTileProps) {
  const { t, language } = useWords();
  const { compared } = useScope();
  const term = useMeasureTerm()(measure);
  const value = row?.[measure];
  const cell = typeof value === 'boolean' ? null : value;
  const share = measure === 'overseas_share' || measure === 'ai_share';
  const { from, to } = overview.trend.range;
  const kind = measure === 'overseas_share' ? 'overseas' : measure === 'ai_share' ? 'ai' : null;
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
      label={<Definition measure={measure} />}
      value={none ? NO_VALUE : share ? percent(cell) : compact(cell, language)}
      full={none ? undefined : share ? percent(cell, 3) : exact(cell)}
      change={none ? undefined : changeOf(row, measure, compared)}
      detail={detail === false ? undefined : detail}
      lead={lead}
      loading={loading}
      sparkline={
        <Sparkline
          values={none ? [] : courseOf(course, measure)}
          partial={endsPartial(course)}
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
  const months = new Map<string, number>();
  for (const { period } of answered(overview.batch.data?.course)?.rows ?? []) {
    const start = String(period);
    const key = overview.trend.grain === 'month' ? start.slice(0, 7) : start;
    const crossed = overview.club.data?.rows.filter((row) => row.crossed_at?.startsWith(key) === true);
    months.set(start, crossed?.length ?? 0);
  }
  return (
    <KpiTile
      label={<Definition text={t('club_definition')}>{t('club')}</Definition>}
      value={now === undefined ? '–' : t('club_unit', { count: now.rows.length })}
      change={
        compared === null ? undefined : { value: known ? delta : null, reason: 'no_data', unit: 'count', compared }
      }
      loading={overview.club.isPending}
      sparkline={
        overview.trend.grain === 'week' ? undefined : (
          <Sparkline
            values={[...months.values()]}
            label={t('spark', { name: t('club'), range: rangeText(from, to, language) })}
          />
        )
      }
    />
  );
}
