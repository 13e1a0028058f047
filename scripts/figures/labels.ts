/** Where an SVG's texts stand, and which of them are clipped or lie on each other. */
import { textWidth } from '../../web/charts/text.ts';

export interface Label {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Of a line's height; a letter's own height is less. */
const TALL = 0.8;
/** What reaches over by less than this is not clipped. */
const SLACK = 1.5;
/** Closer than this beside each other, two texts are read as one. */
const APART = 2;

/** @returns the box of every text, level or turned by a quarter to be read from below */
export function labelsOf(svg: string): Label[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/gu)].flatMap(([, attributes = '', escaped = '']) => {
    const text = unescaped(escaped);
    if (text.trim() === '') return [];
    const attribute = (name: string): string | undefined =>
      new RegExp(`(?:^| )${name}="([^"]*)"`, 'u').exec(attributes)?.[1];
    const size = Number(attribute('font-size') ?? 12);
    const { dx, dy, turned } = placeOf(attribute('transform'));
    const x = Number(attribute('x') ?? 0);
    const y = Number(attribute('y') ?? 0);
    const width = textWidth(text, size, Number(attribute('font-weight') ?? 400));
    const anchor = attribute('text-anchor');
    const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
    const half = (size * TALL) / 2;
    // "central" is the middle of a line; a text without a baseline stands on y.
    const middle = attribute('dominant-baseline') === 'central' ? y : y - half;
    const box = { left, right: left + width, top: middle - half, bottom: middle + half };
    if (turned)
      return [{ text, left: dx + box.top, right: dx + box.bottom, top: dy - box.right, bottom: dy - box.left }];
    return [{ text, left: dx + left, right: dx + box.right, top: dy + box.top, bottom: dy + box.bottom }];
  });
}

function placeOf(transform: string | undefined): { dx: number; dy: number; turned: boolean } {
  if (transform === undefined) return { dx: 0, dy: 0, turned: false };
  const numbers = [...transform.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/gu)].map(([number]) => Number(number));
  const [dx = 0, dy = 0] = transform.startsWith('matrix(') ? numbers.slice(4) : numbers;
  const [cos, sin] = transform.startsWith('matrix(') ? [numbers[0] ?? 1, numbers[1] ?? 0] : [1, 0];
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;
  if (near(cos, 1) && near(sin, 0)) return { dx, dy, turned: false };
  if (near(cos, 0) && near(sin, -1)) return { dx, dy, turned: true };
  throw new Error(`A text is drawn at ${transform}: say here how wide it is.`);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (whole, name: string) => ENTITIES[name] ?? whole);

/** What a reader would call ugly, a line each: labels that the picture's edge cuts, and pairs that lie on each other. */
export function faults(svg: string, { width, height }: { width: number; height: number }): string[] {
  const labels = labelsOf(svg);
  const clipped = labels
    .filter(
      ({ left, right, top, bottom }) =>
        left < -SLACK || right > width + SLACK || top < -SLACK || bottom > height + SLACK,
    )
    .map((one) => `clipped: “${one.text}” at ${at(one)}`);
  const colliding = labels.flatMap((one, index) =>
    labels
      .slice(index + 1)
      .flatMap((other) => (collide(one, other) ? [`“${one.text}” lies on “${other.text}” at ${at(other)}`] : [])),
  );
  return [...clipped, ...colliding];
}

const at = ({ left, right, top }: Label): string => `${Math.round(left)}–${Math.round(right)}, ${Math.round(top)}`;

const collide = (a: Label, b: Label): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > -APART &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
