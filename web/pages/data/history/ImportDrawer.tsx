import { Button, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import type { OutdatedImport } from '../../../../server/contract/outdated.ts';
import { isFinal } from '../../../data/api/imports.ts';
import { exact, moment, range as rangeText } from '../../../i18n/numbers.ts';
import { serverText } from '../../../i18n/serverText.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { bytesText } from '../parts/bytesText.ts';
import { Counts } from '../parts/Counts.tsx';
import { localTime } from '../parts/localTime.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { WarningList } from '../parts/warnings/WarningList.tsx';
import styles from './ImportDrawer.module.css';
import { mendersOf, originalOf } from './mended.ts';
import { RejectsLinks } from './RejectsLinks.tsx';
import { useSettings } from './useSettings.ts';
import { useWords } from './words.ts';

interface ImportDrawerProps {
  record: ImportRecord;
  onClose: () => void;
  onAsk: () => void;
  all: readonly ImportRecord[];
  onOpen: (importId: string) => void;
  outdated: OutdatedImport | undefined;
  onAgain: () => void;
}

export function ImportDrawer({ record, onClose, onAsk, all, onOpen, outdated, onAgain }: ImportDrawerProps) {
  const { t } = useWords();
  const running = !isFinal(record);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={record.filename}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.body}>
        {outdated !== undefined && <Outdated found={outdated} onAgain={onAgain} />}
        <Facts record={record} all={all} onOpen={onOpen} />
        <Counts
          counts={[
            [t('rows_read'), exact(record.rows_read)],
            [t('rows_committed'), exact(record.rows_committed)],
            [t('rows_unchanged'), exact(record.rows_unchanged)],
            [t('rows_rejected'), exact(record.rows_rejected)],
          ]}
        />
        {record.error !== null && <Failure record={record} />}
        <WarningList warnings={record.warnings} />
        <RejectsLinks record={record} />
        <Mapping record={record} />
        <Settings record={record} />
        {(running || record.status === 'committed') && (
          <Button variant="default" mt={24} onClick={onAsk}>
            {t(running ? 'cancel' : 'undo')}
          </Button>
        )}
      </div>
    </Drawer>
  );
}

function Facts({ record, all, onOpen }: Pick<ImportDrawerProps, 'record' | 'all' | 'onOpen'>) {
  const { t, language } = useWords();
  const time = (instant: string | null) => (instant === null ? '–' : moment(localTime(instant), language));
  const facts: [string, ReactNode][] = [
    [
      t('status'),
      <StateMark key="status" state={record.status}>
        {t(`status_${record.status}`)}
      </StateMark>,
    ],
    [t('kind'), t(`kind_${record.kind}`)],
    [t('source'), record.source],
    [t('period'), rangeText(record.from, record.to, language)],
    [t('when'), time(record.started_at)],
    [t('finished'), time(record.finished_at)],
    [t('size'), bytesText(record.bytes)],
  ];
  const linked = (row: ImportRecord) => (
    <button key={row.import_id} type="button" className={styles.link} onClick={() => onOpen(row.import_id)}>
      {row.filename}
    </button>
  );
  const original = originalOf(record, all);
  if (original !== null) facts.push([t('mends'), linked(original)]);
  const menders = mendersOf(record, all);
  if (menders.length > 0) facts.push([t('mended_by'), menders.map(linked)]);
  return <Pairs pairs={facts} />;
}

function Outdated({ found, onAgain }: { found: OutdatedImport; onAgain: () => void }) {
  const { t, language } = useWords();
  return (
    <Notice tone="warn" mb={16}>
      <strong>{t('outdated')}</strong>
      <ul className={styles.changes}>
        {found.outdated.map(({ part, detail, count, unit }) => (
          <li key={part}>
            {serverText(detail, language)} · {t(`outdated_${unit}`, { count, shown: exact(count) })}
          </li>
        ))}
      </ul>
      <p>{t(found.file_kept ? 'outdated_kept' : 'outdated_gone')}</p>
      {found.file_kept && (
        <Button size="xs" mt={8} onClick={onAgain}>
          {t('reread')}
        </Button>
      )}
    </Notice>
  );
}

function Failure({ record }: { record: ImportRecord }) {
  const { t, language } = useWords();
  if (record.error === null) return null;
  return (
    <Notice tone="bad" mb={16}>
      <strong>{t('error')}</strong> {serverText(record.error.detail, language)}
    </Notice>
  );
}

function Mapping({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  const settings = useSettings(record);
  if (settings.mapping.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('mapping_title')}</h3>
      <Pairs pairs={settings.mapping} />
    </section>
  );
}

function Settings({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  const { options } = useSettings(record);
  if (options.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('settings_title')}</h3>
      <Pairs pairs={options} />
    </section>
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.pairs}>
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
