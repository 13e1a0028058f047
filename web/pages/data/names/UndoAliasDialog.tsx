import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Alias } from '../../../../server/contract/aliases.ts';
import { undoAlias, useAliasChanges } from '../../../data/aliases.ts';
import { useErrorText } from '../../../ui/ErrorState.tsx';
import styles from './MergeDialog.module.css';
import { useWords } from './words.ts';

interface UndoAliasDialogProps {
  alias: Alias;
  onClose: () => void;
  onSaid: (text: string) => void;
}

/** Asks before a merge or a part is undone, and does it. */
export function UndoAliasDialog({ alias, onClose, onSaid }: UndoAliasDialogProps) {
  const { t, language } = useWords();
  const errorText = useErrorText();
  const changes = useAliasChanges();
  const parted = alias.platform !== null || alias.source !== null;
  const names = { from: alias.from.label[language], into: alias.into.label[language] };
  const undo = useMutation({
    mutationFn: () => undoAlias(alias.alias_id),
    onSuccess: async () => {
      onClose();
      onSaid(t('undone', names));
      await changes.everything();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      title={t(parted ? 'undo_confirm_part' : 'undo_confirm')}
    >
      <p>{t(parted ? 'undo_text_part' : 'undo_text', names)}</p>
      {undo.isError && (
        <p role="alert" className={styles.error}>
          {errorText(undo.error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={() => undo.mutate()} loading={undo.isPending}>
          {t('undo')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('keep')}
        </Button>
      </div>
    </Modal>
  );
}
