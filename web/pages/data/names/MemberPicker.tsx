import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { AliasDimension } from '../../../../server/contract/aliases.ts';
import { UNKNOWN_MEMBER } from '../../../../server/contract/query.ts';
import { useMembers } from '../../../data/hooks.ts';
import { compact } from '../../../i18n/numbers.ts';
import { type NamedMember, ownId } from './draft.ts';
import styles from './MemberPicker.module.css';
import { useWords } from './words.ts';

interface MemberPickerProps {
  dimension: AliasDimension;
  label: string;
  without: readonly string[];
  onPick: (member: NamedMember) => void;
}

/** Finds a member by a part of its name, or by pinyin, most viewed first. */
export function MemberPicker({ dimension, label, without, onPick }: MemberPickerProps) {
  const { t, language } = useWords();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 150);
  // A producer that is never named first is a member, too.
  const members = useMembers(dimension === 'producer' ? 'credited_producer' : dimension, asked, 30);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const rows = (members.data?.rows ?? []).filter(({ id }) => id !== UNKNOWN_MEMBER && !without.includes(id));
  const pick = (id: string) => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) return;
    onPick(row);
    setSearch('');
    combobox.closeDropdown();
  };
  const open = () => combobox.openDropdown();
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          label={label}
          data-autofocus
          value={search}
          placeholder={t('member_search')}
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            open();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={open}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={styles.options ?? ''} aria-label={label}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id} className={styles.option ?? ''}>
              <span className={styles.name}>
                {row.label[language]}
                {ownId(row) !== null && <span className={styles.id}>{row.id}</span>}
              </span>
              <span className="numbers">{compact(row.views, language)}</span>
            </Combobox.Option>
          ))}
          {rows.length === 0 && (
            <Combobox.Empty>
              {t(members.isError ? 'search_failed' : members.isPending ? 'searching' : 'no_match')}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
