import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { AliasRequest } from '../../../../server/contract/aliases.ts';
import { mergeAliases, useAliasChanges, useAliasPreview } from '../../../data/api/aliases.ts';
import { isFinal } from '../../../data/api/imports.ts';
import { useImports } from '../../../data/hooks.ts';
import { ErrorNotice, Notice } from '../../../ui/Notice.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { type Draft, type NamesSaid, requestOf, withoutMembers } from './draft.ts';
import { HoldsChoice } from './HoldsChoice.tsx';
import { PreviewResult } from './PreviewResult.tsx';
import { useWords } from './words.ts';

interface PreviewStepProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onBack?: (() => void) | undefined;
  onClose: () => void;
  onSaid: (said: NamesSaid) => void;
}

export function PreviewStep(props: PreviewStepProps) {
  const asked = requestOf(props.draft);
  return asked === null ? null : <Asked {...props} asked={asked} />;
}

function Asked({ draft, asked, onChange, onBack, onClose, onSaid }: PreviewStepProps & { asked: AliasRequest }) {
  const { t } = useWords();
  const preview = useAliasPreview(asked);
  const merge = useMerge(draft, asked, onClose, onSaid);
  const failed = merge.error ?? preview.error;
  return (
    <>
      {draft.part === undefined && <HoldsChoice draft={draft} onChange={onChange} />}
      {preview.data !== undefined && <PreviewResult preview={preview.data} parted={draft.part !== undefined} />}
      {preview.isFetching && preview.data === undefined && <Waiting />}
      <ErrorNotice error={failed} mt={16} />
      <Group gap={8} mt={24}>
        <Button onClick={() => merge.mutate()} loading={merge.isPending} disabled={preview.data === undefined}>
          {t(draft.part === undefined ? 'merge' : 'part')}
        </Button>
        {onBack !== undefined && (
          <Button variant="default" onClick={onBack}>
            {t('back')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </>
  );
}

function useMerge(draft: Draft, asked: AliasRequest, onClose: () => void, onSaid: (said: NamesSaid) => void) {
  const changes = useAliasChanges();
  return useMutation({
    mutationFn: () => mergeAliases(asked),
    onSuccess: async () => {
      const named = (id: string) => draft.members.find((member) => member.id === id)?.label ?? { en: id, zh: id };
      onClose();
      onSaid({
        key: draft.part === undefined ? 'merged' : 'parted',
        from: asked.from.map(named),
        into: named(asked.into),
      });
      changes.suggested(draft.dimension, (kept) => withoutMembers(kept, asked.from));
      await changes.everything();
    },
  });
}

/** A preview is a write that is taken back, so it stands in line behind an import. */
function Waiting() {
  const { t } = useWords();
  const running = useImports().data?.rows.some((row) => !isFinal(row)) ?? false;
  return (
    <>
      {running && (
        <Notice tone="warn" role="status" mt={16}>
          {t('waiting')}
        </Notice>
      )}
      <TableSkeleton rows={4} />
    </>
  );
}
