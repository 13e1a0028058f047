/**
 * Writes how wide Inter's letters are, for whatever lays out text without a browser: `npm run letter-widths`. Needed again if
 * the font's package gets a new version.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { create } from 'fontkit';
import { INTER } from '../server/render/fonts.ts';

/** Basic Latin, Latin-1, Latin Extended-A, and marks that charts write. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
] as const;
const MARKS = '–—‘’“”•…−×≥≤≈→←↑↓';
const FILE = 'web/charts/letterWidths.ts';

const letters = [
  ...RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))),
  ...MARKS,
];
const widthsOf = (file: string): string => {
  const font = create(readFileSync(file));
  if (!('glyphForCodePoint' in font)) throw new Error(`${file} holds several fonts.`);
  return letters
    .map((letter) =>
      Math.round((font.glyphForCodePoint(letter.codePointAt(0) ?? 0).advanceWidth * 1000) / font.unitsPerEm),
    )
    .map((width) => width.toString(36).padStart(2, '0'))
    .join('');
};

writeFileSync(
  FILE,
  `/** Written by scripts/letter-widths.ts from the fonts that pictures are drawn with. */

/** The letters in order, as ranges of code points, and single ones after them. */
export const RANGES = ${JSON.stringify(RANGES)} as const;
export const MARKS = '${MARKS}';

/** Widths of each letter in thousandths of an em, two digits of base 36. */
export const REGULAR =
  '${widthsOf(INTER.regular)}';
export const SEMIBOLD =
  '${widthsOf(INTER.semibold)}';
`,
);
