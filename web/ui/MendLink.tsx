import { Link } from '@tanstack/react-router';
import type { Mend } from '../figures/figure.ts';
import type { Params } from '../filters/grammar.ts';
import styles from './PageLink.module.css';

/** This page with what was missing: one click. */
export function MendLink({ mend: { label, change }, inline = false }: { mend: Mend; inline?: boolean }) {
  const className = inline ? styles.link : styles.button;
  return (
    <Link to="." search={(before: Params) => ({ ...before, ...change })} resetScroll={false} className={className}>
      {label}
    </Link>
  );
}
