import { useQueryClient } from '@tanstack/react-query';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { rereadImport } from '../../../data/api/imports.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { useWords } from './words.ts';

export function RereadDialog({ record, onClose }: { record: ImportRecord; onClose: () => void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      title={t('reread_confirm')}
      action={t('reread')}
      onConfirm={() => rereadImport(record.import_id)}
      onDone={() => queryClient.invalidateQueries()}
      onClose={onClose}
    >
      {t('reread_confirm_text', { name: record.filename })}
    </ConfirmDialog>
  );
}
