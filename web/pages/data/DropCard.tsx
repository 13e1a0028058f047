import '@mantine/dropzone/styles.css';
import { Button, Progress } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Upload } from '../../../server/contract/imports.ts';
import { uploadFile } from '../../data/imports.ts';
import { ApiError } from '../../data/request.ts';
import { percent } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { useErrorText } from '../../ui/ErrorState.tsx';
import styles from './DropCard.module.css';
import { bytesText } from './mapping.ts';
import { useWords } from './words.ts';

interface Sending {
  file: File;
  sent: number;
  abort: AbortController;
}

/** Takes one file and streams it up; what the server detected in it goes to the next step. */
export function DropCard({ onUploaded }: { onUploaded: (upload: Upload) => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const send = (file: File | undefined) => {
    if (file === undefined) return;
    const abort = new AbortController();
    current.current = abort;
    setError(null);
    setSending({ file, sent: 0, abort });
    uploadFile(file, (sent) => setSending({ file, sent, abort }), abort.signal)
      .then(onUploaded)
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError && failure.code === 'upload_aborted' && abort.signal.aborted))
          setError(failure);
      })
      .finally(() => setSending(null));
  };

  return (
    <Card className={styles.card}>
      {sending === null ? (
        <Dropzone onDrop={(files) => send(files[0])} multiple={false} className={styles.zone} aria-label={t('drop')}>
          <IconUpload size={28} stroke={1.4} aria-hidden className={styles.icon} />
          <p className={styles.title}>{t('drop')}</p>
          <p className={styles.text}>{t('drop_text')}</p>
        </Dropzone>
      ) : (
        <Transfer {...sending} />
      )}
      {error !== null && (
        <p className={styles.error} role="alert">
          <strong>{t('upload_failed')}</strong> {errorText(error)}
        </p>
      )}
    </Card>
  );
}

function Transfer({ file, sent, abort }: Sending) {
  const { t } = useWords();
  const label = sent < 1 ? t('uploading', { name: file.name }) : t('reading', { name: file.name });
  return (
    <div className={styles.transfer} role="status">
      <p className={styles.title}>{label}</p>
      <Progress value={sent * 100} animated={sent >= 1} aria-label={label} />
      <div className={styles.transferFoot}>
        <span className="numbers">
          {bytesText(file.size * sent)} / {bytesText(file.size)} · {percent(sent, 0)}
        </span>
        <Button size="xs" variant="default" onClick={() => abort.abort()}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
