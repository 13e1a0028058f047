import { Skeleton, TextInput } from '@mantine/core';
import { IconCheck, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { compact, exact, type Numeric } from '../../i18n/numbers.ts';
import styles from './Finder.module.css';
import { usePanelWords } from './panelWords.ts';

export interface Choice {
  readonly key: string;
  readonly label: string;
  /** Of which dimension it is, if the list has several. */
  readonly of?: string;
  /** Under which heading it stands. */
  readonly group?: string;
  readonly counts?: { readonly series: number; readonly views: Numeric };
  /** It is chosen already; undefined if it is nothing that can be ticked. */
  readonly ticked?: boolean;
  /** It leads to more to choose from. */
  readonly leads?: boolean;
  readonly onChoose: () => void;
}

interface FinderProps {
  name: string;
  text: string;
  onText: (text: string) => void;
  /** Undefined while they are on their way. */
  choices: readonly Choice[] | undefined;
  /** What is shown instead of none. */
  none: string;
  /** An answer to what was typed before. */
  late?: boolean;
  /** Enter, if there is no choice that it could mean. */
  onEnter?: () => void;
  head?: ReactNode;
  foot?: ReactNode;
}

const SKELETONS = [60, 44, 72, 52, 66, 40, 58];

/** A field to type in over a list of a fixed height: arrows move, Enter chooses, and nothing moves under the pointer. */
export function Finder({ name, text, onText, choices, none, late = false, onEnter, head, foot }: FinderProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const shown = choices ?? [];
  const active = Math.min(at, shown.length - 1);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the input of a Chinese word chooses nothing.
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (onEnter !== undefined) onEnter();
      else if (!late) shown[active]?.onChoose();
    }
  };
  return (
    <div className={styles.finder}>
      <TextInput
        ref={field}
        size="xs"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={active >= 0 && onEnter === undefined ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
        placeholder={name}
        aria-label={name}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setAt(0);
          onText(event.currentTarget.value);
        }}
      />
      {head}
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={name}
        aria-multiselectable={shown.some(({ ticked }) => ticked !== undefined)}
        aria-busy={choices === undefined || late}
        className={styles.list}
      >
        {choices === undefined ? (
          SKELETONS.map((width) => (
            <div key={width} className={styles.line} aria-hidden>
              <Skeleton height={10} width={`${width}%`} />
            </div>
          ))
        ) : (
          <Choices choices={choices} id={id} active={active} onActive={setAt} />
        )}
        {choices?.length === 0 && (
          <p className={styles.none} role="status">
            {none}
          </p>
        )}
      </div>
      {foot}
    </div>
  );
}

interface ChoicesProps {
  choices: readonly Choice[];
  id: string;
  active: number;
  onActive: (at: number) => void;
}

function Choices({ choices, id, active, onActive }: ChoicesProps) {
  const groups = [...new Set(choices.map(({ group }) => group))];
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box
    <div key={group ?? ''} role="group" aria-label={group}>
      {group !== undefined && (
        <div className={styles.group} aria-hidden>
          {group}
        </div>
      )}
      {choices.map(
        (choice, at) =>
          choice.group === group && (
            <ChoiceLine
              key={choice.key}
              choice={choice}
              id={`${id}-${at}`}
              at={at}
              active={at === active}
              onActive={onActive}
            />
          ),
      )}
    </div>
  ));
}

interface ChoiceLineProps {
  choice: Choice;
  id: string;
  at: number;
  active: boolean;
  onActive: (at: number) => void;
}

function ChoiceLine({ choice, id, at, active, onActive }: ChoiceLineProps) {
  const { t, language } = usePanelWords();
  const { label, of, counts, ticked, leads } = choice;
  const told =
    counts === undefined ? [] : [t('counts', { series: exact(counts.series), views: compact(counts.views, language) })];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      id={id}
      data-at={at}
      role="option"
      tabIndex={-1}
      aria-selected={ticked ?? active}
      aria-label={[label, of ?? [], told].flat().join(language === 'zh' ? '，' : ', ')}
      className={styles.choice}
      data-active={active || undefined}
      data-ticked={ticked || undefined}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => onActive(at)}
      onClick={choice.onChoose}
    >
      {ticked !== undefined && (
        <span className={styles.tick} aria-hidden>
          {ticked && <IconCheck size={12} stroke={3} />}
        </span>
      )}
      <span className={styles.label} title={label}>
        {label}
      </span>
      {of !== undefined && <span className={styles.of}>{of}</span>}
      {counts !== undefined && (
        <>
          <span className={styles.number}>{exact(counts.series)}</span>
          <span className={styles.number}>{compact(counts.views, language)}</span>
        </>
      )}
      {leads && <IconChevronRight size={14} stroke={1.8} aria-hidden className={styles.leads} />}
    </div>
  );
}

/** What the two numbers of each line are. */
export function CountsHead({ counted = true, children }: { counted?: boolean; children?: ReactNode }) {
  const { t } = usePanelWords();
  return (
    <div className={styles.head}>
      <span className={styles.modes}>{children}</span>
      {counted && (
        <>
          <span className={styles.number}>{t('series_count')}</span>
          <span className={styles.number}>{t('views')}</span>
        </>
      )}
    </div>
  );
}
