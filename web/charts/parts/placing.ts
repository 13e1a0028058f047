/** Where labels go so that none covers another. Pure geometry in pixels. */

export interface SpacedLabel<T> {
  item: T;
  wanted: number;
  y: number;
}

/** Moves labels of one column apart, as little as possible, within `top` and `bottom`; the least important, which come last, are left out first. */
export function spread<T>(
  labels: readonly { item: T; y: number }[],
  height: number,
  top: number,
  bottom: number,
): SpacedLabel<T>[] {
  const room = Math.max(0, Math.floor((bottom - top) / height));
  const kept = labels.slice(0, room).toSorted((a, b) => a.y - b.y);
  // Pools of neighbours that push each other share one middle (isotonic regression by pool-adjacent-violators).
  const pools: { sum: number; count: number }[] = [];
  kept.forEach((label, at) => {
    let pool = { sum: label.y - at * height, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  });
  const least = top + height / 2;
  const most = bottom - height / 2 - (kept.length - 1) * height;
  const offsets = pools.flatMap((pool) =>
    Array.from({ length: pool.count }, () => Math.min(Math.max(pool.sum / pool.count, least), Math.max(most, least))),
  );
  return kept.map((label, at) => ({ item: label.item, wanted: label.y, y: (offsets[at] ?? least) + at * height }));
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface LabelledPoint {
  x: number;
  y: number;
  radius: number;
  width: number;
  /** Needs its label: may cover other points (never another label) where no side is free. */
  must?: boolean;
}
export type Side =
  | 'right'
  | 'left'
  | 'top'
  | 'bottom'
  | 'inside'
  | 'above right'
  | 'below right'
  | 'above left'
  | 'below left';

const SIDES = [
  'right',
  'left',
  'top',
  'bottom',
  'inside',
  'above right',
  'below right',
  'above left',
  'below left',
] as const;
/** Pixels that a label may stand away from its point, led to it by a line. */
const APART = [0, 14, 28, 44] as const;
/** Of one that needs its label, before it covers another point. */
const FAR = [...APART, 66, 90] as const;

/** Where a label stands. `led`: so far away that a line must lead to it. */
export interface Placed {
  side: Side;
  box: Box;
  led: boolean;
}

/** Pixels between labels beside each other, so that they are not read as one. */
const BESIDE = 4;

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right + BESIDE && b.left < a.right + BESIDE && a.top < b.bottom && b.top < a.bottom;

function labelBox(point: LabelledPoint, side: Side, height: number, apart: number): Box {
  const gap = point.radius + 4 + apart;
  // On the diagonal.
  const slant = gap * Math.SQRT1_2;
  const half = height / 2;
  switch (side) {
    case 'right':
      return { left: point.x + gap, right: point.x + gap + point.width, top: point.y - half, bottom: point.y + half };
    case 'left':
      return { left: point.x - gap - point.width, right: point.x - gap, top: point.y - half, bottom: point.y + half };
    case 'top':
      return {
        left: point.x - point.width / 2,
        right: point.x + point.width / 2,
        top: point.y - gap - height,
        bottom: point.y - gap,
      };
    case 'bottom':
      return {
        left: point.x - point.width / 2,
        right: point.x + point.width / 2,
        top: point.y + gap,
        bottom: point.y + gap + height,
      };
    case 'inside':
      return {
        left: point.x - point.width / 2,
        right: point.x + point.width / 2,
        top: point.y - half,
        bottom: point.y + half,
      };
    case 'above right':
    case 'below right':
    case 'above left':
    case 'below left': {
      const [left, top] = [
        side.endsWith('right') ? point.x + slant : point.x - slant - point.width,
        side.startsWith('below') ? point.y + slant - half / 2 : point.y - slant - height + half / 2,
      ];
      return { left, top, right: left + point.width, bottom: top + height };
    }
  }
}

/** A place for the label of each point, most important first; null if every one leaves the box or covers something. Inside is the last resort beside it. */
export function placeAround(points: readonly LabelledPoint[], height: number, within: Box): (Placed | null)[] {
  const placed: Box[] = [];
  const covers = (mark: LabelledPoint, box: Box): boolean => {
    const x = Math.min(Math.max(mark.x, box.left), box.right);
    const y = Math.min(Math.max(mark.y, box.top), box.bottom);
    return Math.hypot(mark.x - x, mark.y - y) < mark.radius;
  };
  const free = (point: LabelledPoint, self: number, overPoints: boolean): Placed | null => {
    for (const apart of point.must === true ? FAR : APART) {
      for (const side of SIDES) {
        if (side === 'inside' && (apart > 0 || point.width + 4 > point.radius * 2)) continue;
        const box = labelBox(point, side, height, apart);
        const inside =
          box.left >= within.left && box.right <= within.right && box.top >= within.top && box.bottom <= within.bottom;
        if (!inside || placed.some((other) => overlaps(box, other))) continue;
        if (!overPoints && points.some((mark, at) => at !== self && covers(mark, box))) continue;
        placed.push(box);
        return { side, box, led: apart > 0 };
      }
    }
    return null;
  };
  return points.map(
    (point, self) => free(point, self, false) ?? (point.must === true ? free(point, self, true) : null),
  );
}
