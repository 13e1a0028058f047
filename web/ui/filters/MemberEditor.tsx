import { Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type FoundMember, useFoundMembers } from '../../data/foundMembers.ts';
import { useDimensionLabel, useMemberLabels } from '../../data/useMemberLabels.ts';
import { byText, type FilterDimension, type MemberFilter } from '../../filters/grammar.ts';
import type { Language } from '../../i18n/i18n.ts';
import styles from './Finder.module.css';
import { type Choice, CountsHead, Finder } from './Finder.tsx';
import { usePanelWords } from './panelWords.ts';

interface MemberEditorProps {
  dimension: FilterDimension;
  filter?: MemberFilter;
  onChange: (filter: MemberFilter) => void;
  onDone: () => void;
}

const MODES = ['in', 'not_in', 'contains'] as const;
type Mode = (typeof MODES)[number];

const modeOf = (filter: MemberFilter | undefined): Mode =>
  filter === undefined ? 'in' : byText(filter) ? 'contains' : filter.op === 'not_in' ? 'not_in' : 'in';

/** Chooses members of a dimension by type-ahead, to include or to exclude, or by a text in their names. */
export function MemberEditor({ dimension, filter, onChange, onDone }: MemberEditorProps) {
  const { t, language } = usePanelWords();
  const [mode, setMode] = useState<Mode>(modeOf(filter));
  const [text, setText] = useState(filter !== undefined && byText(filter) ? (filter.values[0] ?? '') : '');
  const typed = text.trim();
  const [asked] = useDebouncedValue(typed, 150);
  const name = useDimensionLabel(language)(dimension);
  const found = useFoundMembers(dimension, asked, 100);
  const values = filter === undefined || byText(filter) ? [] : filter.values;
  // What was chosen before stays in reach at the top, and nothing moves as it is ticked.
  const [first] = useState(values);
  const label = useMemberLabels(dimension, first, language);
  const inText = mode === 'contains';
  const toggle = (id: string) =>
    onChange({
      dimension,
      op: mode === 'not_in' ? 'not_in' : 'in',
      values: values.includes(id) ? values.filter((one) => one !== id) : [...values, id],
    });
  const apply = () => {
    if (typed === '') return;
    onChange({ dimension, op: filter?.op === 'not_contains' ? 'not_contains' : 'contains', values: [typed] });
    onDone();
  };
  const chooseMode = (next: string) => {
    const chosen = MODES.find((one) => one === next) ?? 'in';
    setMode(chosen);
    if (chosen !== 'contains' && values.length > 0) onChange({ dimension, op: chosen, values: [...values] });
  };
  const choices = choicesOf(found.data?.rows, {
    ticked: (id) => (inText ? undefined : values.includes(id)),
    onChoose: inText ? apply : toggle,
    language,
    contained: inText ? typed : '',
  });
  const pinned = asked === '' && !inText ? first : [];
  const all =
    choices === undefined
      ? undefined
      : [
          ...pinned.map(
            (id): Choice =>
              choices.find(({ key }) => key === id) ?? {
                key: id,
                label: label(id),
                ticked: values.includes(id),
                onChoose: () => toggle(id),
              },
          ),
          ...choices.filter(({ key }) => !pinned.includes(key)),
        ];
  // A dimension has one filter: what takes its place is said before it does.
  const said = () => {
    if (inText) return values.length > 0 ? t('text_replaces', { count: values.length }) : t('text_hint');
    if (values.length > 0) return t('selected', { count: values.length });
    return t(filter !== undefined && byText(filter) ? 'choice_replaces' : 'keys');
  };
  const field = inText ? t('text', { dimension: name }) : t('search', { dimension: name });
  return (
    <Finder
      name={field}
      text={text}
      onText={setText}
      choices={found.isError ? [] : all}
      none={found.isError ? t('failed') : t('no_match')}
      late={found.isPlaceholderData || asked !== typed}
      {...(inText ? { onEnter: apply } : {})}
      head={
        <CountsHead>
          <SegmentedControl
            size="xs"
            value={mode}
            onChange={chooseMode}
            aria-label={t('mode')}
            data={MODES.map((value) => ({ value, label: t(value) }))}
          />
        </CountsHead>
      }
      foot={
        <div className={styles.foot}>
          <span role="status" className={!inText && values.length === 0 ? styles.keys : undefined}>
            {said()}
          </span>
          {inText ? (
            <Button size="compact-xs" disabled={typed === ''} onClick={apply}>
              {t('apply')}
            </Button>
          ) : (
            <Button size="compact-xs" variant="subtle" onClick={onDone}>
              {t('done')}
            </Button>
          )}
        </div>
      }
    />
  );
}

interface ChoicesOf {
  ticked: (id: string) => boolean | undefined;
  onChoose: (id: string) => void;
  language: Language;
  /** Those alone whose names have it. */
  contained: string;
}

function choicesOf(rows: readonly FoundMember[] | undefined, made: ChoicesOf): Choice[] | undefined {
  const { ticked, onChoose, language, contained } = made;
  const part = contained.toLowerCase();
  return rows
    ?.filter(({ id, label }) => part === '' || [id, label.zh, label.en].some((one) => one.toLowerCase().includes(part)))
    .map(({ id, label, series, views }) => {
      const tick = ticked(id);
      return {
        key: id,
        label: label[language],
        counts: { series, views },
        ...(tick === undefined ? {} : { ticked: tick }),
        onChoose: () => onChoose(id),
      };
    });
}
