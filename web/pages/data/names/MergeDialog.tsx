import { Modal } from '@mantine/core';
import type { Draft, NamesSaid } from './draft.ts';
import { FormStep } from './FormStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { useWords } from './words.ts';

/** Names are picked by hand in a form, or come with a suggestion; then the preview, and nothing without it. */
export type MergeStep =
  | { readonly at: 'form'; readonly draft: Draft }
  /** `back` is the form that it came from. */
  | { readonly at: 'preview'; readonly draft: Draft; readonly back?: Draft };

interface MergeDialogProps {
  step: MergeStep;
  onStep: (step: MergeStep) => void;
  onClose: () => void;
  onSaid: (said: NamesSaid) => void;
}

export function MergeDialog({ step, onStep, onClose, onSaid }: MergeDialogProps) {
  const { t } = useWords();
  const { draft } = step;
  const previewed = draft.part === undefined ? t('merge_step') : t('part_step');
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size={760}
      title={step.at === 'form' ? t('by_hand') : previewed}
    >
      {step.at === 'form' ? (
        <FormStep
          draft={draft}
          onChange={(next) => onStep({ at: 'form', draft: next })}
          onPreview={() => onStep({ at: 'preview', draft, back: draft })}
          onClose={onClose}
        />
      ) : (
        <PreviewStep
          draft={draft}
          onChange={(next) => onStep({ ...step, draft: next })}
          onBack={step.back && (() => onStep({ at: 'form', draft }))}
          onClose={onClose}
          onSaid={onSaid}
        />
      )}
    </Modal>
  );
}
