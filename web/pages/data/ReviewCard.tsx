import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Upload } from '../../../server/contract/imports.ts';
import { dryRunImport, startImport } from '../../data/imports.ts';
import { Card } from '../../ui/Card.tsx';
import { ColumnsTable } from './ColumnsTable.tsx';
import { DetectedFacts } from './DetectedFacts.tsx';
import { DryRunResult } from './DryRunResult.tsx';
import { ImportFailure } from './ImportFailure.tsx';
import { type Draft, draftOf, problemsOf, requestOf } from './mapping.ts';
import { OptionsForm } from './OptionsForm.tsx';
import styles from './ReviewCard.module.css';
import { useWords } from './words.ts';

interface ReviewCardProps {
  upload: Upload;
  onStarted: (importId: string) => void;
  onLeave: () => void;
}

/** What was detected in a file, to be mended; tried without writing; imported. */
export function ReviewCard({ upload, onStarted, onLeave }: ReviewCardProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Draft>(() => draftOf(upload));
  const trial = useMutation({ mutationFn: () => dryRunImport(requestOf(upload, draft)) });
  const start = useMutation({
    mutationFn: (force: boolean) => startImport(requestOf(upload, draft), force),
    onSuccess: onStarted,
  });
  const change = (next: Draft) => {
    // What was tried no longer holds.
    trial.reset();
    start.reset();
    setDraft(next);
  };
  const { errors, warnings } = problemsOf(draft);
  const ready = errors.length === 0;
  return (
    <>
      <Card
        title={t('detected')}
        subtitle={upload.filename}
        actions={
          <Button size="xs" variant="default" onClick={onLeave}>
            {t('another')}
          </Button>
        }
      >
        <DetectedFacts upload={upload} kind={draft.kind} onKind={(kind) => change({ ...draft, kind })} />
      </Card>
      <Card title={t('columns')} subtitle={t('columns_text')} flush>
        <ColumnsTable upload={upload} draft={draft} onChange={change} />
      </Card>
      <Card title={t('options')}>
        <OptionsForm upload={upload} draft={draft} onChange={change} />
        <div className={styles.problems} aria-live="polite">
          {errors.map((key) => (
            <p key={key} className={styles.error}>
              {t(key)}
            </p>
          ))}
          {warnings.map((key) => (
            <p key={key} className={styles.warning}>
              {t(key)}
            </p>
          ))}
        </div>
        <ImportFailure
          error={start.error ?? trial.error}
          firstId={upload.duplicate_of}
          onAgain={() => start.mutate(true)}
        />
        <div className={styles.buttons}>
          <Button onClick={() => start.mutate(false)} loading={start.isPending} disabled={!ready}>
            {t('import')}
          </Button>
          <Button variant="default" onClick={() => trial.mutate()} loading={trial.isPending} disabled={!ready}>
            {t('dry_run')}
          </Button>
          {trial.isPending && <span className={styles.note}>{t('dry_running')}</span>}
        </div>
      </Card>
      {trial.data !== undefined && <DryRunResult result={trial.data} />}
    </>
  );
}
