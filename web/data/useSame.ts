import { useState } from 'react';

/** The same object as long as its content (as JSON) stays the same, so that what is remembered by it stays too. */
export function useSame<T>(value: T): T {
  const [kept, keep] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  keep(value);
  return value;
}
