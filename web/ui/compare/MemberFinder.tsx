import { Combobox, Popover, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFoundMembers } from '../../data/foundMembers.ts';
import { useScope } from '../../data/scope.tsx';
import { compact, range as rangeText } from '../../i18n/numbers.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { FinderButton, type MemberFinderProps } from './FinderButton.tsx';
import styles from './Ticks.module.css';
import { useCompareWords } from './words.ts';

/** A button that finds a member by a part of its name in either language, or by pinyin, most viewed first. */
export function MemberFinder(props: MemberFinderProps) {
  const { label, ...finding } = props;
  const [open, setOpen] = useOpenAtOnce();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <FinderButton {...props} autoFocus onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label}>
        <Finder
          {...finding}
          onPick={(id) => {
            setOpen(false);
            finding.onPick(id);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Finder({ dimension, without, onPick }: Omit<MemberFinderProps, 'label'>) {
  const { t, language } = useCompareWords();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 150);
  const { range } = useScope();
  const members = useFoundMembers(dimension, asked, 30);
  // The list is always there, and keys go to it.
  const combobox = useCombobox({ opened: true });
  const rows = (members.data?.rows ?? []).filter(({ id }) => !id.startsWith('(') && !without.includes(id));
  const { selectFirstOption, resetSelectedOption } = combobox;
  const fresh = asked === search.trim() && members.data !== undefined && !members.isPlaceholderData;
  const first = fresh ? rows[0]?.id : undefined;
  // Enter takes the first that is found, also if it is pressed before anything is.
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (first === undefined) resetSelectedOption();
    else if (wanted) {
      setWanted(false);
      onPick(first);
    } else selectFirstOption();
  }, [first, wanted, onPick, selectFirstOption, resetSelectedOption]);
  const label = t(`find_${dimension}`);
  return (
    <Combobox store={combobox} onOptionSubmit={onPick} withinPortal={false}>
      <div className={styles.panel}>
        <Combobox.EventsTarget>
          <TextInput
            size="xs"
            data-autofocus
            value={search}
            placeholder={label}
            aria-label={label}
            leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setWanted(false);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !fresh) setWanted(true);
            }}
          />
        </Combobox.EventsTarget>
        <p className={styles.counted}>{t('counted', { range: rangeText(range.from, range.to, language) })}</p>
        <Combobox.Options className={styles.options} aria-label={label}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id} className={styles.option}>
              <span>{row.label[language]}</span>
              <span className="numbers">{compact(row.views, language)}</span>
            </Combobox.Option>
          ))}
          {rows.length === 0 && (
            <Combobox.Empty>
              {t(members.isError ? 'failed' : members.isPending ? 'searching' : 'no_match')}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </div>
    </Combobox>
  );
}
