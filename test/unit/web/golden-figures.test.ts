import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRecorded, LANGUAGES, recordedCatalog } from '../../../scripts/figures/answers.ts';
import { type Drawn, drawn } from '../../../scripts/figures/draw.ts';
import { differences, goldenIds, goldenOf, goldenText, HOW_TO_ACCEPT } from '../../../scripts/figures/golden.ts';
import { faults } from '../../../scripts/figures/labels.ts';
import { SIGHTS } from '../../../scripts/figures/looks.ts';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';
import { FIGURES } from '../../../web/figures/all.ts';

/** Beside another on a laptop, alone on a large screen, and on a phone, there also as low as a chart gets. */
const SIZES: readonly (readonly [width: number, low?: number])[] = [[640], [1500], [326], [360, 300]];

const all = new Map<string, readonly Drawn[]>();
beforeAll(async () => {
  const catalog = recordedCatalog();
  for (const sight of SIGHTS.filter(isRecorded))
    all.set(sight.id, await Promise.all(LANGUAGES.map((language) => drawn(sight, language, catalog))));
});
const of = (id: string): readonly Drawn[] => {
  const languages = all.get(id);
  if (languages === undefined) throw new Error(`${id} has no answers: npm run figures -- --record`);
  return languages;
};
const IDS = SIGHTS.map(({ id }) => id);

describe('golden figures', () => {
  it('are all there are, and no others', () => {
    expect([...new Set(SIGHTS.map(({ figure }) => figure.id))]).toEqual(FIGURES.map(({ id }) => id));
    expect(goldenIds().toSorted()).toEqual(IDS.toSorted());
  });

  it.each(IDS)('%s is drawn as when it was last looked at, well-formed', (id) => {
    const [before, after] = [goldenOf(id), goldenText(of(id))];
    for (const svg of after.split(/^<!-- \w\w -->$/mu).slice(1))
      expect(() => new SaxesParser().write(svg.trim()).close()).not.toThrow();
    if (before !== after)
      expect.fail(`${id} is drawn otherwise.\n${differences(before ?? '', after)}\n${HOW_TO_ACCEPT}`);
  });

  it.each(IDS)('%s cuts no label at the edge, and lays none on another', (id) => {
    const found = of(id).flatMap((one) =>
      SIZES.flatMap(([width, low]) => {
        const svg = one.svg(LIGHT_LOOK, width, low) ?? '';
        const height = Number(/height="(\d+)"/u.exec(svg)?.[1]);
        return faults(svg, { width, height }).map((fault) => `${one.language} ${width}: ${fault}`);
      }),
    );
    expect(found).toEqual([]);
  });
});

describe('the eye for labels', () => {
  const text = (x: number, y: number, said: string, anchor = 'start') =>
    `<text dominant-baseline="central" text-anchor="${anchor}" font-size="12" transform="translate(${x} ${y})">${said}</text>`;
  const size = { width: 100, height: 50 };

  it('sees what the edge cuts, and what lies on another', () => {
    expect(faults(text(80, 20, '播放量'), size)).toEqual(['clipped: “播放量” at 80–116, 15']);
    expect(faults(text(80, 20, '播放量', 'end') + text(50, 24, '10亿'), size)).toHaveLength(1);
    expect(faults(text(10, 20, '播放量') + text(10, 34, '10亿'), size)).toEqual([]);
    // Two that touch are read as one.
    expect(faults(text(10, 20, '播放量') + text(47, 20, '亿'), size)).toHaveLength(1);
    expect(faults(text(10, 20, '播放量') + text(50, 20, '亿'), size)).toEqual([]);
  });
});
