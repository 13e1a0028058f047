import { useEffect } from 'react';

/** What stands in for an element that is gone: the nearest of its surroundings that has a name of its own. */
const PLACES = 'section[aria-labelledby], [role="dialog"], main';

/**
 * Keeps the keyboard's place. If the focused element is taken away (a button that did its work, a row that was removed),
 * the browser lets the focus fall to the page's beginning; it goes to the section that the element stood in.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let focused: Element | null = null;
    let around: Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      focused = target;
      around = [];
      for (let at = target.closest(PLACES); at !== null; at = at.parentElement?.closest(PLACES) ?? null)
        around.push(at);
    };
    // A press beside everything takes the focus away because the reader wants it so.
    const left = () => {
      focused = null;
    };
    const observer = new MutationObserver(() => {
      if (focused === null || focused.isConnected || document.activeElement !== document.body) return;
      focused = null;
      const place = around.find((at) => at.isConnected) ?? document.querySelector('main');
      if (!(place instanceof HTMLElement)) return;
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', left);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', left);
      observer.disconnect();
    };
  }, []);
}
