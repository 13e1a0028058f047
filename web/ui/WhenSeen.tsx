import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWhole } from '../data/paper.ts';
import { Card } from './Card.tsx';
import { ChartSkeleton } from './Skeletons.tsx';

/** What a card has around its chart: title, subtitle, source and the room between them. */
const AROUND = 112;

/**
 * Mounts what is below the fold, and so asks for it, only when it is about to be scrolled into view; then it stays.
 * @param height of the chart within, so that nothing moves when it comes
 */
export function WhenSeen({ height, children }: { height: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const whole = useWhole();
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
    <div ref={place} data-control>
      <Card>
        <ChartSkeleton height={height + AROUND - 32} />
      </Card>
    </div>
  );
}
