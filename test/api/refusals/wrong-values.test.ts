import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queryParameters } from '../../../server/contract/endpoint.ts';
import { problemSchema } from '../../../server/contract/problem.ts';
import { OPERATIONS } from '../../../server/http/openapi/document.ts';
import { type RunningApp, startApp } from '../app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText(
    'log.csv',
    'date,title,platform,views,revenue,currency\n2025-10-01,老千,红果,5,1,CNY\n2025-10-02,老千,红果,7,1,CNY\n',
  );
});
afterAll(() => app.close());

/** Of each parameter a value that it cannot have, and a word of what it can. */
const WRONG = new Map<string, readonly (readonly [given: string, known: string])[]>([
  ...['from', 'to', 'base', 'base_from', 'base_to'].map((name) => [name, [['2025-13-01', '2025-10-31']]] as const),
  [
    'filters',
    [
      ['[{"dimension":"genre","op":"eq"}]', 'not_in'],
      ['[{', 'dimension'],
      ['{}', 'dimension'],
      ['[{"measure":"view"}]', 'between'],
    ],
  ],
  ['lang', [['fr', 'zh']]],
  [
    'known_at',
    [
      ['2025-10-01', 'T08:00:00Z'],
      ['yesterday', 'T08:00:00Z'],
    ],
  ],
  ['explain', [['yes', 'true']]],
  ['outdated', [['yes', 'true']]],
  [
    'limit',
    [
      ['abc', '1'],
      ['0', '1'],
      ['1.5', '1'],
      ['999999999', '1'],
      ['Infinity', '1'],
    ],
  ],
  [
    'top',
    [
      ['x', '1'],
      ['0', '1'],
    ],
  ],
  [
    'days',
    [
      ['x', '1'],
      ['0', '1'],
    ],
  ],
  [
    'weeks',
    [
      ['x', '1'],
      ['0', '1'],
    ],
  ],
  [
    'horizon',
    [
      ['x', '90'],
      ['0', '90'],
    ],
  ],
  [
    'threshold',
    [
      ['abc', '0'],
      ['-1', '0'],
    ],
  ],
  [
    'hit_threshold',
    [
      ['abc', '0'],
      ['-1', '0'],
    ],
  ],
  [
    'thresholds',
    [
      ['x', '0'],
      ['-1', '0'],
    ],
  ],
  ['measure', [['view', 'views']]],
  [
    'by',
    [
      ['foo', 'format'],
      ['weekday', 'format'],
    ],
  ],
  ['grain', [['eon', 'month']]],
  [
    'compare',
    [
      ['year', 'previous_year'],
      ['{"from"', 'previous_year'],
      ['{"from":"2025-10-01"}', '2025-10-31'],
    ],
  ],
  ['currency', [['yuan', 'CNY']]],
  ['cumulative', [['yes', 'true']]],
  ['x', [['view', 'views']]],
  ['y', [['views', 'completion_rate']]],
  ['month', [['2025-13', '2025-10']]],
  ['theme', [['pink', 'stage']]],
  ['size', [['large', '16x9']]],
  ['ground', [['water', 'transparent']]],
  ['dimension', [['titles', 'series']]],
  ['undone', [['maybe', 'true']]],
  ['force', [['maybe', 'true']]],
  ['unconfirmed', [['maybe', 'refuse']]],
  ['format', [['csv', 'lines']]],
  ['synthetic', [['false', 'true']]],
  [
    'delimiter',
    [
      ['ab', ','],
      ['"', ','],
    ],
  ],
  [
    'header_row',
    [
      ['x', '1048576'],
      ['99999999', '1048576'],
    ],
  ],
  ['across', [['sideways', 'tables']]],
  ['q', [['{"measures":', 'dimensions']]],
  ['kind', [['logs', 'catalog']]],
  [
    'mapping',
    [
      ['{"views":', 'JSON'],
      ['{"view":"x"}', 'views'],
    ],
  ],
  ['/api/v1/producers/compare by', [['foo', 'credited_producer']]],
]);
const WORST = Array.from({ length: Math.max(...[...WRONG.values()].map((all) => all.length)) }, (_, i) => i);
/** Any text will do. */
const FREE = new Set(['search', 'download', 'filename', 'encoding', 'sheet', 'profile', 'title', 'subtitle', 'note']);
/** May stand several times, with any text. */
const REPEATABLE = new Set(['ids', 'series']);
const ZOD = /Invalid (input|option|ISO)|Expected|expected|Too (small|big)|Unrecognized/u;

const pathOf = (path: string) =>
  path.replaceAll(/\{\w+\}/g, (part) =>
    part === '{dimension}' ? 'genre' : part === '{file}' ? 'overview.formats.json' : 'none',
  );

type Wrong = Readonly<Record<string, readonly string[]>>;

