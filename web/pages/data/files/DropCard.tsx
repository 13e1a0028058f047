import '@mantine/dropzone/styles.css';
import { Button } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { type ChangeEvent, useRef } from 'react';
import styles from './DropCard.module.css';
import { useWords } from './words.ts';

interface DropCardProps {
  /** A strip rather than a stage: there are files already. */
  small: boolean;
  onFiles: (files: File[]) => void;
}

export function DropCard({ small, onFiles }: DropCardProps) {
  const { t } = useWords();
  const open = useRef<() => void>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <div className={styles.card}>
      <Dropzone
        onDrop={onFiles}
        openRef={open}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        className={styles.zone}
        data-small={small}
        tabIndex={-1}
      >
        <IconUpload size={small ? 20 : 28} stroke={1.4} aria-hidden className={styles.icon} />
        <p className={styles.title}>{t(small ? 'drop_more' : 'drop')}</p>
        {!small && <p className={styles.text}>{t('drop_text')}</p>}
        <div className={styles.buttons}>
          <Button size={small ? 'xs' : 'sm'} variant={small ? 'default' : 'filled'} onClick={() => open.current?.()}>
            {t('choose_files')}
          </Button>
          <Button size={small ? 'xs' : 'sm'} variant="default" onClick={() => folder.current?.click()}>
            {t('choose_folder')}
          </Button>
        </div>
      </Dropzone>
      <input ref={folder} type="file" multiple hidden data-folder onChange={chosen} {...{ webkitdirectory: '' }} />
    </div>
  );
}
