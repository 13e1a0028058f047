/** The last day that a drawn range has: its end, or the data's where that comes first. Days compare as text. */
export const lastDrawnDay = (asOf: string, to: string): string => [asOf, to].sort()[0] ?? to;
