import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Call } from '../../figures/calls.ts';
import { keysOf, type Mark } from '../../filters/marks.ts';

/** Asked for rarely. */
const MarkMenu = lazy(async () => ({ default: (await import('./MarkMenu.tsx')).MarkMenu }));

export interface Asking {
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
}

/** One menu of marks: `ask` opens it at a place in the window, `menu` is to be rendered. */
export function useMarkMenu(call?: () => Call<unknown> | undefined): {
  ask: (asking: Asking) => void;
  menu: ReactNode;
} {
  const [asked, setAsked] = useState<Asking | null>(null);
  const ask = useCallback((asking: Asking) => setAsked(asking), []);
  const menu = asked !== null && (
    <Suspense>
      <MarkMenu
        key={`${keysOf(asked.mark).join()} ${asked.x} ${asked.y}`}
        mark={asked.mark}
        at={asked}
        call={call?.()}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  );
  return { ask, menu };
}

/** How long a finger rests to ask for the menu, and how far it may move. */
export const LONG_PRESS = 500;
export const RESTS_WITHIN = 8;
