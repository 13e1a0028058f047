import { useSyncExternalStore } from 'react';
import { z } from 'zod';

/** A choice that this browser keeps, and everything that shows it follows. */
export interface Kept<T> {
  get: () => T;
  /** @param keep false: for this page only, such as what its address asks for */
  set: (value: T, keep?: boolean) => void;
  use: () => T;
}

/** @param read gives a value whatever was kept: nothing (null), another version's, a stranger's */
export function kept<T>(key: string, read: (text: string | null) => T, write: (value: T) => string): Kept<T> {
  let current = read(stored(key));
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = () => current;
  return {
    get,
    set(value, keep = true) {
      current = value;
      for (const listener of listeners) listener();
      if (!keep) return;
      try {
        localStorage.setItem(key, write(value));
      } catch {
        // Storage may be refused (private window); the choice then holds for this page only.
      }
    },
    use: () => useSyncExternalStore(listen, get),
  };
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Of a text that should be JSON of this shape: what it says, else the schema's own answer to nothing (`.catch`). */
export function readKept<S extends z.ZodType>(schema: S, text: string | null): z.output<S> {
  let said: unknown;
  try {
    said = text === null ? undefined : JSON.parse(text);
  } catch {
    said = undefined;
  }
  return schema.parse(said);
}

/** Which columns were chosen and put away, by table; those of which nothing is said are as the table has them. */
const CHOSEN = z.record(z.string(), z.record(z.string(), z.boolean()).catch({})).catch({});
export const readColumns = (text: string | null): z.output<typeof CHOSEN> => readKept(CHOSEN, text);
export const chosenColumns = kept('dramascope.columns', readColumns, JSON.stringify);

const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];
export const readDensity = (text: string | null | undefined): Density | undefined =>
  DENSITIES.find((one) => one === text);
export const density = kept(
  'dramascope.density',
  (text) => readDensity(text) ?? 'comfortable',
  (value) => value,
);

/** The theme for the wall: it has no controls, and whoever wants them leaves it. */
export const stage = kept(
  'dramascope.stage',
  (text) => text === 'on',
  (on) => (on ? 'on' : 'off'),
);
