import { Tooltip } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import styles from './Info.module.css';

/** A definition or a reason behind a small sign: on hover, on focus and on touch. */
export function Info({ about, text }: { about: string; text: string }) {
  return (
    <Tooltip
      label={text}
      multiline
      maw={360}
      withArrow
      openDelay={150}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className={styles.info} aria-label={`${about}: ${text}`}>
        <IconInfoCircle size={15} stroke={1.6} aria-hidden />
      </button>
    </Tooltip>
  );
}
