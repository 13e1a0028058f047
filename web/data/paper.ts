import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** Of a sheet of A4 or Letter, in CSS pixels: what a card leaves for its chart. */
export const PAPER_WIDTH = 656;

/** `all`: what is below the fold is asked for, too, as it is about to be printed. `sheet`: drawn as it is printed. */
type Paper = 'none' | 'all' | 'sheet';

let paper: Paper = 'none';
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: Paper): void {
  paper = next;
  for (const listener of listeners) listener();
}

if (typeof window !== 'undefined') {
  // The browser takes its picture as soon as this returns.
  addEventListener('beforeprint', () => flushSync(() => become('sheet')));
  addEventListener('afterprint', () => become('none'));
}

const isSheet = () => paper === 'sheet';
const isWhole = () => paper !== 'none';

/** Whether the page is drawn for paper just now. */
export const useSheet = (): boolean => useSyncExternalStore(listen, isSheet);
/** Whether all of the page is wanted, not only what is seen. */
export const useWhole = (): boolean => useSyncExternalStore(listen, isWhole);

const QUIET = 400;
const LONGEST = 20_000;

/** Prints all of the page, once what is below the fold has been asked for and drawn. */
export async function printWhole(client: QueryClient): Promise<void> {
  become('all');
  const begun = Date.now();
  for (let quiet = Date.now(); Date.now() - quiet < QUIET && Date.now() - begun < LONGEST; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (client.isFetching() > 0) quiet = Date.now();
  }
  print();
}
