import { useAnswers } from '../../data/useFigure.ts';
import { type Anomaly, anomalyKind, anomalyReasons } from '../../figures/series/anomalies.ts';
import { seriesDaily } from '../../figures/series/daily.ts';
import { day } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Definition } from '../../ui/Definition.tsx';
import styles from './AnomaliesCard.module.css';
import { useWords } from './words.ts';

/** The days that the chart above marks, each with what is known of why. */
export function AnomaliesCard({ id }: { id: string }) {
  const { t, language } = useWords();
  const { answers } = useAnswers(seriesDaily, { given: { id } });
  const rows = answers?.anomalies.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Card
      title={<Definition text={t('anomalies_definition')}>{t('anomalies')}</Definition>}
      subtitle={t('anomalies_text')}
    >
      <ul className={styles.list}>
        {rows.toSorted(byDay).map((row) => (
          <li key={`${row.kind} ${row.source} ${row.day}`} className={styles.entry}>
            <span className={styles.day}>{day(row.day, language)}</span>
            <span className={styles.kind}>{anomalyKind(row, language)}</span>
            <span>{anomalyReasons(row, language).join(language === 'zh' ? '；' : '; ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const byDay = (a: Anomaly, b: Anomaly): number => (a.day < b.day ? 1 : -1);
