import { useDraggable } from '@dnd-kit/core';
import { NativeSelect } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { FIELD_LABELS } from '../../../../server/contract/fields.ts';
import { fieldSchema, type Upload } from '../../../../server/contract/imports.ts';
import { sentences, serverText } from '../../../i18n/serverText.ts';
import { assign, type Draft, fieldOf, fieldsFor } from '../desk/mapping.ts';
import { controlId } from '../parts/answerControls.ts';
import { Info } from '../parts/Info.tsx';
import { CheckText } from './CheckList.tsx';
import styles from './ColumnsTable.module.css';
import type { Check } from './checks.ts';
import { useWords } from './words.ts';

interface ColumnsTableProps {
  upload: Upload;
  draft: Draft;
  checks: readonly Check[];
  onChange: (draft: Draft) => void;
}

export function ColumnsTable({ upload, draft, checks, onChange }: ColumnsTableProps) {
  const { t, language } = useWords();
  const { own, further } = fieldsFor(draft.kind);
  const option = (field: (typeof own)[number]) => ({ value: field, label: FIELD_LABELS[field][language] });
  const groups = [
    { group: t(`group_${draft.kind}`), items: own.map(option) },
    ...(further.length > 0 ? [{ group: t('group_catalog'), items: further.map(option) }] : []),
  ];
  const choices = [{ value: '', label: t('ignore') }, ...groups];
  return (
    <table className={styles.table} id={controlId('mapping')}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col" className={styles.samples}>
            {t('samples')}
          </th>
          <th scope="col">{t('field')}</th>
        </tr>
      </thead>
      <tbody>
        {upload.columns.map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            draft={draft}
            choices={choices}
            checks={checks.filter((check) => check.column === column.name)}
            onChange={onChange}
          />
        ))}
      </tbody>
    </table>
  );
}

type Choices = ({ value: string; label: string } | { group: string; items: { value: string; label: string }[] })[];

interface ColumnRowProps {
  column: Upload['columns'][number];
  draft: Draft;
  choices: Choices;
  checks: readonly Check[];
  onChange: (draft: Draft) => void;
}

function ColumnRow({ column, draft, choices, checks, onChange }: ColumnRowProps) {
  const { t, language } = useWords();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: column.name });
  const field = fieldOf(draft.mapping, column.name);
  const samples = column.samples.filter((sample) => sample !== '').slice(0, 3);
  const proposed = column.reason === null ? null : sentences([serverText(column.reason, language)], language);
  const reason = field === column.proposed ? proposed : t('chosen_by_you');
  return (
    <tr data-unused={field === null} data-dragging={isDragging}>
      <th scope="row">
        <span ref={setNodeRef} className={styles.column} {...listeners} title={t('drag', { column: column.name })}>
          <IconGripVertical size={16} stroke={1.5} aria-hidden className={styles.grip} />
          <span className={styles.name}>{column.name}</span>
        </span>
        <span className={styles.under} aria-hidden>
          {samples.join(' · ')}
        </span>
      </th>
      <td className={styles.samples} title={samples.join(' · ')}>
        {samples.join(' · ')}
      </td>
      <td>
        <span className={styles.choice}>
          <NativeSelect
            size="xs"
            {...(field === 'views' ? { id: controlId('mapping.views') } : {})}
            className={styles.select}
            aria-label={`${t('field')}: ${column.name}`}
            value={field ?? ''}
            onChange={(event) => {
              const chosen = fieldSchema.safeParse(event.currentTarget.value);
              onChange({ ...draft, mapping: assign(draft.mapping, column.name, chosen.data ?? null) });
            }}
            data={choices}
          />
          {reason === null ? <span className={styles.noReason} /> : <Info about={column.name} text={reason} />}
        </span>
        {checks.map((check) => (
          <span key={check.key} className={styles.check} data-level={check.level}>
            <CheckText check={check} />
          </span>
        ))}
      </td>
    </tr>
  );
}
