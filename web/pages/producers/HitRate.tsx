import { NO_VALUE, percent } from '../../i18n/numbers.ts';
import { Hint } from '../../ui/Hint.tsx';
import styles from './HitRate.module.css';
import { useProducersWords } from './words.ts';

interface HitRateProps {
  rate: number | null;
  low: number | null;
  high: number | null;
  hits: number;
  mature: number;
}

/** A rate with its 95 % Wilson interval as a small range bar, so that 1 of 1 does not look like a certainty. */
export function HitRate({ rate, low, high, hits, mature }: HitRateProps) {
  const { t } = useProducersWords();
  if (rate === null || low === null || high === null) {
    return (
      <span className={styles.none} title={t('no_mature')}>
        {NO_VALUE}
      </span>
    );
  }
  const text = t('interval', { low: percent(low, 0), high: percent(high, 0), hits, mature });
  return (
    <Hint label={text}>
      {(hinted) => (
        <span className={styles.rate} {...hinted}>
          <span className={styles.track} role="img" aria-label={text}>
            <span
              className={styles.range}
              style={{ left: `${low * 100}%`, width: `${Math.max(2, (high - low) * 100)}%` }}
            />
            <span className={styles.point} style={{ left: `${rate * 100}%` }} />
          </span>
          <span className={styles.value}>{percent(rate, 0)}</span>
          <span className={styles.counts}>
            {hits}/{mature}
          </span>
        </span>
      )}
    </Hint>
  );
}
