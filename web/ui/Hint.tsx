import { type FocusEvent, lazy, type MouseEvent, type ReactNode, Suspense, useEffect, useId, useState } from 'react';
import { part } from '../data/api/code.ts';

/** Its library is loaded when a reader first rests on something that has a hint. */
const Tip = lazy(async () => ({ default: (await part(() => import('./Tip.tsx'))).Tip }));

/** What the element that is explained hands on. */
export interface Hinted {
  onMouseEnter: (event: MouseEvent<HTMLElement>) => void;
  onMouseLeave: () => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: () => void;
  'aria-describedby': string | undefined;
}

interface HintProps {
  /** Without a text the element is drawn as it is. */
  label: string | undefined;
  /** Milliseconds that the pointer rests before the hint shows. */
  delay?: number;
  /** Draws the element that the hint is about. */
  children: (hinted: Partial<Hinted>) => ReactNode;
}

/** A hint on hover, on keyboard focus and on touch; Escape closes it. */
export function Hint({ label, delay = 0, children }: HintProps) {
  const id = useId();
  const [over, setOver] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted) return setOpen(false);
    const timer = setTimeout(() => setOpen(true), delay);
    return () => clearTimeout(timer);
  }, [wanted, delay]);
  if (label === undefined || label === '') return children({});
  const close = () => setWanted(false);
  const show = (target: HTMLElement) => {
    setOver(target);
    setWanted(true);
  };
  return (
    <>
      {children({
        // A tap enters, too, and leaves as another place is tapped.
        onMouseEnter: ({ currentTarget }) => show(currentTarget),
        onMouseLeave: close,
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) show(currentTarget);
        },
        onBlur: close,
        'aria-describedby': open ? id : undefined,
      })}
      {over !== null && (
        <Suspense>
          <Tip id={id} label={label} over={over} open={open} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
