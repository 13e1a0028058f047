import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useErrorText } from './ErrorState.tsx';
import styles from './Notice.module.css';

export type Tone = 'good' | 'warn' | 'bad';

interface NoticeProps extends Pick<BoxProps, 'mt' | 'mb'> {
  tone: Tone;
  role?: 'alert' | 'status';
  children: ReactNode;
}

/** A sentence or two that must not be overlooked: that it went well, what is odd, what failed. */
export function Notice({ tone, children, ...box }: NoticeProps) {
  return (
    <Box className={styles.notice} data-tone={tone} {...box}>
      {children}
    </Box>
  );
}

/** Why something could not be done; nothing as long as there is no error. */
export function ErrorNotice({ error, ...box }: { error: unknown } & Pick<BoxProps, 'mt' | 'mb'>) {
  const errorText = useErrorText();
  if (error === null || error === undefined) return null;
  return (
    <Notice tone="bad" role="alert" {...box}>
      {errorText(error)}
    </Notice>
  );
}

interface NoticeListProps {
  label: string;
  /** Side by side where there is room. */
  columns?: boolean;
  live?: 'polite';
  children: ReactNode;
}

/** Several of them, each a `NoticeItem`. */
export function NoticeList({ label, columns = false, live, children }: NoticeListProps) {
  return (
    <ul className={styles.list} data-columns={columns} aria-live={live} aria-label={label}>
      {children}
    </ul>
  );
}

export function NoticeItem({ tone, children }: Pick<NoticeProps, 'tone' | 'children'>) {
  return (
    <li className={styles.notice} data-tone={tone}>
      {children}
    </li>
  );
}
