import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { hueColour } from '../../charts/look.ts';
import type { Compared } from '../../figures/compare/compared.ts';
import { useLook } from '../../ui/chart/useLook.ts';
import { NamedMember } from '../../ui/MemberLink.tsx';
import styles from './ComparePage.module.css';

export interface Member {
  id: string;
  name: string;
}

export interface Line {
  id: string;
  head: ReactNode;
  cells: readonly ReactNode[];
}

/** A member's colour, the same as its curve's. */
export function Dot({ at }: { at: number }) {
  const look = useLook();
  return <span className={styles.dot} style={{ background: hueColour(look, at) }} aria-hidden />;
}

interface SideBySideProps {
  caption: string;
  corner: string;
  by: Compared;
  members: readonly Member[];
  lines: readonly Line[];
}

const ROOM = { first: 208, others: 152 };
/** Two members fit a phone without a scroll. */
const NARROW = { first: 124, others: 112 };

/** A line a measure, a column a member. */
export function SideBySide({ caption, corner, by, members, lines }: SideBySideProps) {
  const { first, others } = (useMediaQuery('(max-width: 48em)') ?? false) ? NARROW : ROOM;
  return (
    // What scrolls sideways must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className={styles.scroller} aria-label={`${caption}: ${corner}`} tabIndex={0}>
      <table className={styles.table} style={{ minWidth: first + others * members.length }}>
        <colgroup>
          <col style={{ width: first }} />
          {members.map(({ id }) => (
            <col key={id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {members.map((member, at) => (
              <th key={member.id} scope="col">
                <span className={styles.head}>
                  <Dot at={at} />
                  <NamedMember dimension={by} id={member.id}>
                    {member.name}
                  </NamedMember>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, head, cells }) => (
            <tr key={id}>
              <th scope="row">{head}</th>
              {members.map((member, at) => (
                <td key={member.id}>{cells[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
