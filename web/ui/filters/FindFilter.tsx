import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Catalog } from '../../../server/contract/catalog.ts';
import type { MeasureId } from '../../../server/contract/query.ts';
import { type FoundMember, useFoundMembers, useSpelledNames } from '../../data/foundMembers.ts';
import { useCatalog } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { conditionText } from '../../figures/conditionText.ts';
import { parseAmount } from '../../filters/amounts.ts';
import { choosesSeries, withCondition } from '../../filters/conditionChanges.ts';
import { FILTER_DIMENSIONS, type FilterDimension } from '../../filters/grammar.ts';
import { exact } from '../../i18n/numbers.ts';
import styles from './Finder.module.css';
import { type Choice, CountsHead, Finder } from './Finder.tsx';
import { usePanelWords } from './panelWords.ts';

/** Dimensions whose members one knows by a part of the name. */
const NAMED: readonly FilterDimension[] = ['series', 'producer', 'genre', 'cast', 'franchise'];

/** A dimension or a measure that is opened out of the list of all. */
export type Opened = { dimension: FilterDimension } | { measure: MeasureId };

interface FindFilterProps {
  onOpen: (opened: Opened) => void;
  onDone: () => void;
}

/** One field for all that can be filtered: members of every dimension, dimensions, measures, a text, a number. */
export function FindFilter({ onOpen, onDone }: FindFilterProps) {
  const { t } = usePanelWords();
  const [text, setText] = useState('');
  const [op, setOp] = useState<'in' | 'not_in'>('in');
  const typed = text.trim();
  const [asked] = useDebouncedValue(typed, 150);
  const found = useFoundMembers(null, asked, 8);
  useSpelledNames();
  const opened = useOpened(typed, onOpen);
  const members = useMemberChoices(op, onDone);
  const more = useTypedChoices(typed, op, onDone);
  const late = typed !== '' && (asked !== typed || found.isPlaceholderData);
  const waiting = typed !== '' && found.data === undefined && !found.isError;
  return (
    <Finder
      name={t('find')}
      text={text}
      onText={setText}
      choices={
        waiting
          ? undefined
          : [...more.numbers, ...(typed === '' ? [] : members(found.data?.rows ?? [])), ...opened, ...more.texts]
      }
      none={found.isError ? t('failed') : t('no_match')}
      late={late}
      head={
        <CountsHead counted={typed !== ''}>
          <SegmentedControl
            size="xs"
            value={op}
            onChange={(next) => setOp(next === 'not_in' ? 'not_in' : 'in')}
            aria-label={t('mode')}
            data={(['in', 'not_in'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </CountsHead>
      }
      foot={
        <div className={styles.foot}>
          <span className={styles.keys}>{t('keys')}</span>
        </div>
      }
    />
  );
}

const offered = ({ dimensions }: Catalog): FilterDimension[] =>
  FILTER_DIMENSIONS.filter((id) => dimensions.some((one) => one.id === id && one.available && one.members > 0));

/** Measures and dimensions that open a list of their own; those alone that hold what is typed. */
function useOpened(typed: string, onOpen: (opened: Opened) => void): Choice[] {
  const { t, language } = usePanelWords();
  const catalog = useCatalog().data;
  if (catalog === undefined) return [];
  const holds = (id: string, label: { zh: string; en: string }): boolean =>
    typed === '' || [id, label.zh, label.en].some((one) => one.toLowerCase().includes(typed.toLowerCase()));
  const measures = catalog.measures.filter(
    ({ id, label, available }) => available && choosesSeries({ measure: id }) && holds(id, label),
  );
  const dimensions = offered(catalog).flatMap((id) => catalog.dimensions.filter((one) => one.id === id));
  return [
    ...dimensions
      .filter(({ id, label }) => holds(id, label))
      .flatMap(({ id, label, members }) => {
        const dimension = FILTER_DIMENSIONS.find((one) => one === id);
        return dimension === undefined
          ? []
          : [
              {
                key: `dimension:${id}`,
                label: label[language],
                of: t('members', { count: members, shown: exact(members) }),
                group: t('dimensions'),
                leads: true,
                onChoose: () => onOpen({ dimension }),
              },
            ];
      }),
    ...measures.map(({ id, label }) => ({
      key: `measure:${id}`,
      label: t('by_measure', { name: label[language] }),
      group: t('measures'),
      leads: true,
      onChoose: () => onOpen({ measure: id }),
    })),
  ];
}

/** What the typed text is by itself: a number that totals must reach, a part of names. */
function useTypedChoices(typed: string, op: 'in' | 'not_in', onDone: () => void) {
  const { t, language } = usePanelWords();
  const { state, setMembers, setWhere } = useFilters();
  const scope = useScope();
  const amount = parseAmount(typed);
  const condition = amount === null ? null : { measure: 'views' as const, op: 'gte' as const, values: [amount] };
  const numbers: Choice[] =
    condition === null || amount === null || amount < 1000
      ? []
      : [
          {
            key: 'number',
            label: conditionText(condition, scope),
            of: t('measures'),
            onChoose: () => {
              setWhere(withCondition(state.where ?? [], condition));
              onDone();
            },
          },
        ];
  const texts = (typed === '' ? [] : NAMED)
    .filter((id) => offered(scope.catalog).includes(id))
    .map((dimension): Choice => {
      const name = scope.catalog.dimensions.find(({ id }) => id === dimension)?.label[language] ?? dimension;
      return {
        key: `text:${dimension}`,
        label: t(op === 'in' ? 'contains_text' : 'lacks_text', { dimension: name, text: typed }),
        ...(state.members.some((one) => one.dimension === dimension) ? { of: t('replaces', { dimension: name }) } : {}),
        group: t('contains'),
        onChoose: () => {
          setMembers({ dimension, op: op === 'in' ? 'contains' : 'not_contains', values: [typed] });
          onDone();
        },
      };
    });
  return { numbers, texts };
}

function useMemberChoices(op: 'in' | 'not_in', onDone: () => void) {
  const { t, language } = usePanelWords();
  const { state, setMembers } = useFilters();
  const dimensions = useCatalog().data?.dimensions;
  const filterable = (row: FoundMember): FilterDimension | undefined =>
    FILTER_DIMENSIONS.find((one) => one === row.dimension);
  return (rows: readonly FoundMember[]): Choice[] =>
    rows.flatMap(({ id, label, series, views, ...row }) => {
      const dimension = filterable({ id, label, series, views, ...row });
      if (dimension === undefined) return [];
      const filter = state.members.find((one) => one.dimension === dimension);
      const values = filter?.op === op ? filter.values : [];
      const name = dimensions?.find((one) => one.id === dimension)?.label[language] ?? dimension;
      const choice: Choice = {
        key: `${dimension}:${id}`,
        label: label[language],
        of: filter === undefined || filter.op === op ? name : t('replaces', { dimension: name }),
        counts: { series, views },
        onChoose: () => {
          setMembers({ dimension, op, values: [...new Set([...values, id])] });
          onDone();
        },
      };
      return [choice];
    });
}
