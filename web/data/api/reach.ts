import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

/** What the watch does it with; a test has its own. */
export interface Surroundings {
  answers: () => Promise<boolean>;
  /** A pause between two questions; shorter if there is reason to ask at once. */
  rest: (milliseconds: number) => Promise<void>;
  tell: (away: boolean) => void;
}

const FIRST_REST = 500;
const LONGEST_REST = 10_000;

/** A watch over a server: whoever could not reach it calls it, and waits until it answers. All of them wait for the same one. */
export function watchOver({ answers, rest, tell }: Surroundings): () => Promise<void> {
  let watching: Promise<void> | null = null;
  const watch = async () => {
    for (let pause = FIRST_REST; !(await answers()); pause = Math.min(pause * 1.5, LONGEST_REST)) {
      tell(true);
      await rest(pause);
    }
    watching = null;
    tell(false);
  };
  return () => {
    watching ??= watch();
    return watching;
  };
}

const answers = async (): Promise<boolean> => {
  try {
    const { ok } = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    return ok;
  } catch {
    return false;
  }
};

/** A page that nobody sees asks nothing; one that is seen again, or whose network is back, asks at once. */
const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      document.removeEventListener('visibilitychange', endIfSeen);
      resolve();
    };
    const endIfSeen = () => {
      if (!document.hidden) end();
    };
    const timer = setTimeout(endIfSeen, milliseconds);
    addEventListener('online', end);
    document.addEventListener('visibilitychange', endIfSeen);
  });

/**
 * The server could not be reached: waits until it can. While it is away, questions wait, too, and then go out at once.
 */
export const untilReached = watchOver({ answers, rest, tell: (away) => onlineManager.setOnline(!away) });

/** The browser's own word is not taken: without a network a server on the same machine answers. */
export const watchInsteadOfBrowser = (): void => onlineManager.setEventListener(() => undefined);

export const isAway = (): boolean => !onlineManager.isOnline();

export const useAway = (): boolean => useSyncExternalStore((listener) => onlineManager.subscribe(listener), isAway);
