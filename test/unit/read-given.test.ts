import { json as anyJson, assert, constant, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { closest } from '../../server/closest.ts';
import { aliasRequestSchema } from '../../server/contract/aliases.ts';
import { growthParams, milestonesParams, moversParams, scopeSchema } from '../../server/contract/analyses.ts';
import { producersCompareParams } from '../../server/contract/analyses-depth.ts';
import { importRequestSchema } from '../../server/contract/imports.ts';
import { batchSchema, querySchema } from '../../server/contract/query.ts';
import { quoted } from '../../server/given.ts';
import { jsonFault } from '../../server/json-fault.ts';
import { ProblemError } from '../../server/problem.ts';
import { readGiven } from '../../server/read-given.ts';

function refusal(schema: z.ZodType, given: unknown): ProblemError {
  try {
    readGiven(schema, given);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const filter = (one: object) => ({ measures: ['views'], filters: [one] });

describe('what cannot be meant is told with what was given and what may be', () => {
  it.each<[string, z.ZodType, unknown, string, readonly string[]]>([
    ['a word near a known one', querySchema, { measures: ['view'] }, 'measures.0', ['view', 'views', 'likes']],
    [
      'an operator of no filter',
      querySchema,
      filter({ dimension: 'genre', op: 'eq' }),
      'filters.0.op',
      ['eq', 'not_in'],
    ],
    [
      'an operator of a measure',
      querySchema,
      filter({ measure: 'views', op: 'eq' }),
      'filters.0.op',
      ['eq', 'between'],
    ],
    [
      'an operator of dimensions',
      querySchema,
      filter({ measure: 'views', op: 'in', values: ['1'] }),
      'filters.0.op',
      ['in', 'gte'],
    ],
    [
      'one of measures',
      querySchema,
      filter({ dimension: 'genre', op: 'gt', value: 3 }),
      'filters.0.op',
      ['gt', 'contains'],
    ],
    ['no operator', querySchema, filter({}), 'filters.0.op', ['not_in', 'between']],
    [
      'a dimension',
      querySchema,
      filter({ dimension: 'genr', op: 'in', values: ['x'] }),
      'filters.0.dimension',
      ['genr', 'genre'],
    ],
    [
      'value for values',
      querySchema,
      filter({ dimension: 'genre', op: 'in', value: 'x' }),
      'filters.0.value',
      ['value', 'values'],
    ],
    [
      'a number for a text',
      querySchema,
      filter({ dimension: 'genre', op: 'in', values: [5] }),
      'filters.0.values.0',
      ['5'],
    ],
    ['a filter that is none', querySchema, filter([]), 'filters.0', ['[]', 'dimension']],
    ['a bound', querySchema, { measures: ['views'], limit: 0 }, 'limit', ['0', '1', '100000']],
    ['a field', querySchema, { measures: ['views'], total: true }, 'total', ['total', 'totals']],
    [
      'a day',
      querySchema,
      { measures: ['views'], time: { from: '2025-13-01' } },
      'time.from',
      ['2025-13-01', '2025-10-31'],
    ],
    [
      'a comparison',
      querySchema,
      { measures: ['views'], compare: 'year' },
      'compare',
      ['year', 'previous_year', 'from'],
    ],
    [
      'a compared range',
      querySchema,
      { measures: ['views'], compare: { from: 'x', to: '2025-10-01' } },
      'compare.from',
      ['x'],
    ],
    [
      'a query of a batch',
      batchSchema,
      { queries: { top: { measures: ['x'] } } },
      'queries.top.measures.0',
      ['x', 'views'],
    ],
    [
      'a part of a parameter',
      scopeSchema,
      { filters: '[{"dimension":"genre","op":"eq"}]' },
      'filters.0.op',
      ['eq', 'in'],
    ],
    [
      'where JSON breaks off',
      scopeSchema,
      { filters: '[{"dimension":genre}]' },
      'filters',
      ['15', 'genre', 'dimension'],
    ],
    ['JSON that ends', scopeSchema, { filters: '[{"dimension"' }, 'filters', ['[{"dimension"', 'op']],
    [
      'a parameter given twice',
      scopeSchema,
      { from: ['2025-10-01', '2025-10-02'] },
      'from',
      ['2025-10-01', '2025-10-02'],
    ],
    ['a number', growthParams, { limit: 'abc' }, 'limit', ['abc', '1', '1000']],
    ['a word', growthParams, { by: 'foo' }, 'by', ['foo', 'genre']],
    ['a currency', growthParams, { currency: 'yuan' }, 'currency', ['yuan', 'CNY']],
    ['one of several numbers', milestonesParams, { thresholds: '5,x' }, 'thresholds.1', ['x', '0']],
    ['a comparison in a parameter', moversParams, { compare: 'x' }, 'compare', ['x', 'previous_period']],
    ['its JSON', moversParams, { compare: '{"from":"2025-10-01","to":"x"}' }, 'compare.to', ['x', '2025-10-31']],
    ['its broken JSON', moversParams, { compare: '{"from"' }, 'compare', ['{"from"', 'previous_period']],
    ['too few ids', producersCompareParams, { ids: 'a' }, 'ids', ['a', '2', '6']],
    [
      'a field of a file',
      importRequestSchema,
      { upload_id: 'a', mapping: { viewz: 'x' } },
      'mapping.viewz',
      ['viewz', 'views'],
    ],
    [
      'an option',
      importRequestSchema,
      { upload_id: 'a', options: { decimal_mark: 'dot' } },
      'options.decimal_mark',
      ['dot', 'comma'],
    ],
    [
      'a part of no series',
      aliasRequestSchema,
      { dimension: 'producer', from: ['a'], into: 'b', platform: 'p' },
      'dimension',
      ['producer', 'series'],
    ],
  ])('%s', (_name, schema, given, path, named) => {
    const { code, errors } = refusal(schema, given);
    expect(code).toBe('invalid_request');
    const fault = errors?.find((one) => one.path === path);
    expect(errors?.map((one) => one.path)).toContain(path);
    for (const word of named) expect(fault?.message).toMatchObject({ en: holding(word), zh: holding(word) });
  });

  it('is never in the words of the schema library, nor long, nor able to turn the text around it', () => {
    const anything = oneof(
      anyJson().map((text): unknown => JSON.parse(text)),
      string({ unit: 'binary', maxLength: 300 }),
      constant(undefined),
    );
    void assert(
      property(anything, (given) => {
        for (const schema of [querySchema, batchSchema, importRequestSchema, scopeSchema])
          for (const place of [
            given,
            { measures: given, filters: [given], queries: { [`${given}`]: given }, options: given },
          ]) {
            const read = schema.safeParse(place);
            if (read.success) continue;
            const { detail, errors } = refusal(schema, place);
            for (const text of [detail.en, detail.zh, ...(errors ?? []).map(({ path }) => path)]) {
              expect(text).not.toMatch(/Invalid input|Expected|schema \d/u);
              expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
            }
            expect(detail.en.length).toBeLessThan(60_000);
          }
      }),
      { numRuns: 20 },
    );
  });

  it('is told of the first twenty places, and how many there are more', () => {
    const { errors, detail } = refusal(
      querySchema,
      filter({ dimension: 'genre', op: 'in', values: Array.from({ length: 500 }, (_, i) => i) }),
    );
    expect(errors).toHaveLength(20);
    expect(detail).toMatchObject({ en: holding('497'), zh: holding('497') });
  });
});

const holding = (word: string): unknown => expect.stringContaining(word);

describe('a value that is said back', () => {
  it.each<[unknown, string]>([
    ['views', '"views"'],
    ['a\nb\u202ec\ud800', '"a\\u000ab\\u202ec\\ud800"'],
    ['👩‍👧'.repeat(100), expect.stringMatching(/^"(👩‍👧)+.*…"$/u)],
    [{ ['__proto__']: { a: [1, { b: 2 }] } }, '{"__proto__": {"a": […]}}'],
    [JSON.parse('{"__proto__":1,"constructor":null}'), '{"__proto__": 1, "constructor": null}'],
    [Array.from({ length: 9 }, () => 'x'.repeat(30)), expect.stringMatching(/^\["x+", .*…/u)],
  ])('%j is short and safe', (value, text) => expect(quoted(value).en).toEqual(text));

  it('is set beside the nearest word, whatever its case and joints', () => {
    const known = ['views', 'primary_genre', 'previous_period'];
    expect(
      ['VIEWS', 'primaryGenre', 'previous-period', 'vews', 'likes', '', 5].map((word) => closest(word, known)),
    ).toEqual(['views', 'primary_genre', 'previous_period', 'views', undefined, undefined, undefined]);
  });
});

describe('where a text stops being JSON', () => {
  it('is nowhere in JSON', () => {
    void assert(property(anyJson(), (text) => void expect(jsonFault(text)).toBeNull()));
  });
  it('is found wherever a character is lost or put in, if JSON.parse refuses it', () => {
    void assert(
      property(anyJson(), string({ maxLength: 1 }), string({ maxLength: 50 }), (text, put, { length: at }) => {
        const spoilt = text.slice(0, at) + put + text.slice(at + 1);
        let valid = true;
        try {
          JSON.parse(spoilt);
        } catch {
          valid = false;
        }
        expect(jsonFault(spoilt) === null).toBe(valid);
      }),
    );
  });
  it.each([
    ['[1 2]', 3],
    ['{"a":1,}', 7],
    ['[{"a":x}]', 6],
    ['{"a"', 4],
    ['', 0],
    ['[1]]', 3],
    ['{1:2}', 1],
  ])('is in %s at %i', (text, at) => expect(jsonFault(text)).toBe(at));
});
