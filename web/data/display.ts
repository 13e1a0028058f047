import { useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import type { Params } from '../filters/grammar.ts';
import { type Density, density, readDensity, stage } from './kept.ts';
import { useAddressParams } from './useFilters.ts';

/** How much room things take, and whether this is the wall: `density=` and `theme=stage` of an address win over what is kept. */
export function useDisplay(): void {
  const asked = useAddressParams();
  const compact = useDensity() === 'compact';
  const onStage = stage.use();
  useEffect(() => {
    if (asked.theme === 'stage') stage.set(true, false);
  }, [asked.theme]);
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-compact', compact);
    document.documentElement.toggleAttribute('data-stage', onStage);
    // What measures the size of letters (charts) has been drawn already.
    dispatchEvent(new Event('resize'));
  }, [compact, onStage]);
}

export function useDensity(): Density {
  const { density: asked } = useAddressParams();
  const own = density.use();
  return readDensity(asked) ?? own;
}

/** Changes what is kept; an address that says otherwise is rewritten, or it would win again. */
export function useSetDisplay() {
  const navigate = useNavigate();
  const address = useAddressParams();
  const rewrite = (name: 'density' | 'theme') => {
    if (address[name] === undefined) return;
    void navigate({
      to: '.',
      search: (before: Params) => ({ ...before, [name]: undefined }),
      replace: true,
      resetScroll: false,
    });
  };
  return {
    setDensity(value: Density) {
      density.set(value);
      rewrite('density');
    },
    setStage(on: boolean) {
      stage.set(on);
      rewrite('theme');
    },
  };
}

const ORDINARY = 16;

/** Asking the browser makes it lay out the page, and each render asks: kept until the window changes. */
let measured: number | undefined;
if (typeof window !== 'undefined') {
  addEventListener('resize', () => {
    measured = undefined;
  });
}

export function letterScale(): number {
  if (measured === undefined) {
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    measured = Number.isFinite(size) && size > 0 ? size / ORDINARY : 1;
  }
  return measured;
}

function onResize(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

/** How much larger than on a desk letters are (on a wall and on the stage): charts are drawn as much larger. */
export const useLetterScale = (): number => useSyncExternalStore(onResize, letterScale);
