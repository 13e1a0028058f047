import { Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconLineDashed } from '@tabler/icons-react';
import type { AnomaliesAnswer } from '../../../server/contract/analyses-outlook.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { compact, day, exact, grown, range as rangeText } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { SourceLine } from '../../ui/chart/Chart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Name } from '../../ui/Name.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import styles from './AnomaliesCard.module.css';
import { platformOf } from './anomalies.ts';
import { useGrowthWords } from './words.ts';

/** Series that are looked at: the most viewed. */
const EXAMINED = 50;
const SHOWN = 12;
const ICONS = { spike: IconArrowUp, drop: IconArrowDown, gap: IconLineDashed } as const;

type Anomaly = AnomaliesAnswer['rows'][number];

/** Days of series that stand out against what was to be expected, each a way to its series. */
export function AnomaliesCard() {
  const { t, language } = useGrowthWords();
  const { range } = useScope();
  const anomalies = useAnalysis('anomalies', { top: EXAMINED });
  const { data, error } = anomalies;
  const source = useSource(data?.meta);
  const rows = data?.rows ?? [];
  return (
    <Card
      title={t('anomalies')}
      subtitle={t('anomalies_subtitle', {
        range: rangeText(range.from, range.to, language),
        count: exact(data?.series_examined ?? EXAMINED),
      })}
      footer={<SourceLine source={source} language={language} />}
      flush
    >
      {anomalies.isPending && (
        <div className={styles.loading}>
          <Skeleton height={40} />
          <Skeleton height={40} />
          <Skeleton height={40} />
        </div>
      )}
      {error !== null && <ErrorState error={error} onRetry={() => void anomalies.refetch()} />}
      {data !== undefined && rows.length === 0 && <p className={styles.empty}>{t('anomalies_none')}</p>}
      {rows.length > 0 && (
        <ul className={styles.list} aria-busy={anomalies.isPlaceholderData}>
          {rows.slice(0, SHOWN).map((row) => (
            <li key={`${row.series} ${row.day} ${row.kind} ${row.source ?? ''}`}>
              <Entry row={row} />
            </li>
          ))}
        </ul>
      )}
      {rows.length > SHOWN && <p className={styles.more}>{t('anomalies_more', { count: rows.length - SHOWN })}</p>}
    </Card>
  );
}

function Entry({ row }: { row: Anomaly }) {
  const { t, language } = useGrowthWords();
  const Icon = ICONS[row.kind];
  const platform = platformOf(row);
  const told =
    row.kind === 'gap'
      ? t('anomaly_gap', { source: row.source ?? '', count: row.days })
      : t(`anomaly_${row.kind}`, {
          views: compact(row.views, language),
          expected: compact(row.expected, language),
          times: row.deviation === null ? '' : grown(row.deviation, language),
        });
  return (
    <SeriesLink id={row.series} className={styles.entry}>
      <span className={styles.kind} data-kind={row.kind}>
        <Icon size={14} stroke={2} aria-hidden />
        {t(`kind_${row.kind}`)}
      </span>
      <span className={styles.day}>{day(row.day, language)}</span>
      <span className={styles.name}>
        <Name text={row.series_label} />
      </span>
      <span className={styles.told}>
        {told}
        {platform !== null && t('anomaly_platform', { platform })}
        {row.holiday !== null && t('anomaly_holiday', { holiday: row.holiday[language] })}
      </span>
    </SeriesLink>
  );
}
