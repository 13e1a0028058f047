import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { isFinal, removeImport } from '../../../data/imports.ts';
import { exact } from '../../../i18n/numbers.ts';
import { useErrorText } from '../../../ui/ErrorState.tsx';
import review from '../review/ReviewCard.module.css';
import { useWords } from '../words.ts';

/** Asks before an import is undone, or a running one cancelled, and does it. */
export function UndoDialog({ record, onClose }: { record: ImportRecord; onClose: () => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const running = !isFinal(record);
  const removal = useMutation({
    mutationFn: () => removeImport(record.import_id),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries();
    },
  });
  const values = { name: record.filename, count: exact(record.rows_committed) };
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t(running ? 'cancel_confirm' : 'undo_confirm')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{t(running ? 'cancel_confirm_text' : 'undo_confirm_text', values)}</p>
      {removal.isError && (
        <div role="alert" className={review.error}>
          {errorText(removal.error)}
        </div>
      )}
      <div className={review.buttons}>
        <Button onClick={() => removal.mutate()} loading={removal.isPending}>
          {t(running ? 'cancel' : 'undo')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('keep')}
        </Button>
      </div>
    </Modal>
  );
}
