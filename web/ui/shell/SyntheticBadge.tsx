import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFlask } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { command } from '../../data/request.ts';
import { useWords } from '../../i18n/words.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import styles from './SyntheticBadge.module.css';

/** Says that demo data are loaded, and removes them after asking. */
export function SyntheticBadge() {
  const { t } = useWords();
  const [asking, ask] = useDisclosure(false);
  const queryClient = useQueryClient();
  return (
    <>
      <Popover position="right-end" width={280} withArrow shadow="md">
        <Popover.Target>
          <button type="button" className={styles.badge}>
            <IconFlask size={14} stroke={1.8} aria-hidden />
            {t('synthetic')}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <p className={styles.text}>{t('synthetic_text')}</p>
          <Button size="xs" variant="default" onClick={ask.open}>
            {t('synthetic_remove')}
          </Button>
        </Popover.Dropdown>
      </Popover>
      {asking && (
        <ConfirmDialog
          title={t('synthetic_confirm')}
          action={t('synthetic_remove')}
          onConfirm={() => command('imports', { method: 'DELETE', params: { synthetic: true } })}
          onDone={() => queryClient.invalidateQueries()}
          onClose={ask.close}
        >
          {t('synthetic_confirm_text')}
        </ConfirmDialog>
      )}
    </>
  );
}
