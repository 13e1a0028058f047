import { IconCheck } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import styles from './TimePicker.module.css';

export interface PresetLine {
  readonly key: string;
  readonly label: string;
  /** What it stands for at present: dates, or why it cannot be had. */
  readonly told?: string | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One of several: arrows move along, Enter chooses; Tab goes on to what follows the list. */
export function PresetList({ label, lines }: { label: string; lines: readonly PresetLine[] }) {
  const begins = Math.max(
    0,
    lines.findIndex((line) => line.chosen),
  );
  return (
    <div role="menu" aria-label={label} className={styles.presets} onKeyDown={moved}>
      {lines.map((line, at) => (
        <button
          key={line.key}
          type="button"
          className={styles.preset}
          role="menuitemradio"
          aria-checked={line.chosen}
          tabIndex={begins === at ? 0 : -1}
          data-autofocus={begins === at || undefined}
          onClick={line.onChoose}
        >
          <IconCheck size={14} stroke={2} aria-hidden className={line.chosen ? undefined : styles.hidden} />
          <span>{line.label}</span>
          <span className={styles.dates}>{line.told}</span>
        </button>
      ))}
    </div>
  );
}

function moved(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((one) => one.matches(':focus'));
  buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
}
