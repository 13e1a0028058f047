import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { isFinal } from '../../../data/api/imports.ts';
import { useImports } from '../../../data/hooks.ts';
import { Card } from '../../../ui/Card.tsx';
import type { QueuedFile } from '../desk/queuedFile.ts';
import { UndoDialog } from '../history/UndoDialog.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import styles from './FilesCard.module.css';
import { importText } from './importText.ts';
import { useWords } from './words.ts';

export function UnderWayCard({ files }: { files: readonly QueuedFile[] }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<ImportRecord | null>(null);
  const mine = new Set(files.map(({ importId }) => importId));
  const rows = useImports().data?.rows.filter((row) => !isFinal(row) && !mine.has(row.import_id)) ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t('under_way')} subtitle={t('under_way_text')} flush>
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.import_id} className={styles.row}>
            <span className={styles.title} title={row.filename}>
              {row.filename}
            </span>
            <StateMark state={row.status}>{t(`status_${row.status}`)}</StateMark>
            <div className={styles.details}>
              <Progress value={row.progress * 100} animated aria-label={row.filename} size="sm" />
              <span className={styles.said}>{importText(row, t).join(' · ')}</span>
            </div>
            <div className={styles.actions}>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('cancel_of', { name: row.filename })}
                onClick={() => setAsked(row)}
              >
                {t('cancel')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked !== null && <UndoDialog record={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}
