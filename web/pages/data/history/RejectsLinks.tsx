import { Button, Group } from '@mantine/core';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { rejectsUrl } from '../../../data/api/imports.ts';
import { useFirstRejects } from '../../../data/hooks.ts';
import { exact } from '../../../i18n/numbers.ts';
import { RejectedRows } from '../parts/RejectedRows.tsx';
import styles from './RejectsLinks.module.css';
import { useWords } from './words.ts';

function First({ id }: { id: string }) {
  const { data } = useFirstRejects(id);
  return data === undefined || data.rows.length === 0 ? null : <RejectedRows rows={data.rows} />;
}

/** The rejected rows of an import to take away: as lines to mend, and as a list of reasons; and how to bring them back. */
export function RejectsLinks({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  const committed = record.status === 'committed';
  // Of a file that was refused for them nothing counts, so it is mended as a whole.
  if (record.rows_rejected === 0 || !(committed || record.error?.code === 'too_many_rejects')) return null;
  return (
    <div className={styles.rejects}>
      <h3 className={styles.title}>
        {t('rejects_title', { count: record.rows_rejected, shown: exact(record.rows_rejected) })}
      </h3>
      {committed && <p className={styles.text}>{t('rejects_how')}</p>}
      <First id={record.import_id} />
      <Group gap={8} mt={8}>
        {committed && (
          <Button component="a" size="xs" variant="default" href={rejectsUrl(record.import_id, 'lines')} download>
            {t('rejects_lines')}
          </Button>
        )}
        <Button component="a" size="xs" variant="default" href={rejectsUrl(record.import_id)} download>
          {t('rejects_table')}
        </Button>
      </Group>
    </div>
  );
}
