/** Values for the places of a request: such as the document asks for, nearly such, and what an attacker would try. */
import { z } from 'zod';
import { DIMENSIONS } from '../../../server/contract/query.ts';
import type { Dice } from '../dice.ts';
import type { Facts } from './facts.ts';
import { FAR_DAYS, someFilter, someQuestion } from './questions.ts';

/** The parts of JSON Schema that the document uses. */
export interface Schema {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly items?: Schema | boolean | undefined;
  readonly prefixItems?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
}

export const schemaShape: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    anyOf: z.array(schemaShape).optional(),
    oneOf: z.array(schemaShape).optional(),
    items: z.union([z.boolean(), schemaShape]).optional(),
    prefixItems: z.array(schemaShape).optional(),
    properties: z.record(z.string(), schemaShape).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), schemaShape]).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().optional(),
  }),
);

/** Half of a surrogate pair: no text that UTF-8 can carry. */
export const LONE_SURROGATE = '\ud800';

export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '.',
  '..',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'C:\\x',
  '\u0000',
  'a\u0000b',
  '%00',
  '%',
  '_',
  '%_%',
  '\\',
  "'",
  '"',
  '`',
  "' OR 1=1; DROP TABLE series; --",
  "x'); COPY series TO 'x",
  '$1',
  '$$',
  '?',
  '#{7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '\r\nSet-Cookie: a=b',
  '\u202Egnp.exe',
  'العربية',
  '\u200b',
  '\ufeff',
  '\u2028',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  '👩‍👩‍👧‍👦',
  LONE_SURROGATE,
  '(unknown)',
  '(others)',
  '(total)',
  'null',
  'true',
  'NaN',
  'Infinity',
  '-1',
  '-0',
  '0',
  '1e309',
  '1e-400',
  '0x10',
  '1_000',
  '١٢٣',
  '9007199254740993',
  '9'.repeat(400),
  '[]',
  '{}',
  '['.repeat(2000),
  'a'.repeat(5000),
  '剧'.repeat(1200),
  '=1+1',
  '@x',
  '2025-10-01T00:00:00Z',
  '2025-13-01',
  '20251001',
  'DOUYIN',
  ' views',
  '2025-02-29',
  ...FAR_DAYS,
];

const HOSTILE_VALUES: readonly ((dice: Dice) => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 31,
  () => 2 ** 53 + 2,
  () => 1e308,
  () => -1e308,
  () => 5e-324,
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ length: 1e9 }),
  () => ({ toString: 'x' }),
  () => JSON.parse('{"__proto__": {"measures": ["views"]}}'),
  () => JSON.parse('{"constructor": {"prototype": {"x": 1}}}'),
  () => nested(200),
  () => Array.from({ length: 5000 }, (_, i) => `m${i}`),
  () => Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i])),
  (dice) => dice.pick(HOSTILE_TEXTS),
];

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

export const hostileText = (dice: Dice): string => dice.pick(HOSTILE_TEXTS);
export const hostileValue = (dice: Dice): unknown =>
  dice.chance(0.6) ? hostileText(dice) : dice.pick(HOSTILE_VALUES)(dice);

const dayWithin = (dice: Dice, { from, to }: Facts): string => {
  if (dice.chance(0.04)) return dice.pick(FAR_DAYS);
  const [start, end] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return new Date(start + Math.floor(dice.next() * (end - start + 1))).toISOString().slice(0, 10);
};

