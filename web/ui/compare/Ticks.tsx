import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { usePresent } from '../../data/useLeads.ts';
import { type Compared, compareAddress, LEAST, MOST } from '../../figures/compare/compared.ts';
import { withSubject } from '../../filters/leads.ts';
import link from '../PageLink.module.css';
import styles from './Ticks.module.css';
import { useCompareWords } from './words.ts';

interface Ticked {
  names: ReadonlyMap<string, string>;
  toggle: (id: string, name: string) => void;
}

const TicksContext = createContext<Ticked | null>(null);

interface TicksProps {
  /** Null: the rows are nothing that can be compared. */
  dimension: Compared | null;
  children: ReactNode;
}

/** What was ticked at a step of the history: whoever goes back from the comparison finds it as it was. */
const tickedAt = new Map<string, ReadonlyMap<string, string>>();

/** Rows of the tables within can be ticked; what is ticked leads to the page that compares it. */
export function Ticks({ dimension, children }: TicksProps) {
  const step = `${useLocation({ select: ({ state }) => state.__TSR_key })} ${dimension}`;
  const [names, setNames] = useState<ReadonlyMap<string, string>>(() => tickedAt.get(step) ?? new Map());
  useEffect(() => {
    tickedAt.set(step, names);
  }, [step, names]);
  const ticked = useMemo(
    () => ({
      names,
      toggle: (id: string, name: string) =>
        setNames((before) => {
          const next = new Map(before);
          if (!next.delete(id)) next.set(id, name);
          return next;
        }),
    }),
    [names],
  );
  if (dimension === null) return children;
  return (
    <TicksContext value={ticked}>
      {children}
      {names.size > 0 && <CompareBar dimension={dimension} names={names} clear={() => setNames(new Map())} />}
    </TicksContext>
  );
}

/** The name in a row with its tick before it; outside of `Ticks`, and of what is no member, the name alone. */
export function Tick({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const { t } = useCompareWords();
  const ticked = useContext(TicksContext);
  if (ticked === null || id === '' || id.startsWith('(')) return children;
  return (
    <span className={styles.cell}>
      <input
        type="checkbox"
        data-control
        className={styles.tick}
        aria-label={t('tick', { name })}
        checked={ticked.names.has(id)}
        onChange={() => ticked.toggle(id, name)}
        // A row that opens its page is not opened by its tick.
        onClick={(event) => event.stopPropagation()}
      />
      {children}
    </span>
  );
}

interface CompareBarProps {
  dimension: Compared;
  names: ReadonlyMap<string, string>;
  clear: () => void;
}

function CompareBar({ dimension, names, clear }: CompareBarProps) {
  const { t } = useCompareWords();
  const present = usePresent();
  const { lang } = present.params;
  const count = names.size;
  const said =
    count < LEAST
      ? t('one', { name: [...names.values()].join('') })
      : count > MOST
        ? t('too_many', { count, most: MOST, over: count - MOST })
        : t('ready', { count });
  return (
    <section className={styles.bar} data-control aria-label={t('bar')}>
      <span className={styles.said} role="status">
        {said}
      </span>
      <span className={styles.actions}>
        {count >= LEAST && count <= MOST && (
          <Link
            to="/compare"
            search={{ lang, ...compareAddress(withSubject(present), dimension, [...names.keys()]) }}
            className={link.button}
          >
            {t('compare', { count })}
          </Link>
        )}
        <Button variant="subtle" color="gray" size="xs" onClick={clear}>
          {t('clear')}
        </Button>
      </span>
    </section>
  );
}
