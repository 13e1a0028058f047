import { Button, Modal, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFlask } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { command } from '../../data/request.ts';
import { useWords } from '../../i18n/words.ts';
import { useErrorText } from '../ErrorState.tsx';
import styles from './SyntheticBadge.module.css';

/** Says that demo data are loaded, and removes them after asking. */
export function SyntheticBadge() {
  const { t } = useWords();
  const errorText = useErrorText();
  const [asking, ask] = useDisclosure(false);
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () => command('imports', { method: 'DELETE', params: { synthetic: true } }),
    onSuccess: async () => {
      ask.close();
      await queryClient.invalidateQueries();
    },
  });
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
      <Modal opened={asking} onClose={ask.close} title={t('synthetic_confirm')} centered>
        <p className={styles.text}>{t('synthetic_confirm_text')}</p>
        {removal.isError && (
          <p role="alert" className={styles.error}>
            {errorText(removal.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={ask.close}>
            {t('cancel')}
          </Button>
          <Button loading={removal.isPending} onClick={() => removal.mutate()}>
            {t('synthetic_remove')}
          </Button>
        </div>
      </Modal>
    </>
  );
}