/** What the document's schema does not say of a name: which texts mean something to the server. */
const MEANT: Readonly<Record<string, (dice: Dice, facts: Facts) => unknown>> = {
  from: dayWithin,
  to: dayWithin,
  base_from: dayWithin,
  base_to: dayWithin,
  base: (dice, facts) => `${dayWithin(dice, facts).slice(0, 7)}-01`,
  month: (dice, facts) => dayWithin(dice, facts).slice(0, 7),
  day: dayWithin,
  dates_up_to: dayWithin,
  latest_day: dayWithin,
  known_at: (dice, facts) => `${dayWithin(dice, facts)}T12:00:00+08:00`,
  filters: (dice, facts) => Array.from({ length: 1 + dice.int(2) }, () => someFilter(dice, facts)),
  compare: (dice, facts) => (dice.chance(0.6) ? dice.pick(['previous_period', 'previous_year']) : range(dice, facts)),
  q: (dice, facts) => someQuestion(dice, facts),
  dimension: (dice) => dice.pick(DIMENSIONS),
  series: (dice, facts) => member(dice, facts, 'series'),
  id: (dice, facts) => member(dice, facts, 'series'),
  ids: (dice, facts) => {
    const dimension = dice.pick(['producer', 'primary_genre', 'series', 'format']);
    return Array.from({ length: 2 + dice.int(3) }, () => member(dice, facts, dimension));
  },
  value: (dice, facts) => member(dice, facts, dice.pick(DIMENSIONS)),
  values: (dice, facts) => [member(dice, facts, dice.pick(DIMENSIONS))],
  search: (dice, facts) => member(dice, facts, dice.pick(DIMENSIONS)).slice(0, 2),
  limit: (dice) => dice.pick([1, 2, 5, 10, 50, 1000]),
  top: (dice) => dice.pick([1, 3, 10, 50]),
  days: (dice) => dice.pick([1, 7, 30, 90]),
  weeks: (dice) => dice.pick([1, 4, 13]),
  horizon: (dice) => dice.pick([1, 7, 28, 90]),
  threshold: (dice) => dice.pick([1, 1000, 1e6, 1e9]),
  hit_threshold: (dice) => dice.pick([1, 1000, 1e6]),
  thresholds: (dice) => dice.pick(['1000', '1000,1000000', '1e8,1e9']),
  currency: (dice) => dice.pick(['CNY', 'USD', 'EUR']),
  download: (dice) => dice.pick(['a', 'report 2025', '报告']),
  filename: (dice) => dice.pick(['log.csv', '日报.csv', 'a.ndjson', 'x.xlsx', 'x.parquet', 'noextension']),
  upload_id: () => '00000000-0000-4000-8000-000000000000',
  alias_id: () => '00000000-0000-4000-8000-000000000000',
  // Nothing here may remove the demo, on which all other requests stand.
  synthetic: (dice) => dice.pick(['false', 'TRUE', '1', '', ' true']),
  name: (dice) => dice.pick(['daily', '日报', 'p']),
  encoding: (dice) => dice.pick(['utf-8', 'gb18030', 'utf-16le', 'latin1']),
  delimiter: (dice) => dice.pick([',', ';', '\t', '|']),
  sheet: () => 'Sheet1',
  time_zone: (dice) => dice.pick(['Asia/Shanghai', 'UTC', 'America/New_York']),
  sort: () => [{ by: 'views', dir: 'desc' }],
  by: (dice) => dice.pick(DIMENSIONS),
};

const range = (dice: Dice, facts: Facts) => {
  const [from, to] = [dayWithin(dice, facts), dayWithin(dice, facts)].sort();
  return { from, to };
};

export function member(dice: Dice, { members }: Facts, dimension: string): string {
  const known = members[dimension] ?? [];
  return known.length === 0 || dice.chance(0.1) ? 'nobody' : dice.pick(known);
}

/** As the document asks for. */
export function valid(schema: Schema, name: string, dice: Dice, facts: Facts): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : undefined;
  if (schema.const !== undefined) return name === 'synthetic' ? meant?.(dice, facts) : schema.const;
  if (schema.enum) return dice.pick(schema.enum);
  if (meant && (schema.type !== 'array' || dice.chance(0.7))) return meant(dice, facts);
  if (options) return valid(dice.pick(options), name, dice, facts);
  switch (schema.type) {
    case 'array': {
      if (schema.prefixItems) return schema.prefixItems.map((item) => valid(item, '', dice, facts));
      const length = Math.max(schema.minItems ?? 0, dice.int(3));
      return Array.from({ length }, () => valid(typeof schema.items === 'object' ? schema.items : {}, '', dice, facts));
    }
    case 'object':
      return validObject(schema, dice, facts);
    case 'integer':
    case 'number':
      return Math.min(schema.maximum ?? 1e6, Math.max(schema.minimum ?? 0, dice.int(100)));
    case 'boolean':
      return dice.chance(0.5);
    default:
      return dice.pick(['a', 'views', '2025-10-01', '剧']);
  }
}

function validObject(schema: Schema, dice: Dice, facts: Facts): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [key, of] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(key) || dice.chance(0.3)) value[key] = valid(of, key, dice, facts);
  if (typeof schema.additionalProperties === 'object')
    for (let i = dice.int(3); i >= 0; i--) value[`k${i}`] = valid(schema.additionalProperties, '', dice, facts);
  return value;
}

/** What passes a first look: another type, just over an end, one character off. */
export function near(schema: Schema, name: string, dice: Dice, facts: Facts): unknown {
  const value = valid(schema, name, dice, facts);
  const ends = [schema.minimum, schema.maximum].filter((end) => end !== undefined);
  if (ends.length > 0 && dice.chance(0.5)) return dice.pick(ends) + dice.pick([-1, 1, 0.5]);
  if (typeof value === 'number') return dice.pick([-value, value + 0.5, String(value), [value], value * 1e12]);
  if (typeof value === 'string')
    return dice.pick([
      value.toUpperCase(),
      ` ${value}`,
      `${value}\n`,
      [value],
      [value, value],
      { [value]: value },
      value.slice(1),
      dice.pick(FAR_DAYS),
    ]);
  if (Array.isArray(value))
    return dice.pick([[...value, ...value], [], value[0] ?? null, [value], [null], { 0: value[0] }]);
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    const key = keys.length > 0 ? dice.pick(keys) : 'x';
    return dice.pick([{ ...value, [key]: null }, { ...value, [`${key}_`]: 1 }, [value], {}, JSON.stringify(value)]);
  }
  return dice.pick([null, 'true', 1, []]);
}
