/** Sizes of pictures that leave, as data. Laid out small and scaled, so that type is as large on every screen. Pure. */

export interface PictureSize {
  /** Logical pixels that the picture is laid out on. */
  readonly width: number;
  readonly height: number;
  /** Of a PNG. */
  readonly pixels: { readonly width: number; readonly height: number };
  /** Times the type and lines of a slide 720 high. */
  readonly type: number;
}

/** A slide is laid out 720 high, so that a text of 16 is 1/45 of its height. */
const HEIGHT = 720;

const slide = (width: number, height: number): PictureSize => ({
  width: Math.round((HEIGHT * width) / height),
  height: HEIGHT,
  pixels: { width, height },
  type: 1,
});

export const SIZES = {
  '16x9': slide(1920, 1080),
  '4x3': slide(1440, 1080),
  '1x1': slide(1080, 1080),
  '9x16': slide(1080, 1920),
  '3x4': slide(1080, 1440),
  '4k': slide(3840, 2160),
  // Of a link's card, seen a hand wide: larger type than 1/45.
  og: { width: 800, height: 418, pixels: { width: 1200, height: 627 }, type: 0.75 },
} as const satisfies Readonly<Record<string, PictureSize>>;
export type NamedSize = keyof typeof SIZES;

/** Of a size of one's own, in pixels. */
export const LEAST_SIDE = 200;
export const MOST_SIDE = 7680;
export const MOST_PIXELS = 12_750_000;
/** Wider or narrower than this, nothing is laid out well. */
const MOST_RATIO = 4;

const isNamed = (text: string): text is NamedSize => Object.hasOwn(SIZES, text);

/** A size by its name, or as `WIDTHxHEIGHT` in pixels; null if it is neither, or beyond the limits. */
export function sizeOf(text: string): PictureSize | null {
  if (isNamed(text)) return SIZES[text];
  const [, w = '', h = ''] = /^(\d{1,5})x(\d{1,5})$/u.exec(text) ?? [];
  const [width, height] = [Number(w), Number(h)];
  const sides = [width, height];
  if (w === '' || sides.some((side) => side < LEAST_SIDE || side > MOST_SIDE)) return null;
  if (width * height > MOST_PIXELS || Math.max(width / height, height / width) > MOST_RATIO) return null;
  return slide(width, height);
}
