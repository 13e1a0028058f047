import { type ComponentProps, type ComponentType, useEffect, useState } from 'react';
import { part } from '../data/api/code.ts';

/** What a button that opens something hands on to its `<button>`. */
export type Pressed = Omit<ComponentProps<'button'>, 'color' | 'style' | 'disabled'>;

/**
 * A button whose panel is loaded when it is first pressed, and fetched once it is pointed at or focused: most readers
 * open few of them.
 * @param load the same button with its panel, which `useOpenAtOnce` opens
 * @param panel what assistive technology is told that opens
 */
export function opened<P extends object>(
  Closed: ComponentType<P & Pressed>,
  load: () => Promise<ComponentType<P>>,
  panel: 'dialog' | 'menu' = 'dialog',
) {
  return function Opened(props: P) {
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
    if (Loaded !== null) return <Loaded {...props} />;
    const open = () => {
      part(load).then(
        (part) => setLoaded(() => part),
        // Without an answer it stays closed; the next press asks again.
        () => undefined,
      );
    };
    const fetched = () => void load().catch(() => undefined);
    return (
      <Closed
        {...props}
        onClick={open}
        onPointerEnter={fetched}
        onFocus={fetched}
        aria-haspopup={panel}
        aria-expanded={false}
      />
    );
  };
}

/** Opens after the first commit: the button is there by then, has the focus, and gets it back. */
export function useOpenAtOnce(): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(true), []);
  return [open, setOpen];
}
