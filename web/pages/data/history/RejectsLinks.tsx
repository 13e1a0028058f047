import { Button, Group } from '@mantine/core';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { rejectsUrl } from '../../../data/imports.ts';
import { exact } from '../../../i18n/numbers.ts';
import { useWords } from '../words.ts';
import styles from './RejectsLinks.module.css';

/** The rejected rows of an import to take away: as lines to mend, and as a list of reasons; and how to bring them back. */
export function RejectsLinks({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  if (record.rows_rejected === 0 || record.status !== 'committed') return null;
  return (
    <div className={styles.rejects}>
      <h3 className={styles.title}>
        {t('rejects_title', { count: record.rows_rejected, shown: exact(record.rows_rejected) })}
      </h3>
      <p className={styles.text}>{t('rejects_how')}</p>
      <Group gap={8} mt={8}>
        <Button component="a" size="xs" variant="default" href={rejectsUrl(record.import_id, 'lines')} download>
          {t('rejects_lines')}
        </Button>
        <Button component="a" size="xs" variant="default" href={rejectsUrl(record.import_id)} download>
          {t('rejects_table')}
        </Button>
      </Group>
    </div>
  );
}
