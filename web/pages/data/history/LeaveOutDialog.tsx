import { useQueryClient } from '@tanstack/react-query';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { removeImport } from '../../../data/api/imports.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { useWords } from './words.ts';

export function LeaveOutDialog({ record, onClose }: { record: ImportRecord; onClose: () => void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      title={t('leave_out_confirm')}
      action={t('leave_out')}
      onConfirm={() => removeImport(record.import_id)}
      onDone={() => queryClient.invalidateQueries()}
      onClose={onClose}
    >
      {t('leave_out_confirm_text', { name: record.filename })}
    </ConfirmDialog>
  );
}
