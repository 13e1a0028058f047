import { useEffect, useRef, useState } from 'react';

/** A popover of the bar: below its button. */
export const STILL = {
  position: 'bottom-start',
  trapFocus: true,
  // It stays where it opened: a list of another length never turns it over.
  middlewares: { flip: false, shift: true },
} as const;

/** A popover's state, and its button, which gets the focus back before the popover goes with it. */
export function useHanging(openAtOnce = true) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(openAtOnce), [openAtOnce]);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = (next: boolean) => {
    if (!next) button.current?.focus({ preventScroll: true });
    setOpen(next);
  };
  return { open, toggle, button };
}
