import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ImportRecord } from '../../../server/contract/imports.ts';
import { isFinal, removeImport, watchImport } from '../../data/imports.ts';
import { exact, percent } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import drop from './DropCard.module.css';
import styles from './ProgressCard.module.css';
import { useWords } from './words.ts';

interface ProgressCardProps {
  importId: string;
  filename: string;
  onLeave: () => void;
}

/** An import under way, then what came of it. */
export function ProgressCard({ importId, filename, onLeave }: ProgressCardProps) {
  const { t } = useWords();
  const errorText = useErrorText();
  const { record, error } = useWatched(importId);
  const next = (
    <Button variant="default" onClick={onLeave}>
      {t('next_file')}
    </Button>
  );
  if (error !== null) {
    return (
      <Card title={t('importing', { name: filename })}>
        <p className={drop.error} role="alert">
          {errorText(error)}
        </p>
        <div className={styles.buttons}>{next}</div>
      </Card>
    );
  }
  if (record === null || !isFinal(record)) return <Running importId={importId} filename={filename} record={record} />;
  return (
    <Card title={titleOf(record, t)}>
      <div role="status">
        {record.status === 'committed' && (
          <p>
            {t('imported_text', {
              committed: exact(record.rows_committed),
              unchanged: exact(record.rows_unchanged),
              rejected: exact(record.rows_rejected),
            })}
          </p>
        )}
        {record.error !== null && <p className={drop.error}>{record.error.detail}</p>}
      </div>
      <div className={styles.buttons}>
        {record.status === 'committed' && (
          <PageLink page="overview" asButton>
            {t('see_overview')}
          </PageLink>
        )}
        {next}
      </div>
    </Card>
  );
}

function titleOf(record: ImportRecord, t: ReturnType<typeof useWords>['t']): string {
  if (record.status === 'committed') return t('imported', { name: record.filename });
  return t(record.status === 'failed' ? 'import_failed' : 'import_cancelled');
}

function Running({ importId, filename, record }: { importId: string; filename: string; record: ImportRecord | null }) {
  const { t } = useWords();
  const progress = record?.progress ?? 0;
  const label = t('importing', { name: filename });
  return (
    <Card title={label} subtitle={t('importing_text')}>
      <Progress value={progress * 100} animated aria-label={label} />
      <div className={drop.transferFoot}>
        <span className="numbers">{percent(progress, 0)}</span>
        <Button size="xs" variant="default" mt={8} onClick={() => void removeImport(importId)}>
          {t('cancel')}
        </Button>
      </div>
    </Card>
  );
}

function useWatched(importId: string): { record: ImportRecord | null; error: unknown } {
  const queryClient = useQueryClient();
  const [record, setRecord] = useState<ImportRecord | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(
    () =>
      watchImport(
        importId,
        (next) => {
          setRecord(next);
          // The data changed: every answer is of the version before.
          if (isFinal(next)) void queryClient.invalidateQueries();
        },
        setError,
      ),
    [importId, queryClient],
  );
  return { record, error };
}
