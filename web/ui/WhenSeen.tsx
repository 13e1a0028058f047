import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWhole } from '../data/paper.ts';
import { Card } from './Card.tsx';
import { ChartSkeleton } from './Skeletons.tsx';

/** What a card has around its chart: title, subtitle, source and the room between them. */
const AROUND = 98;
/** A phone breaks them into more lines. */
const AROUND_ON_PHONE = 167;

/** What was seen at a step of the history: whoever goes back finds it as it was left. */
const seenAt = new Set<string>();

/**
 * Mounts what is below the fold, and so asks for it, only when it is about to be scrolled into view; then it stays.
 * @param height of the chart within, so that nothing moves when it comes
 */
export function WhenSeen({ height, children }: { height: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const step = `${useLocation({ select: ({ state }) => state.__TSR_key })} ${height}`;
  const [seen, setSeen] = useState(() => seenAt.has(step));
  const whole = useWhole();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  useEffect(() => {
    if (seen) seenAt.add(step);
  }, [seen, step]);
  useEffect(() => {
    if (seen || place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: '320px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen]);
  if (seen || whole) return children;
  return (
    <div ref={place} data-control data-unseen>
      <Card>
        <ChartSkeleton height={height + (narrow ? AROUND_ON_PHONE : AROUND)} />
      </Card>
    </div>
  );
}
