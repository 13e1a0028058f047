import type { Alias } from '../../../../server/contract/aliases.ts';
import { undoAlias, useAliasChanges } from '../../../data/api/aliases.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import type { NamesSaid } from './draft.ts';
import { useWords } from './words.ts';

interface UndoAliasDialogProps {
  alias: Alias;
  onClose: () => void;
  onSaid: (said: NamesSaid) => void;
}

export function UndoAliasDialog({ alias, onClose, onSaid }: UndoAliasDialogProps) {
  const { t, language } = useWords();
  const changes = useAliasChanges();
  const parted = alias.platform !== null || alias.source !== null;
  const names = { from: alias.from.label[language], into: alias.into.label[language] };
  return (
    <ConfirmDialog
      title={t(parted ? 'undo_confirm_part' : 'undo_confirm')}
      action={t('undo')}
      onConfirm={() => undoAlias(alias.alias_id)}
      onDone={() => {
        onSaid({ key: 'undone', from: [alias.from.label], into: alias.into.label });
        return changes.everything();
      }}
      onClose={onClose}
    >
      {t(parted ? 'undo_text_part' : 'undo_text', names)}
    </ConfirmDialog>
  );
}
