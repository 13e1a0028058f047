import { Button, Group, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../data/useWords.ts';
import { ErrorNotice } from './Notice.tsx';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  action: string;
  onConfirm: () => Promise<unknown>;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is taken away, does it, and closes; stays, with the reason, when it could not be done. */
export function ConfirmDialog({ title, children, action, onConfirm, onDone, onClose }: ConfirmDialogProps) {
  const { t } = useWords();
  const doing = useMutation({
    mutationFn: onConfirm,
    onSuccess: async () => {
      onClose();
      await onDone();
    },
  });
  return (
    <Modal opened onClose={onClose} centered title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <p>{children}</p>
      <ErrorNotice error={doing.error} mt={16} />
      <Group gap={8} mt={24}>
        <Button onClick={() => doing.mutate()} loading={doing.isPending}>
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('keep')}
        </Button>
      </Group>
    </Modal>
  );
}
