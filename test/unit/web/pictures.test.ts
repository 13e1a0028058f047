import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, recordedCatalog } from '../../../scripts/figures/answers.ts';
import { drawn } from '../../../scripts/figures/draw.ts';
import { faults } from '../../../scripts/figures/labels.ts';
import { SIGHTS } from '../../../scripts/figures/looks.ts';
import { INTER } from '../../../server/render/fonts.ts';
import { LIGHT_LOOK, STAGE_LOOK } from '../../../web/charts/look.ts';
import { measureText, textWidth } from '../../../web/charts/text.ts';
import { MOST_PIXELS, SIZES, sizeOf } from '../../../web/export/sizes.ts';

/** One in so many of all figures × sizes × looks × languages; the soak draws all. */
const EVERY = Number(process.env.PICTURES_EVERY ?? 12);
const SEED = 5;

const wanted = SIGHTS.flatMap((sight) =>
  LANGUAGES.flatMap((language) =>
    Object.entries(SIZES).flatMap(([name, size]) =>
      [LIGHT_LOOK, STAGE_LOOK].map((look) => ({ sight, language, name, size, look })),
    ),
  ),
).filter((_, at) => at % EVERY === SEED % EVERY);

describe('pictures that leave', () => {
  const catalog = recordedCatalog();

  it.each(wanted)('$sight.id as $name in $language ($look.name): nothing is cut, covered or too small', async (one) => {
    const svg = (await drawn(one.sight, one.language, catalog)).picture(one.look, one.size) ?? '';
    expect(faults(svg, one.size)).toEqual([]);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/gu)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(one.size.height / 45);
  });

  it('have the sizes that are named, or any within the limits', () => {
    expect(sizeOf('16x9')?.pixels).toEqual({ width: 1920, height: 1080 });
    expect(sizeOf('4k')).toMatchObject({ width: 1280, height: 720, pixels: { width: 3840, height: 2160 } });
    expect(sizeOf('1000x500')).toMatchObject({ width: 1440, height: 720, pixels: { width: 1000, height: 500 } });
    for (const none of ['', '16:9', '10x10', '199x200', '7681x300', '900x200', 'constructor', `5000x${MOST_PIXELS}`])
      expect([none, sizeOf(none)]).toEqual([none, null]);
    expect(sizeOf('4000x3187')).not.toBeNull();
    expect(sizeOf('4000x3188')).toBeNull();
  });
});

describe('widths of texts', () => {
  it.each([
    ['Comic: views in Oct 2025 at 14.4 times the level of Apr 2025', 400, INTER.regular],
    ['1,444 +147.1% −35.6% × ≥ “Señor” Łódź', 400, INTER.regular],
    ['Demand exceeds supply most in Family', 600, INTER.semibold],
  ])('%s is as wide as the font has it', (text, weight, file) => {
    const font = create(readFileSync(file));
    if (!('layout' in font)) throw new Error('several fonts');
    const wide = (font.layout(text).advanceWidth * 16) / font.unitsPerEm;
    expect(textWidth(text, 16, weight) / wide).toBeCloseTo(1, 1.5);
  });

  it('of Chinese is an em a letter, in whatever way the font is named', () => {
    expect(textWidth('漫剧，', 16)).toBe(48);
    expect(measureText('漫剧', "600 20px 'Inter Variable', sans-serif").width).toBe(40);
    expect(measureText('ab', 'normal normal 12px sans-serif').width).toBe(textWidth('ab', 12));
    expect(measureText('ab', 'bold 12px sans-serif').width).toBe(textWidth('ab', 12, 600));
  });
});
