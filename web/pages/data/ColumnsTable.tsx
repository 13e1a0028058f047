import { NativeSelect } from '@mantine/core';
import { fieldSchema, type Upload } from '../../../server/contract/imports.ts';
import styles from './ColumnsTable.module.css';
import { assign, type Draft, fieldOf, fieldsFor } from './mapping.ts';
import { useWords } from './words.ts';

interface ColumnsTableProps {
  upload: Upload;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Each column of the file with samples, the field it is taken for, and why. */
export function ColumnsTable({ upload, draft, onChange }: ColumnsTableProps) {
  const { t } = useWords();
  const { own, further } = fieldsFor(draft.kind);
  const option = (field: (typeof own)[number]) => ({ value: field, label: t(`f_${field}`) });
  const groups = [
    { group: t(`group_${draft.kind}`), items: own.map(option) },
    ...(further.length > 0 ? [{ group: t('group_catalog'), items: further.map(option) }] : []),
  ];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('column')}</th>
            <th scope="col" className={styles.samples}>
              {t('samples')}
            </th>
            <th scope="col">{t('field')}</th>
            <th scope="col" className={styles.why}>
              {t('why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {upload.columns.map((column) => {
            const field = fieldOf(draft.mapping, column.name);
            const samples = column.samples
              .filter((sample) => sample !== '')
              .slice(0, 3)
              .join(' · ');
            return (
              <tr key={column.name} data-unused={field === null}>
                <th scope="row">
                  {column.name}
                  <span className={styles.under} aria-hidden>
                    {samples}
                  </span>
                </th>
                <td className={styles.samples}>{samples}</td>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={`${t('field')}: ${column.name}`}
                    value={field ?? ''}
                    onChange={(event) => {
                      const chosen = fieldSchema.safeParse(event.currentTarget.value);
                      onChange({ ...draft, mapping: assign(draft.mapping, column.name, chosen.data ?? null) });
                    }}
                    data={[{ value: '', label: t('ignore') }, ...groups]}
                  />
                </td>
                <td className={styles.why}>{field === column.proposed ? column.reason : t('chosen_by_you')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
