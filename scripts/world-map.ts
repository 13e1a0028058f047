/**
 * node --import tsx scripts/world-map.ts: writes web/charts/worldShapes.ts, the outlines of the world's countries
 * (Natural Earth by world-atlas), ready projected, so that no page carries or projects a topology.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Feature, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { z } from 'zod';

const OUT = 'web/charts/worldShapes.ts';
const WIDTH = 2000;
/** Where the map is cut: in the Bering Strait, through no country's main land. */
const CUT = -169;
const MIDDLE = CUT + 180;
/** No views come from the Antarctic. */
const LEFT_OUT = 'AQ';

const topologySchema = z.custom<Topology>(
  (value) => z.object({ type: z.literal('Topology') }).safeParse(value).success,
);
const named = z.object({ name: z.string() });

function countries(file: string): Feature[] {
  const path = createRequire(import.meta.url).resolve(`world-atlas/${file}`);
  const topology = topologySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const whole = topology.objects.countries;
  if (whole === undefined) throw new Error(`${file} has no countries`);
  const found = feature(topology, whole);
  return 'features' in found ? found.features : [found];
}

/** ISO 3166-1 alpha-2 of a numeric code; what has none keeps its name, which no data name as a region. */
function codeOf({ id, properties }: Feature): string {
  const code = id === undefined ? undefined : new Intl.Locale(`und-${id}`).region;
  return code ?? named.parse(properties).name;
}

const ringsOf = ({ geometry }: Feature): Position[][] => {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
};

const middleOf = (points: readonly (readonly [number, number])[]): number =>
  points.reduce((sum, [longitude]) => sum + longitude, 0) / points.length;

/** Longitudes without the jump at 180°, on the side of the map on which `near` lies. */
function unwrapped(ring: readonly Position[], near: number): [number, number][] {
  const points: [number, number][] = [];
  for (const [longitude = 0, latitude = 0] of ring) {
    const before = points.at(-1)?.[0] ?? longitude;
    points.push([longitude - 360 * Math.round((longitude - before) / 360), latitude]);
  }
  const turn = 360 * Math.round((middleOf(points) - near) / 360);
  return points.map(([longitude, latitude]) => [longitude - turn, latitude]);
}

/** Equal Earth: B. Šavrič, T. Patterson, B. Jenny, Int. J. of Geographical Information Science 33 (2019) 454–465. */
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
function equalEarth([longitude, latitude]: readonly [number, number]): [number, number] {
  const [lambda, phi] = [((longitude - MIDDLE) * Math.PI) / 180, (latitude * Math.PI) / 180];
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(phi));
  const [t2, t6] = [theta ** 2, theta ** 6];
  const slope = 3 * (9 * A4 * t2 * t6 + 7 * A3 * t6 + 3 * A2 * t2 + A1);
  const x = (2 * Math.sqrt(3) * lambda * Math.cos(theta)) / slope;
  return [x, -(A4 * t2 * t6 * theta + A3 * t6 * theta + A2 * t2 * theta + A1 * theta)];
}

/** Twice the signed area, and the point of balance. */
function balance(ring: readonly (readonly [number, number])[]): { area: number; at: [number, number] } {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return { area: Math.abs(area), at: area === 0 ? [...(ring[0] ?? [0, 0])] : [x / (3 * area), y / (3 * area)] };
}

/** All of a country lies on the side of its longest outline: no island of Alaska beside Asia. */
function projected(one: Feature): [number, number][][] {
  const rings = ringsOf(one);
  const main = rings.reduce((most, ring) => (ring.length > most.length ? ring : most), []);
  const near = middleOf(unwrapped(main, MIDDLE));
  return rings.map((ring) => unwrapped(ring, near).map(equalEarth));
}

const largest = (rings: readonly (readonly [number, number])[][]) =>
  rings.map(balance).reduce((most, one) => (one.area > most.area ? one : most)).at;
const large = countries('countries-110m.json').filter((one) => codeOf(one) !== LEFT_OUT);
const drawn = large.map((one) => ({ code: codeOf(one), rings: projected(one) }));
const codes = new Set(drawn.map(({ code }) => code));
// Too small for an outline: a point.
const small = countries('countries-50m.json')
  .filter((one) => !codes.has(codeOf(one)) && codeOf(one) !== LEFT_OUT)
  .map((one) => ({ code: codeOf(one), at: largest(projected(one)) }));
const all = [...drawn.flatMap(({ rings }) => rings.flat()), ...small.map(({ at }) => at)];
const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
const scale = WIDTH / (right - left);
const placed = ([x, y]: readonly [number, number]): [number, number] => [
  Math.round((x - left) * scale),
  Math.round((y - top) * scale),
];

/** An SVG path of whole steps; points that fall together are one. */
function pathOf(rings: readonly (readonly [number, number])[][]): string {
  const joined = (x: number, y: number) => `${x}${y < 0 ? '' : ' '}${y}`;
  const parts = rings.flatMap((ring) => {
    const points = ring.map(placed).filter(([x, y], i, of) => i === 0 || x !== of[i - 1]?.[0] || y !== of[i - 1]?.[1]);
    const [start] = points;
    if (start === undefined || points.length < 4) return [];
    const steps = points.slice(1, -1).map(([x, y], i) => joined(x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0)));
    return [`M${joined(...start)}l${steps.join(' ').replaceAll(' -', '-')}z`];
  });
  return parts.join('');
}

const shapes = drawn.map(({ code, rings }) => ({ code, path: pathOf(rings), at: placed(largest(rings)) }));
const points = small.map(({ code, at }) => ({ code, path: '', at: placed(at) }));
const line = ({ code, path, at }: { code: string; path: string; at: [number, number] }) =>
  `  ${/^\w+$/u.test(code) ? code : `'${code}'`}: { at: [${at.join(', ')}], path: '${path}' },`;
const lines = [...shapes, ...points].toSorted((a, b) => (a.code < b.code ? -1 : 1)).map(line);
writeFileSync(
  OUT,
  `// Written by scripts/world-map.ts from Natural Earth (public domain), 1:110m, Equal Earth projection.

/** Where a label stands, and the outline as an SVG path; empty if the place is too small for one. */
export interface WorldShape {
  readonly at: readonly [number, number];
  readonly path: string;
}

export const WORLD_SIZE = { width: ${WIDTH}, height: ${Math.ceil((bottom - top) * scale)} } as const;

/** By ISO 3166-1 alpha-2; by name if there is no code. */
export const WORLD_SHAPES: Readonly<Record<string, WorldShape>> = {
${lines.join('\n')}
};
`,
);
console.log(`${OUT}: ${shapes.length} outlines, ${points.length} points.`);
