/** Where a name leads that others are merged into. */

/** The node at which a circle of two ends. */
export type Least<N> = (a: N, b: N) => N;

export interface Way<N> {
  readonly end: N;
  readonly passed: readonly N[];
}

/** Follows `next` to its end. Only titles can close a circle (such aliases are refused): its least node is the end. */
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
