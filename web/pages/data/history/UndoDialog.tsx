import { useQueryClient } from '@tanstack/react-query';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { isFinal, removeImport } from '../../../data/imports.ts';
import { exact } from '../../../i18n/numbers.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { useWords } from '../words.ts';

/** Asks before an import is undone, or a running one cancelled, and does it. */
export function UndoDialog({ record, onClose }: { record: ImportRecord; onClose: () => void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const running = !isFinal(record);
  const values = { name: record.filename, count: exact(record.rows_committed) };
  return (
    <ConfirmDialog
      title={t(running ? 'cancel_confirm' : 'undo_confirm')}
      action={t(running ? 'cancel' : 'undo')}
      onConfirm={() => removeImport(record.import_id)}
      onDone={() => queryClient.invalidateQueries()}
      onClose={onClose}
    >
      {t(running ? 'cancel_confirm_text' : 'undo_confirm_text', values)}
    </ConfirmDialog>
  );
}