/** Holds the refusal of a request in both languages: at each place the words that it must hold, and none of zod's. */
async function refused(method: string, address: string, places: Wrong, body?: unknown) {
  for (const lang of ['en', 'zh']) {
    const response = await fetch(app.url + address, {
      method,
      headers: { 'accept-language': lang, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { code, errors } = problemSchema.parse(JSON.parse(text));
    expect({ status: response.status, code }, text).toEqual({ status: 400, code: 'invalid_request' });
    for (const [place, words] of Object.entries(places)) {
      const told = (errors ?? []).filter(({ path }) => path === place || path.startsWith(`${place}.`));
      expect(told, `${place} ${text}`).not.toHaveLength(0);
      for (const word of words) expect(told.map(({ message }) => message).join(' ')).toContain(word);
    }
    expect(text).not.toMatch(ZOD);
  }
}

/** Of JSON that is broken off another part than its beginning may be shown. */
const said = (given: string) => (given.startsWith('[{') || given.startsWith('{') ? [] : [given]);

const calls = OPERATIONS.filter(({ path }) => path.startsWith('/api/v1/')).map((operation) => ({
  method: operation.method.toUpperCase(),
  path: pathOf(operation.path),
  body: operation.body,
  // Language and file name are looked at first, for all calls.
  names: Object.keys(queryParameters(operation)).filter((name) => name !== 'lang' && name !== 'download'),
}));

describe.each(calls)('$method $path', ({ method, path, body, names }) => {
  const asked = (name: string) => WRONG.get(`${path} ${name}`) ?? WRONG.get(name) ?? [];
  const bound = names.filter((name) => !FREE.has(name) && !REPEATABLE.has(name));
  const refusedWith = (values: readonly (readonly [name: string, value: string])[], places: Wrong) =>
    values.length === 0
      ? undefined
      : refused(method, `${path}?${new URLSearchParams(values.map(([...one]) => one))}`, places, body && {});

  it('has no parameter that this test does not know', () => {
    expect(bound.filter((name) => asked(name).length === 0)).toEqual([]);
  });
  it.each(WORST)('says of each parameter what was given and what may be, wrong value %i', async (i) => {
    const wrong = bound.flatMap((name) =>
      asked(name)
        .slice(i, i + 1)
        .map((one) => [name, ...one] as const),
    );
    await refusedWith(
      wrong.map(([name, given]) => [name, given]),
      Object.fromEntries(wrong.map(([name, given, known]) => [name, [...said(given), known]])),
    );
  });
  it('takes each of its parameters once, and not empty', async () => {
    const once = names.filter((name) => !REPEATABLE.has(name));
    await refusedWith(
      once.flatMap(
        (name) =>
          [
            [name, 'aa1'],
            [name, 'bb2'],
          ] as const,
      ),
      Object.fromEntries(once.map((name) => [name, ['aa1', 'bb2']])),
    );
    await refusedWith(
      bound.map((name) => [name, '']),
      Object.fromEntries(bound.map((name) => [name, name === 'filters' ? ['JSON'] : [asked(name)[0]?.[1] ?? '']])),
    );
  });
  it('takes one language of two, and one file name', async () => {
    await refused(method, `${path}?lang=fr`, { lang: ['fr', 'zh', 'en'] });
    await refused(method, `${path}?lang=`, { lang: ['zh', 'en'] });
    if (names.includes('download'))
      await refused(method, `${path}?download=aa1&download=bb2`, { download: ['aa1', 'bb2'] });
  });
  if (!body) return;
  const fields = fieldsOf(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }));
  it('says of each field of the body what was given and what may be', async () => {
    const known = fields.map(({ name }) => name);
    await refused(method, path, { zzz: ['zzz', ...known] }, { zzz: 1 });
    await refused(
      method,
      path,
      Object.fromEntries(fields.map(({ name, words }) => [name, words])),
      Object.fromEntries(known.map((name) => [name, { wrong: 5 }])),
    );
  });
});

/** The fields of a body, each with a word that its refusal should hold: what was given, or a field within it. */
function fieldsOf(schema: z.core.JSONSchema.BaseSchema): { name: string; words: string[] }[] {
  return Object.entries(schema.properties ?? {}).map(([name, one]) => {
    const { enum: words, properties, propertyNames } = typeof one === 'object' ? one : {};
    // Any name may stand in such a record: it is then in the path.
    const free = typeof propertyNames === 'object' && propertyNames.enum === undefined;
    return {
      name,
      words: [free ? '5' : 'wrong', ...(words ?? []).map(String), ...Object.keys(properties ?? {})],
    };
  });
}

describe('a part of the path', () => {
  it('that is no dimension is told with those there are', () =>
    refused('GET', '/api/v1/members/genr', { dimension: ['genr', 'genre', 'producer'] }));
});

describe('a body', () => {
  it('that is no JSON is told where it breaks off', async () => {
    const response = await fetch(`${app.url}/api/v1/aliases?lang=en`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"dimension": series}',
    });
    expect(problemSchema.parse(await response.json())).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringMatching(/character 15 on, "series\}"/u),
    });
  });
});
