/** Where a name ends that other names stand for; pure. */

/** Of two nodes of a circle the one at which it ends. */
export type Least<N> = (a: N, b: N) => N;

export interface Way<N> {
  readonly end: N;
  /** Every node that was passed, the first and the last with it. */
  readonly passed: readonly N[];
}

/**
 * Follows `next` from a node until nothing follows, or a node stands for itself. A circle, which only titles can close
 * (aliases that would are refused), ends at the least of its nodes, wherever it was entered.
 */
export function follow<N>(start: N, next: (node: N) => N | undefined, least: Least<N>): Way<N> {
  const passed: N[] = [start];
  for (;;) {
    const node = passed.at(-1) ?? start;
    const then = next(node);
    if (then === undefined || then === node) return { end: node, passed };
    const again = passed.indexOf(then);
    if (again >= 0) return { end: passed.slice(again).reduce(least), passed };
    passed.push(then);
  }
}
