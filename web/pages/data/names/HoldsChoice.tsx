import { CloseButton } from '@mantine/core';
import { useId } from 'react';
import { compact } from '../../../i18n/numbers.ts';
import { type Draft, type NamedMember, ownId } from './draft.ts';
import styles from './MergeDialog.module.css';
import { useWords } from './words.ts';

interface HoldsChoiceProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Offers to take a member away again. */
  onRemove?: (member: NamedMember) => void;
}

export function HoldsChoice({ draft, onChange, onRemove }: HoldsChoiceProps) {
  const { t, language } = useWords();
  const group = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{t('chosen')}</legend>
      {draft.members.map((member) => (
        <div key={member.id} className={styles.choice}>
          <label>
            <input
              type="radio"
              name={group}
              checked={member.id === draft.into}
              onChange={() => onChange({ ...draft, into: member.id })}
            />
            <span className={styles.name}>
              {member.label[language]}
              {ownId(member) !== null && <span className={styles.id}>{member.id}</span>}
            </span>
            <span className={`numbers ${styles.number}`}>{compact(member.views, language)}</span>
          </label>
          {onRemove !== undefined && (
            <CloseButton
              size="sm"
              aria-label={t('remove', { name: member.label[language] })}
              onClick={() => onRemove(member)}
            />
          )}
        </div>
      ))}
      <p className={styles.note}>{t('chosen_text')}</p>
    </fieldset>
  );
}
