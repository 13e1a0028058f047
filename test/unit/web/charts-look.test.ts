import { describe, expect, it } from 'vitest';
import { contrast, inkOn, rampColour } from '../../../web/charts/colour.ts';
import { DARK_LOOK, LIGHT_LOOK, memberHue, pictureLook, STAGE_LOOK } from '../../../web/charts/look.ts';
import { deltaE, type Sight, seen } from './colour-sight.ts';

const themes = [LIGHT_LOOK, DARK_LOOK, STAGE_LOOK];
/** What two colours must at least differ by. 2.3 is the just noticeable difference; grey has only lightness to tell eight apart. */
const LEAST: Record<Sight, number> = { normal: 20, deuteranopia: 12, protanopia: 12, grey: 4 };

describe('colour difference', () => {
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('agrees with the published pair %j, %j', (a, b, expected) =>
    expect(deltaE(a, b)).toBeCloseTo(expected, 3),
  );
});

describe.each(themes.map((look) => [look.name, look] as const))('the %s theme', (_, look) => {
  it.each(Object.entries(LEAST))('tells any two of the eight colours apart in %s sight by ΔE %d', (sight, least) => {
    const labs = look.categorical.map((colour) => seen(colour, sight as Sight));
    for (const [at, a] of labs.entries()) {
      for (const b of labs.slice(at + 1)) expect(deltaE(a, b)).toBeGreaterThanOrEqual(least);
    }
  });

  it('has eight colours, and marks that stand out from the surface at 3:1', () => {
    expect(new Set(look.categorical).size).toBe(8);
    for (const colour of [...look.categorical, look.grey, look.rise, look.fall]) {
      expect(contrast(colour, look.surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it('has text that reads at 4.5:1', () => {
    for (const ink of [look.ink, look.inkSoft, look.inkFaint]) {
      expect(contrast(ink, look.surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, look.raised)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has cells whose numbers read at 4.5:1 anywhere on the ramps', () => {
    for (let share = 0; share <= 1; share += 0.01)
      for (const ramp of [look.sequential, look.diverging]) {
        const ground = rampColour(ramp, share);
        expect(contrast(ground, inkOn(ground))).toBeGreaterThanOrEqual(4.5);
      }
  });

  it('has a sequential ramp of equally visible steps in one direction of lightness', () => {
    const labs = look.sequential.map((colour) => seen(colour, 'normal'));
    const steps = labs.slice(1).map((lab, at) => deltaE(labs[at] ?? lab, lab));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.25);
    const lightness = labs.map(([l]) => l);
    const sorted = lightness.toSorted((a, b) => (look.name === 'light' ? b - a : a - b));
    expect(lightness).toEqual(sorted);
  });

  it('has a diverging ramp, as strong on both sides, told apart without red and green', () => {
    expect(look.diverging.length % 2).toBe(1);
    const [fall, rise] = [look.diverging[0] ?? '', look.diverging.at(-1) ?? ''];
    for (const sight of ['deuteranopia', 'protanopia'] as const) {
      expect(deltaE(seen(fall, sight), seen(rise, sight))).toBeGreaterThan(25);
    }
    expect(Math.abs(seen(fall, 'normal')[0] - seen(rise, 'normal')[0])).toBeLessThan(8);
  });

  it('uses only the sizes of the scale', () => {
    for (const size of Object.values(look.type)) expect([12, 13, 14, 16, 20, 28, 40]).toContain(size);
  });

  it('gives a picture 720 high a title of 1/20 and no text below 1/45', () => {
    const { title, ...rest } = pictureLook(look).type;
    expect(title).toBeGreaterThanOrEqual(720 / 20);
    for (const size of Object.values(rest)) expect(size).toBeGreaterThanOrEqual(16);
  });
});

describe('who wears which colour', () => {
  it('gives formats and markets the same colour whatever is chosen', () => {
    expect(memberHue('format', 'comic', [])).toBe(memberHue('format', 'comic', ['ai', 'comic']));
    const owners = ['live_action', 'comic', 'ai'].map((id) => memberHue('format', id, []));
    const markets = ['domestic', 'overseas'].map((id) => memberHue('market', id, []));
    expect(new Set([...owners, ...markets]).size).toBe(5);
  });

  it('gives the chosen few a colour each and everyone else grey', () => {
    const chosen = Array.from({ length: 10 }, (_, at) => `p${at}`);
    const hues = chosen.map((id) => memberHue('producer', id, chosen));
    expect(new Set(hues.slice(0, 8)).size).toBe(8);
    expect(hues.slice(8)).toEqual(['grey', 'grey']);
    expect(memberHue('producer', 'someone', chosen)).toBe('grey');
    expect(memberHue('producer', '(others)', ['(others)'])).toBe('grey');
  });
});
