/** Generated files of every kind for the kills, each made of nothing but the seed and its number. */
import { type Dice, diceOf } from '../dice.ts';
import {
  csvText,
  encoded,
  type Format,
  jsonText,
  type Packing,
  packed,
  parquetBytes,
  type TextEncoding,
} from '../fuzz/formats.ts';

export const DAYS = 60;
export const SERIES = 300;
/** Series from here on are merged into earlier ones. */
export const MERGED_FROM = 200;
export const PLATFORMS = ['douyin', 'hongguo'] as const;
const COUNTERS = 60;
const CATALOGUED = 60;

export const dayOf = (n: number): string => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
export const titleOf = (n: number): string => `Drama ${String(n).padStart(3, '0')}`;
export const counterOf = (n: number): string => `Counter ${String(n).padStart(3, '0')}`;

export type Kind = 'daily' | 'counter' | 'catalogue' | 'rates' | 'money';
export type Mode = 'upsert' | 'append' | 'replace_range';

/** What a file states: of series (or its counter) on a day and platform. Which fields mean something depends on its kind. */
export interface Fact {
  readonly series: number;
  readonly day: number;
  readonly platform: number;
  readonly value: number;
}

export interface SoakFile {
  /** Holds its number, so that the history tells which file it was. */
  readonly name: string;
  readonly kind: Kind;
  readonly mode: Mode;
  readonly facts: readonly Fact[];
  readonly bytes: Buffer;
  /** As `POST /imports` takes them. */
  readonly options: Readonly<Record<string, string>>;
}

const KINDS: readonly Kind[] = [
  'daily',
  'daily',
  'daily',
  'daily',
  'counter',
  'counter',
  'catalogue',
  'rates',
  'money',
];
const SHAPES: readonly (readonly [Format, TextEncoding, Packing])[] = [
  ['csv', 'utf-8', 'none'],
  ['csv', 'utf-8', 'none'],
  ['csv', 'gb18030', 'none'],
  ['csv', 'utf-16le', 'gz'],
  ['ndjson', 'utf-8', 'none'],
  ['ndjson', 'utf-8', 'zst'],
  ['parquet', 'utf-8', 'none'],
];

/** The first files state every series, rate and catalogue once, and are never undone. */
export const FIRST_FILES: readonly Kind[] = ['daily', 'rates', 'catalogue', 'counter', 'money'];

export function soakFile(seed: number, number: number, scale: number): SoakFile {
  const dice = diceOf('file', seed, number);
  const first = FIRST_FILES[number];
  const kind = first ?? dice.pick(KINDS);
  const mode: Mode =
    kind !== 'daily' || first
      ? 'upsert'
      : dice.pick(['upsert', 'upsert', 'upsert', 'append', 'replace_range'] as const);
  const whole = first !== undefined;
  const from = whole ? 0 : dice.int(DAYS - 4);
  const days = whole
    ? kind === 'daily' || kind === 'catalogue'
      ? 1
      : DAYS
    : 3 + dice.int(Math.max(1, Math.round(12 * scale)));
  const facts = FACTS[kind](dice, { from, to: Math.min(DAYS, from + days), whole });
  const [format, encoding, packing] = whole ? (SHAPES[0] ?? ['csv', 'utf-8', 'none']) : dice.pick(SHAPES);
  const { header, rows } = TABLES[kind](facts);
  const table = { name: kind, header: [...header], rows: rows.map((cells) => [...cells]) };
  const text = () => encoded(format === 'ndjson' ? jsonText(table, 'ndjson') : csvText(table, ','), encoding);
  const bytes = format === 'parquet' ? parquetBytes(table, false) : packed(text(), packing);
  const options = {
    source: kind,
    mode,
    ...(kind === 'counter'
      ? { views_are: 'cumulative' }
      : kind === 'daily' || kind === 'money'
        ? { views_are: 'increment' }
        : {}),
  };
  const name = `${kind}_${String(number).padStart(5, '0')}.${format}${packing === 'none' ? '' : `.${packing}`}`;
  return {
    name,
    kind,
    mode,
    facts,
    bytes,
    options: kind === 'rates' || kind === 'catalogue' ? { source: kind } : options,
  };
}

export const numberOf = (name: string): number => Number(/_(\d{5})\./.exec(name)?.[1] ?? Number.NaN);

interface Extent {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

const FACTS: Readonly<Record<Kind, (dice: Dice, extent: Extent) => Fact[]>> = {
  daily: (dice, extent) =>
    facts(
      extent,
      SERIES,
      PLATFORMS.length,
      () => extent.whole || dice.chance(0.7),
      () => dice.int(1_000_000),
    ),
  // Corrections stay below the step of a day, so that no counter ever falls.
  counter: (dice, extent) =>
    facts(
      extent,
      COUNTERS,
      1,
      () => extent.whole || dice.chance(0.8),
      (series, day) => (day + 1) * 1000 * (series + 1) + dice.int(500),
    ),
  catalogue: (dice) =>
    Array.from({ length: CATALOGUED }, (_, series) => ({ series, day: 0, platform: 0, value: dice.int(20) })),
  rates: (dice, extent) =>
    facts(
      extent,
      1,
      1,
      () => true,
      () => 600 + dice.int(200),
    ),
  money: (dice, extent) =>
    facts(
      extent,
      20,
      1,
      () => extent.whole || dice.chance(0.8),
      () => dice.int(100_000),
    ),
};

function facts(
  { from, to }: Extent,
  series: number,
  platforms: number,
  states: () => boolean,
  value: (series: number, day: number) => number,
): Fact[] {
  const stated: Fact[] = [];
  for (let day = from; day < to; day++)
    for (let s = 0; s < series; s++)
      for (let platform = 0; platform < platforms; platform++)
        if (states()) stated.push({ series: s, day, platform, value: value(s, day) });
  return stated;
}

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const TABLES: Readonly<Record<Kind, (facts: readonly Fact[]) => Cells>> = {
  daily: (facts) => ({
    header: ['date', 'title', 'platform', 'views'],
    rows: facts.map((f) => [dayOf(f.day), titleOf(f.series), PLATFORMS[f.platform] ?? '', f.value]),
  }),
  counter: (facts) => ({
    header: ['date', 'title', 'total_views'],
    rows: facts.map((f) => [dayOf(f.day), counterOf(f.series), f.value]),
  }),
  catalogue: (facts) => ({
    header: ['title', 'producers', 'episodes'],
    rows: facts.map((f) => [titleOf(f.series), `Studio ${f.value}`, 60]),
  }),
  rates: (facts) => ({
    header: ['day', 'currency', 'rate'],
    rows: facts.map((f) => [dayOf(f.day), 'USD', f.value / 100]),
  }),
  money: (facts) => ({
    header: ['date', 'title', 'revenue', 'currency'],
    rows: facts.map((f) => [dayOf(f.day), `Money ${f.series}`, f.value, 'USD']),
  }),
};
