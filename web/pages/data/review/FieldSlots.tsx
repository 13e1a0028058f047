import { useDroppable } from '@dnd-kit/core';
import { CloseButton } from '@mantine/core';
import { FIELD_LABELS } from '../../../../server/contract/fields.ts';
import type { Field } from '../../../../server/contract/imports.ts';
import { assign, type Draft, fieldsFor } from '../desk/mapping.ts';
import { neededFields } from './checks.ts';
import styles from './FieldSlots.module.css';
import { useWords } from './words.ts';

interface FieldSlotsProps {
  draft: Draft;
  dragging: boolean;
  onChange: (draft: Draft) => void;
}

/** The fields that columns can be dropped on, the needed ones first, each with the column it has. */
export function FieldSlots({ draft, dragging, onChange }: FieldSlotsProps) {
  const { t } = useWords();
  const needed = neededFields(draft);
  const { own, further } = fieldsFor(draft.kind);
  const others = [...own, ...further].filter((field) => !needed.flat().includes(field));
  const slot = (field: Field, wanted: boolean) => {
    const column = draft.mapping[field];
    return (
      <Slot
        key={field}
        field={field}
        column={column}
        wanted={wanted}
        onClear={() => {
          if (column !== undefined) onChange({ ...draft, mapping: assign(draft.mapping, column, null) });
        }}
      />
    );
  };
  return (
    <section className={styles.fields} data-dragging={dragging} aria-label={t('fields')}>
      <h3 className={styles.heading}>{t('fields_needed')}</h3>
      {needed.map((group) => {
        const has = group.some((field) => draft.mapping[field] !== undefined);
        return (
          <div key={group.join(' ')} className={styles.group}>
            {group.length > 1 && <p className={styles.one}>{t('fields_one_of')}</p>}
            <ul className={styles.slots}>{group.map((field) => slot(field, !has))}</ul>
          </div>
        );
      })}
      <h3 className={styles.heading}>{t('fields_further')}</h3>
      <ul className={styles.slots}>{others.map((field) => slot(field, false))}</ul>
    </section>
  );
}

interface SlotProps {
  field: Field;
  column: string | undefined;
  wanted: boolean;
  onClear: () => void;
}

function Slot({ field, column, wanted, onClear }: SlotProps) {
  const { t, language } = useWords();
  const { setNodeRef, isOver } = useDroppable({ id: field });
  const label = FIELD_LABELS[field][language];
  return (
    <li
      ref={setNodeRef}
      className={styles.slot}
      data-over={isOver}
      data-filled={column !== undefined}
      data-wanted={wanted}
    >
      <span className={styles.field}>{label}</span>
      <span className={styles.column} title={column}>
        {column ?? (wanted ? t('slot_empty') : '')}
      </span>
      {column !== undefined && (
        <CloseButton
          size={24}
          iconSize={14}
          c="dimmed"
          className={styles.clear ?? ''}
          aria-label={t('slot_clear', { field: label })}
          onClick={onClear}
        />
      )}
    </li>
  );
}
