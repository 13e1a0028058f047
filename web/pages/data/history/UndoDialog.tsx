import { useQueryClient } from '@tanstack/react-query';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { isFinal, removeImport } from '../../../data/api/imports.ts';
import { useImports } from '../../../data/hooks.ts';
import { exact } from '../../../i18n/numbers.ts';
import { sentences } from '../../../i18n/serverText.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { mendersOf } from './mended.ts';
import { useWords } from './words.ts';

export function UndoDialog({ record, onClose }: { record: ImportRecord; onClose: () => void }) {
  const { t, language } = useWords();
  const queryClient = useQueryClient();
  const running = !isFinal(record);
  const values = { name: record.filename, count: record.rows_committed, shown: exact(record.rows_committed) };
  const menders = mendersOf(record, useImports().data?.rows ?? []);
  const staying = menders.reduce((sum, { rows_committed }) => sum + rows_committed, 0);
  const stays =
    menders.length === 0
      ? ''
      : t('undo_mended_stays', {
          count: staying,
          shown: exact(staying),
          names: menders.map(({ filename }) => `“${filename}”`).join(language === 'zh' ? '、' : ', '),
        });
  return (
    <ConfirmDialog
      title={t(running ? 'cancel_confirm' : 'undo_confirm')}
      action={t(running ? 'cancel' : 'undo')}
      onConfirm={() => removeImport(record.import_id)}
      onDone={() => queryClient.invalidateQueries()}
      onClose={onClose}
    >
      {running ? t('cancel_confirm_text', values) : sentences([t('undo_confirm_text', values), stays], language)}
    </ConfirmDialog>
  );
}
