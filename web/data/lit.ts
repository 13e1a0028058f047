import { useEffect } from 'react';

/** The member that is pointed at, by its key: lit in every chart of the page. Outside React: it changes as the pointer moves. */
type Listener = (key: string | null) => void;

const listeners = new Set<Listener>();
let lit: string | null = null;
let clearing: ReturnType<typeof setTimeout> | undefined;

function tell(key: string | null): void {
  if (key === lit) return;
  lit = key;
  for (const listener of listeners) listener(key);
}

/** Between a bar and its name nothing is pointed at for a moment: what is lit stays so long. */
const LINGERS = 60;

export function light(key: string | null): void {
  clearTimeout(clearing);
  if (key === null) clearing = setTimeout(() => tell(null), LINGERS);
  else tell(key);
}

export function useLit(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}
