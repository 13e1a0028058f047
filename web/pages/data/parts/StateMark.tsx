import type { ReactNode } from 'react';
import styles from './StateMark.module.css';

/** How a state is coloured: under way, well, badly, to be looked at, over. */
const TONES: Readonly<Record<string, 'going' | 'good' | 'bad' | 'look' | 'over'>> = {
  uploading: 'going',
  reading: 'going',
  starting: 'going',
  importing: 'going',
  queued: 'going',
  running: 'going',
  ready: 'good',
  done: 'good',
  committed: 'good',
  refused: 'bad',
  failed: 'bad',
  look: 'look',
  duplicate: 'look',
  needs_answer: 'look',
  cancelled: 'over',
  undone: 'over',
};

export function StateMark({ state, children }: { state: string; children: ReactNode }) {
  return (
    <span className={styles.state} data-tone={TONES[state] ?? 'waiting'}>
      {children}
    </span>
  );
}
