interface Waiting {
  draw: () => void;
}

const waiting = new Set<Waiting>();
let asked = false;

/**
 * Draws in turn with all other charts: one a frame, so that the reader's input is answered between two.
 * @returns takes the drawing back
 */
export function inTurn(draw: () => void): () => void {
  const one: Waiting = { draw };
  waiting.add(one);
  next();
  return () => {
    waiting.delete(one);
  };
}

function next(): void {
  if (asked || waiting.size === 0) return;
  asked = true;
  afterPaint(() => {
    asked = false;
    const [one] = waiting;
    if (one === undefined) return;
    waiting.delete(one);
    try {
      one.draw();
    } finally {
      next();
    }
  });
}

/** Texts and numbers that came with the chart are seen before it is drawn. */
const afterPaint = (draw: () => void): void => {
  requestAnimationFrame(() => setTimeout(draw));
};
