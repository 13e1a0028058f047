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

/** One of several: arrows move along, Enter chooses. */
export function PresetList({ label, lines }: { label: string; lines: readonly PresetLine[] }) {
  const chosen = lines.some((line) => line.chosen);
  return (
    // biome-ignore lint/a11y/useSemanticElements: its legend would be a second heading of the popover
    <div role="group" aria-label={label} className={styles.presets} onKeyDown={moved}>
      {lines.map((line, at) => (
        <button
          key={line.key}
          type="button"
          className={styles.preset}
          aria-pressed={line.chosen}
          data-autofocus={(chosen ? line.chosen : at === 0) || undefined}
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
