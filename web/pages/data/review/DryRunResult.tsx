import { useMemo } from 'react';
import type { DryRun } from '../../../../server/contract/imports.ts';
import { exact, percent, range as rangeText } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { TitledText } from '../../../ui/TitledText.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { Counts } from '../parts/Counts.tsx';
import { RejectedRows } from '../parts/RejectedRows.tsx';
import { WarningList } from '../parts/warnings/WarningList.tsx';
import styles from './DryRunResult.module.css';
import { useWords } from './words.ts';

export function DryRunResult({ result }: { result: DryRun }) {
  const { t, language } = useWords();
  const of = (rows: number): [string, string?] =>
    rows === 0 || result.rows_read === 0
      ? [exact(rows)]
      : [exact(rows), t('share_of_rows', { percent: percent(rows / result.rows_read, 1) })];
  return (
    <Card
      title={t('dry_result')}
      subtitle={[t('dry_result_text'), rangeText(result.from, result.to, language)].join(language === 'zh' ? '' : ' ')}
      flush
    >
      <div className={styles.above} role="status">
        <Counts
          counts={[
            [t('rows_read'), exact(result.rows_read)],
            [t('rows_new'), ...of(result.new)],
            [t('rows_changed'), ...of(result.changed)],
            [t('rows_identical'), ...of(result.identical)],
            [t('rows_rejected'), ...of(result.rejected)],
          ]}
        />
        {result.rows_read > 0 && result.identical === result.rows_read && (
          <p className={styles.note}>{t('nothing_changes')}</p>
        )}
        <WarningList warnings={result.warnings} />
      </div>
      <Samples result={result} />
    </Card>
  );
}

type Changed = DryRun['changed_samples'][number];

function Samples({ result }: { result: DryRun }) {
  const { t, language } = useWords();
  const changed = useMemo(
    (): TableColumn<Changed>[] => [
      {
        id: 'key',
        header: t('key'),
        value: (row) => row.label[language].key,
        cell: (row) => <TitledText text={row.label[language].key} />,
        width: 320,
        sortable: false,
      },
      {
        id: 'before',
        header: t('before'),
        value: (row) => row.label[language].before,
        cell: (row) => <TitledText text={row.label[language].before} />,
        width: 240,
        sortable: false,
      },
      {
        id: 'after',
        header: t('after'),
        value: (row) => row.label[language].after,
        cell: (row) => <TitledText text={row.label[language].after} />,
        width: 240,
        sortable: false,
      },
    ],
    [t, language],
  );
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
            columns={changed}
          />
        </>
      )}
      {result.reject_samples.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('reject_samples')}</h3>
          <RejectedRows rows={result.reject_samples} />
        </>
      )}
    </>
  );
}
