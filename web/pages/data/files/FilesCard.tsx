import { Button, CloseButton, Progress } from '@mantine/core';
import { exact } from '../../../i18n/numbers.ts';
import { serverText } from '../../../i18n/serverText.ts';
import { Card } from '../../../ui/Card.tsx';
import { useErrorText } from '../../../ui/ErrorState.tsx';
import { desk } from '../desk/desk.ts';
import { hasEnded, importable, type QueuedFile } from '../desk/queuedFile.ts';
import { bytesText } from '../parts/bytesText.ts';
import { StateMark } from '../parts/StateMark.tsx';
import styles from './FilesCard.module.css';
import { importText } from './importText.ts';
import { transferText } from './timeLeft.ts';
import { type FilesWords, useWords } from './words.ts';

interface FilesCardProps {
  files: readonly QueuedFile[];
  selected: string | null;
  onSelect: (id: string) => void;
}

export function FilesCard({ files, selected, onSelect }: FilesCardProps) {
  const { t } = useWords();
  const waiting = files.filter(({ state }) => state === 'waiting').length;
  const ready = importable(files).length;
  const ended = files.filter(hasEnded).length;
  return (
    <Card
      title={t('files')}
      subtitle={t('files_text')}
      flush
      actions={
        <>
          {ended > 0 && (
            <Button size="xs" variant="subtle" onClick={() => desk.clearEnded()}>
              {t('clear_ended')}
            </Button>
          )}
          {ready > 0 && (
            <Button size="xs" variant={waiting > 0 ? 'default' : 'filled'} onClick={() => void desk.importReady()}>
              {t('import_ready', { count: ready })}
            </Button>
          )}
          {waiting > 0 && (
            <Button size="xs" onClick={() => void desk.send()}>
              {waiting === 1 ? t('send') : t('send_count', { count: waiting })}
            </Button>
          )}
        </>
      }
    >
      <ul className={styles.list}>
        {files.map((file) => (
          <FileRow key={file.id} file={file} selected={file.id === selected} onSelect={() => onSelect(file.id)} />
        ))}
      </ul>
    </Card>
  );
}

export const rowIdOf = (fileId: string): string => `row-of-${fileId}`;

function FileRow({ file, selected, onSelect }: { file: QueuedFile; selected: boolean; onSelect: () => void }) {
  const { t } = useWords();
  const moving = file.state === 'uploading' || file.state === 'reading' || file.state === 'importing';
  return (
    <li className={styles.row} data-selected={selected}>
      <button type="button" id={rowIdOf(file.id)} className={styles.name} aria-pressed={selected} onClick={onSelect}>
        <span className={styles.title} title={file.name}>
          {file.name}
        </span>
        <span className={styles.size}>{bytesText(file.bytes)}</span>
      </button>
      <StateMark state={file.state}>{stateText(file, t)}</StateMark>
      <Details file={file} />
      <div className={styles.actions}>
        {moving ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('cancel_file', { name: file.name })}
            onClick={() => void desk.cancel(file.id)}
          >
            {t('cancel')}
          </Button>
        ) : (
          file.state !== 'starting' && (
            <CloseButton
              c="dimmed"
              iconSize={16}
              aria-label={t('remove_of', { name: file.name })}
              title={t('remove')}
              onClick={() => desk.remove(file.id)}
            />
          )
        )}
      </div>
    </li>
  );
}

function stateText(file: QueuedFile, t: FilesWords): string {
  return file.record?.status === 'undone' ? t('state_undone') : t(`state_${file.state}`);
}

function Details({ file }: { file: QueuedFile }) {
  const { t, language } = useWords();
  const errorText = useErrorText();
  const { state, record } = file;
  if (file.refusal !== null) return <p className={styles.details}>{t(file.refusal)}</p>;
  if (state === 'uploading' || state === 'reading') {
    const share = file.bytes === 0 ? 1 : file.pace.sent / file.bytes;
    const said = transferText(file.pace.sent, file.bytes, state === 'reading' ? null : file.pace.speed, t);
    return <Bar label={file.name} share={share} busy={state === 'reading'} said={said} />;
  }
  if (state === 'importing' || state === 'starting')
    return (
      <Bar label={file.name} share={record?.progress ?? 0} busy said={record === null ? [] : importText(record, t)} />
    );
  if (state === 'failed')
    return (
      <p className={styles.details} data-bad>
        {record?.error == null ? errorText(file.error) : serverText(record.error.detail, language)}
      </p>
    );
  if (state === 'done' && record !== null)
    return (
      <p className={styles.details}>
        {t('imported_text', {
          count: record.rows_committed,
          committed: exact(record.rows_committed),
          unchanged: exact(record.rows_unchanged),
          rejected: exact(record.rows_rejected),
        })}
      </p>
    );
  return <p className={styles.details}>{file.upload === null ? '' : describedText(file, t)}</p>;
}

function describedText({ upload, draft }: QueuedFile, t: FilesWords): string {
  if (upload === null || draft === null) return '';
  const all = upload.columns.length;
  const count = Object.keys(draft.mapping).length;
  const parts = [t(`kind_${draft.kind}`), t('mapped_count', { count, all })];
  return [...parts, ...(upload.profile === null ? [] : [upload.profile])].join(' · ');
}

function Bar({ label, share, busy, said }: { label: string; share: number; busy: boolean; said: readonly string[] }) {
  return (
    <div className={styles.details}>
      <Progress value={share * 100} animated={busy} aria-label={label} size="sm" />
      <span className={styles.said}>{said.join(' · ')}</span>
    </div>
  );
}
