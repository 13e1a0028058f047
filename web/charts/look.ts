/** How charts look (LOOK.md), as data. The colours are held by test/unit/web/charts-look.test.ts: told apart by everyone, 3:1 on the surface, 4.5:1 as text. */
type LookName = 'light' | 'dark' | 'stage';

export interface Look {
  name: LookName;
  font: string;
  type: { note: number; tick: number; label: number; subtitle: number; title: number };
  stroke: { line: number; thin: number; hair: number; dot: number };
  surface: string;
  raised: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  grid: string;
  axis: string;
  grey: string;
  /** A crowd of context, such as five hundred lines. */
  greyFaint: string;
  /** The partial period's hatching, over the mark. */
  hatch: string;
  categorical: readonly string[];
  sequential: readonly string[];
  /** Fall, through nothing, to rise. */
  diverging: readonly string[];
  rise: string;
  fall: string;
}

/** Single quotes: ECharts writes it as it is into an attribute of an SVG. */
const FONT =
  "'Inter Variable', Inter, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', system-ui, sans-serif";

const PAGE_TYPE = { note: 12, tick: 12, label: 12, subtitle: 13, title: 16 };
const PAGE_STROKE = { line: 2, thin: 1.25, hair: 1, dot: 6 };

/** Blue, orange, teal, magenta, gold, violet, green, brick: the order in which a page hands them out. */
const LIGHT = ['#1f61ba', '#ce814f', '#189595', '#c6527b', '#836d00', '#5a396d', '#14623d', '#731104'] as const;
const HUES = LIGHT.length;
const DARK = ['#3480b8', '#ffb295', '#7fe8ea', '#cf7a98', '#d6af12', '#ae92fe', '#469662', '#b04526'] as const;

export const LIGHT_LOOK: Look = {
  name: 'light',
  font: FONT,
  type: PAGE_TYPE,
  stroke: PAGE_STROKE,
  surface: '#ffffff',
  raised: '#ffffff',
  ink: '#18181d',
  inkSoft: '#4c4c57',
  inkFaint: '#6a6a76',
  grid: '#e9e9ed',
  axis: '#8c8c97',
  grey: '#90909b',
  greyFaint: '#d3d3da',
  hatch: 'rgba(255, 255, 255, 0.72)',
  categorical: LIGHT,
  sequential: ['#dff8ff', '#b1e3fc', '#7fc6ef', '#5ba7da', '#498bc1', '#4174a6', '#3c5d84', '#37475f', '#31363e'],
  diverging: [
    '#7f3300',
    '#aa551a',
    '#c87748',
    '#dfa280',
    '#edcdbb',
    '#f1f1f2',
    '#bcd7f0',
    '#7fb3e5',
    '#468fcf',
    '#1a70b3',
    '#004f8b',
  ],
  rise: '#1a70b3',
  fall: '#aa551a',
};

export const DARK_LOOK: Look = {
  name: 'dark',
  font: FONT,
  type: PAGE_TYPE,
  stroke: PAGE_STROKE,
  surface: '#18181c',
  raised: '#212126',
  ink: '#f0f0f3',
  inkSoft: '#bcbcc6',
  inkFaint: '#9696a2',
  grid: '#2a2a31',
  axis: '#777783',
  grey: '#777783',
  greyFaint: '#3a3a43',
  hatch: 'rgba(24, 24, 28, 0.66)',
  categorical: DARK,
  sequential: ['#1f2636', '#233b5c', '#215482', '#1c6d9f', '#2285b5', '#3f9fc5', '#6ebbd2', '#a6d3dc', '#d2e1e3'],
  diverging: [
    '#f6aa75',
    '#cf8148',
    '#a66434',
    '#7b4e2e',
    '#513b2d',
    '#2d2d31',
    '#2f4657',
    '#306385',
    '#3780b0',
    '#4ca0d7',
    '#79c7fc',
  ],
  rise: '#4ca0d7',
  fall: '#cf8148',
};

/** For the wall: near-black ground, larger type (smallest 1/45 of a 720-pixel height), thicker lines. */
export const STAGE_LOOK: Look = {
  ...DARK_LOOK,
  name: 'stage',
  type: { note: 16, tick: 16, label: 20, subtitle: 20, title: 40 },
  stroke: { line: 4, thin: 2, hair: 1, dot: 10 },
  surface: '#0b0b0e',
  raised: '#18181c',
  grid: '#26262c',
  hatch: 'rgba(11, 11, 14, 0.66)',
};

/**
 * The look for a picture of its own, 720 high: the same colours, larger lines and type; no text is below 1/45 of the height.
 * @param scale of type and lines, for other heights
 */
export function pictureLook(look: Look, scale = 1): Look {
  const { type, stroke } = look.name === 'stage' ? look : PICTURE;
  return { ...look, type: scaled(type, scale), stroke: scaled(stroke, scale) };
}

const PICTURE = {
  type: { note: 16, tick: 16, label: 16, subtitle: 18, title: 36 },
  stroke: { line: 3, thin: 1.5, hair: 1, dot: 8 },
};

const scaled = <T extends Readonly<Record<string, number>>>(sizes: T, scale: number): T =>
  scale === 1
    ? sizes
    : { ...sizes, ...Object.fromEntries(Object.entries(sizes).map(([name, px]) => [name, px * scale])) };

/** Which colour a mark wears in any look: its place in the order in which colours are handed out, or the grey of context. */
export type Hue = number | 'grey';

/** From afar no more are told apart. */
const ON_STAGE = 6;

export const hueColour = (look: Look, hue: Hue): string =>
  hue === 'grey' || (look.name === 'stage' && hue >= ON_STAGE) ? look.grey : (look.categorical[hue] ?? look.grey);

/** Formats, markets and ways of making wear the same colour on every page; made by AI is not the AI format. */
const OWNERS: Readonly<Record<string, Readonly<Record<string, Hue>>>> = {
  format: { live_action: 0, comic: 1, ai: 2, other: 'grey' },
  market: { domestic: 5, overseas: 4 },
  production: { human: 6, hybrid: 4, ai: 3 },
};

/** A member's hue: formats and markets have owners, of the others only the chosen are coloured, in the order chosen. */
export function memberHue(dimension: string, member: string, chosen: readonly string[]): Hue {
  if (member === '(others)' || member === '(unknown)') return 'grey';
  const owners = OWNERS[dimension] ?? {};
  const owner = Object.hasOwn(owners, member) ? owners[member] : undefined;
  if (owner !== undefined) return owner;
  const at = chosen.indexOf(member);
  return at < 0 || at >= HUES ? 'grey' : at;
}
