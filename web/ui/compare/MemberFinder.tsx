import { Button, Combobox, Popover, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowsDiff, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMembers } from '../../data/hooks.ts';
import { useAddressParams, useFilters } from '../../data/useFilters.ts';
import { type Compared, compareAddress } from '../../figures/compare/compared.ts';
import { compact } from '../../i18n/numbers.ts';
import styles from './Ticks.module.css';
import { useCompareWords } from './words.ts';

interface MemberFinderProps {
  dimension: Compared;
  /** Members that are there already. */
  without: readonly string[];
  /** What the button says. */
  label: string;
  onPick: (id: string) => void;
}

/** A button that finds a member by a part of its name in either language, or by pinyin, most viewed first. */
export function MemberFinder({ label, ...finding }: MemberFinderProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowsDiff size={16} stroke={1.6} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {label}
        </Button>
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
  const members = useMembers(dimension, asked, 30);
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

/** On a member's page: sets it beside another one. */
export function CompareWith({ dimension, id }: { dimension: Compared; id: string }) {
  const { t } = useCompareWords();
  const { state } = useFilters();
  const { lang } = useAddressParams();
  const navigate = useNavigate();
  return (
    <MemberFinder
      dimension={dimension}
      without={[id]}
      label={t('compare_with')}
      onPick={(other) =>
        void navigate({ to: '/compare', search: { lang, ...compareAddress(state, dimension, [id, other]) } })
      }
    />
  );
}
