import { Checkbox, ScrollArea, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useMembers } from '../../data/hooks.ts';
import { useDimensionLabel, useMemberLabels } from '../../data/useMemberLabels.ts';
import type { FilterDimension, MemberFilter } from '../../filters/grammar.ts';
import styles from './MemberEditor.module.css';
import { useWords } from './words.ts';

interface MemberEditorProps {
  dimension: FilterDimension;
  filter?: MemberFilter;
  onChange: (filter: MemberFilter) => void;
}

/** Chooses members of a dimension by type-ahead, to include or to exclude; each tick takes effect at once. */
export function MemberEditor({ dimension, filter, onChange }: MemberEditorProps) {
  const { t, language } = useWords();
  const [search, setSearch] = useState('');
  const name = useDimensionLabel(language)(dimension);
  const values = filter?.values ?? [];
  const op = filter?.op ?? 'in';
  const toggle = (id: string) =>
    onChange({ dimension, op, values: values.includes(id) ? values.filter((one) => one !== id) : [...values, id] });
  return (
    <div className={styles.editor}>
      <TextInput
        size="xs"
        data-autofocus
        value={search}
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
        placeholder={t('search', { dimension: name })}
        aria-label={t('search', { dimension: name })}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Options dimension={dimension} search={search} values={values} onToggle={toggle} />
      {values.length > 0 && (
        <div className={styles.foot}>
          <SegmentedControl
            size="xs"
            value={op}
            onChange={(next) => onChange({ dimension, op: next === 'not_in' ? 'not_in' : 'in', values })}
            data={[
              { value: 'in', label: t('include') },
              { value: 'not_in', label: t('exclude') },
            ]}
          />
          <span className={styles.count}>{t('selected', { count: values.length })}</span>
        </div>
      )}
    </div>
  );
}

interface OptionsProps {
  dimension: FilterDimension;
  search: string;
  values: string[];
  onToggle: (id: string) => void;
}

function Options({ dimension, search, values, onToggle }: OptionsProps) {
  const { t, language } = useWords();
  const [asked] = useDebouncedValue(search.trim(), 150);
  const members = useMembers(dimension, asked, 50);
  const label = useMemberLabels(dimension, values, language);
  if (members.isError) return <p className={styles.note}>{t('failed')}</p>;
  if (members.data === undefined) return <Skeleton height={160} mt={8} />;
  const found = members.data.rows.map((row) => ({ id: row.id, text: row.label[language] }));
  // What is chosen stays in reach although it is not among the most viewed.
  const rest =
    asked === ''
      ? values.filter((id) => !found.some((row) => row.id === id)).map((id) => ({ id, text: label(id) }))
      : [];
  const rows = [...rest, ...found];
  if (rows.length === 0) return <p className={styles.note}>{t('no_match')}</p>;
  return (
    <ScrollArea.Autosize mah={264} mt={8} type="auto">
      <ul className={styles.options}>
        {rows.map(({ id, text }) => (
          <li key={id}>
            <Checkbox
              size="xs"
              label={text}
              checked={values.includes(id)}
              onChange={() => onToggle(id)}
              className={styles.option}
            />
          </li>
        ))}
      </ul>
    </ScrollArea.Autosize>
  );
}
