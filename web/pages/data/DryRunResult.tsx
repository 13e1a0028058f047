import type { DryRun } from '../../../server/contract/imports.ts';
import { exact, range as rangeText } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import styles from './DryRunResult.module.css';
import { useWords } from './words.ts';

/** What an import would do: how many rows are new, changed, the same, refused, with samples. */
export function DryRunResult({ result }: { result: DryRun }) {
  const { t, language } = useWords();
  const counts: [string, string][] = [
    [t('rows_read'), exact(result.rows_read)],
    [t('rows_new'), exact(result.new)],
    [t('rows_changed'), exact(result.changed)],
    [t('rows_identical'), exact(result.identical)],
    [t('rows_rejected'), exact(result.rejected)],
    [t('period'), rangeText(result.from, result.to, language)],
  ];
  return (
    <Card title={t('dry_result')} subtitle={t('dry_result_text')} flush>
      <dl className={styles.counts}>
        {counts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.warnings.length > 0 && (
        <ul className={styles.warnings} aria-label={t('warnings')}>
          {result.warnings.map(({ code, detail }) => (
            <li key={`${code} ${detail}`}>{detail}</li>
          ))}
        </ul>
      )}
      <Samples result={result} />
    </Card>
  );
}

function Samples({ result }: { result: DryRun }) {
  const { t } = useWords();
  return (
    <>
      {result.changed_samples.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('changed_samples')}</h3>
          <DataTable
            dense
            caption={t('changed_samples')}
            rows={result.changed_samples}
            rowId={({ key, before, after }) => `${key} ${before} ${after}`}
            columns={[
              { id: 'key', header: t('key'), value: (row) => row.key, width: 320, sortable: false },
              { id: 'before', header: t('before'), value: (row) => row.before, width: 200, sortable: false },
              { id: 'after', header: t('after'), value: (row) => row.after, width: 200, sortable: false },
            ]}
          />
        </>
      )}
      {result.reject_samples.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('reject_samples')}</h3>
          <DataTable
            dense
            caption={t('reject_samples')}
            rows={result.reject_samples}
            rowId={({ line, column }) => `${line} ${column}`}
            columns={[
              { id: 'line', header: t('line'), value: (row) => row.line, width: 80, sortable: false },
              { id: 'column', header: t('column'), value: (row) => row.column, width: 160, sortable: false },
              { id: 'value', header: t('value'), value: (row) => row.value, width: 200, sortable: false },
              { id: 'reason', header: t('reason'), value: (row) => row.reason, width: 280, sortable: false },
            ]}
          />
        </>
      )}
    </>
  );
}
