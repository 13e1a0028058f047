import { Button, Group } from '@mantine/core';
import { exact, range as rangeText } from '../../../i18n/numbers.ts';
import { serverText } from '../../../i18n/serverText.ts';
import { Card } from '../../../ui/Card.tsx';
import { useErrorText } from '../../../ui/ErrorState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { desk } from '../desk/desk.ts';
import type { QueuedFile } from '../desk/queuedFile.ts';
import { RejectsLinks } from '../history/RejectsLinks.tsx';
import { Counts } from '../parts/Counts.tsx';
import { WarningList } from '../parts/warnings/WarningList.tsx';
import { useWords } from './words.ts';

export function OutcomeCard({ file }: { file: QueuedFile }) {
  const { t, language } = useWords();
  const errorText = useErrorText();
  const { record, state } = file;
  if (state === 'failed' || record === null) {
    const reason = record?.error == null ? errorText(file.error) : serverText(record.error.detail, language);
    return (
      <Card title={t(state === 'failed' ? 'import_failed' : 'import_cancelled')} subtitle={file.name}>
        {state === 'failed' && (
          <Notice tone="bad" role="alert">
            {reason}
          </Notice>
        )}
        {record && <RejectsLinks record={record} />}
        <Again file={file} />
      </Card>
    );
  }
  if (state === 'cancelled')
    return (
      <Card title={t('import_cancelled')} subtitle={file.name}>
        <Again file={file} />
      </Card>
    );
  return (
    <Card title={t('imported', { name: record.filename })} subtitle={rangeText(record.from, record.to, language)}>
      <div role="status">
        <Counts
          counts={[
            [t('rows_read'), exact(record.rows_read)],
            [t('rows_committed'), exact(record.rows_committed)],
            [t('rows_unchanged'), exact(record.rows_unchanged)],
            [t('rows_rejected'), exact(record.rows_rejected)],
          ]}
        />
      </div>
      <WarningList warnings={record.warnings} />
      <RejectsLinks record={record} />
      <Group mt={16}>
        <PageLink page="overview" asButton>
          {t('see_overview')}
        </PageLink>
      </Group>
    </Card>
  );
}

function Again({ file }: { file: QueuedFile }) {
  const { t } = useWords();
  if (desk.body(file.id) === undefined) return null;
  return (
    <Button variant="default" mt={16} onClick={() => desk.again(file.id)}>
      {t('retry')}
    </Button>
  );
}
