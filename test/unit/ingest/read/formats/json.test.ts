import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonRow } from '../../../../../server/ingest/read/json/json-file.ts';
import { InsideCutter } from '../../../../../server/ingest/read/json/json-inside.ts';
import { JsonArrayCutter, LineCutter } from '../../../../../server/ingest/read/json/json-pieces.ts';
import { JSON_FAULTS, jsonBroken } from '../../../../../server/ingest/read/json/messages.ts';
import { Desk, refusal } from '../../desk.ts';

describe('a JSON object', () => {
  it('becomes cells: nested values as JSON text, long integers digit by digit', () => {
    const row = jsonRow(
      '{"id": 9007199254740993123, "title": "第12345678901234567890号", "views": 12, "rate": 0.5, "vip": true, "tags": ["逆袭", "都市"], "x": null}',
    );
    expect('cells' in row && Object.fromEntries(row.cells)).toEqual({
      id: '9007199254740993123',
      title: '第12345678901234567890号',
      views: '12',
      rate: '0.5',
      vip: 'true',
      tags: '["逆袭","都市"]',
      x: null,
    });
  });

  it('is refused where it is none', () => {
    expect(jsonRow('{"a": 1')).toEqual({ fault: JSON_FAULTS.invalid });
    expect(jsonRow('[1]')).toEqual({ fault: JSON_FAULTS.noObject });
  });
});

describe('an array under a key', () => {
  const text =
    '{"a": {"x": "{[", "n": [1, {"no": 1}, [2]],\n"b\\"c": 1}, "q": [\n {"k": [{"z": "]}"}]}, 7,\n{"l": 2}]}';

  it('is cut into its objects with their lines, whatever the chunks', () => {
    for (let size = 1; size <= text.length; size++) {
      const cutter = new InsideCutter(1000, 'q');
      const pieces = [];
      for (let at = 0; at < text.length; at += size) pieces.push(...cutter.push(text.slice(at, at + size)));
      pieces.push(...cutter.end());
      expect(pieces).toEqual([
        { line: 3, text: '{"k": [{"z": "]}"}]}' },
        { line: 4, text: '{"l": 2}' },
      ]);
      expect([...cutter.found]).toEqual([
        ['a.n', 1],
        ['q', 2],
      ]);
    }
  });
});

describe('a JSON array', () => {
  const text = '[\n  {"a": "x,]\\"}"},\n\n  {"b": [1, {"c": 2}]}\n  , 7 ]\n';

  it('is cut into its elements with their lines, whatever the chunks', () => {
    for (let size = 1; size <= text.length; size++) {
      const cutter = new JsonArrayCutter(1000);
      const pieces = [];
      for (let at = 0; at < text.length; at += size) pieces.push(...cutter.push(text.slice(at, at + size)));
      pieces.push(...cutter.end());
      expect(pieces).toEqual([
        { line: 2, text: '{"a": "x,]\\"}"}' },
        { line: 4, text: '{"b": [1, {"c": 2}]}' },
        { line: 5, text: '7' },
      ]);
    }
  });

  it('that is cut short or goes on after its end names the line', () => {
    const short = new JsonArrayCutter(1000);
    short.push('[\n{"a":1},\n{"b"');
    expect(() => short.end()).toThrow(jsonBroken(3, JSON_FAULTS.arrayCutShort).en);
    expect(() => new JsonArrayCutter(1000).push('[{}]\nx')).toThrow(jsonBroken(2, JSON_FAULTS.afterArray).en);
  });
});

it('cuts lines of any length, and keeps only the beginning of endless ones', () => {
  const cutter = new LineCutter(10);
  expect([
    ...cutter.push('a\n\nb'),
    ...cutter.push('c\n'),
    ...cutter.push('x'.repeat(11)),
    ...cutter.push('y\nz'),
    ...cutter.end(),
  ]).toEqual([
    { line: 1, text: 'a' },
    { line: 3, text: 'bc' },
    { line: 4, text: `${'x'.repeat(11)}y`, long: true },
    { line: 5, text: 'z' },
  ]);
});

describe('a file of JSON', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
  });
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  const lines = [
    '{"date": "2025-10-01", "title": "老千", "views": 1000}',
    '{"date": "2025-10-02", "title": "老千", "views": "1.2万", "platform": "红果"}',
    '{"date": "2025-10-03", "title": "念念\\n有词", "views": 3}',
  ];

  it('of one object per line has the keys of all its objects as columns', async () => {
    const record = await desk.import(`${lines.join('\n')}\n`, { name: 'log.ndjson' });
    expect(record).toMatchObject({ status: 'committed', rows_read: 3, rows_rejected: 0, source: 'log' });
    expect(await desk.views()).toEqual(['念念 有词 2025-10-03 3', '老千 2025-10-01 1000', '老千 2025-10-02 12000']);
  });

  it('of one array reads the same', async () => {
    const record = await desk.import(`[\n${lines.join(',\n')}\n]`, { name: 'log.json' });
    expect(record).toMatchObject({ status: 'committed', rows_read: 3, rows_rejected: 0 });
  });

  it('keeps bad lines as rejects with their exact line, and imports the rest', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `{"date": "2025-10-01", "title": "S${i}", "views": ${i}}`);
    const record = await desk.import(
      [
        ...many,
        '{"date": "2025-10-02"',
        '',
        '"text"',
        '{"date": "2025-10-02", "title": "A", "views": "x"}',
        many[0],
      ].join('\n'),
    );
    expect(record).toMatchObject({ status: 'committed', rows_read: 44, rows_rejected: 3 });
    expect(await desk.imports.rejects(record.import_id)).toEqual([
      {
        line: 41,
        column: '',
        value: '',
        reason: JSON_FAULTS.invalid,
        raw: '{"date": "2025-10-02"',
      },
      { line: 43, column: '', value: '', reason: JSON_FAULTS.noObject, raw: '"text"' },
      expect.objectContaining({ line: 44, column: 'views', value: 'x' }),
    ]);
  });

  const answer = { code: 0, page: { next: 'a]}"\\', tags: [1, [2]] }, data: { list: lines.map((l) => JSON.parse(l)) } };

  it.each([
    ['on one line', JSON.stringify(answer)],
    ['on many lines', JSON.stringify(answer, null, 2)],
    ['deep down', JSON.stringify({ a: { b: { c: { 'd e': answer } } } })],
    ['at the top', `{"rows": [${lines.join(',')}], "total": 3}\n`],
  ])('with its rows under a key, %s, is read', async (_where, text) => {
    const record = await desk.import(text, { name: 'answer.json', options: { views_are: 'increment' } });
    expect(record).toMatchObject({ status: 'committed', rows_read: 3, rows_rejected: 0 });
    expect(await desk.views()).toEqual(['念念 有词 2025-10-03 3', '老千 2025-10-01 1000', '老千 2025-10-02 12000']);
  });

  it('says under which key its rows stand, or which arrays there are to choose from', async () => {
    const upload = await desk.look(JSON.stringify(answer), 'answer.json');
    expect(upload.reasons.find(({ option }) => option === 'rows')?.reason.en).toContain('“data.list”');
    const two = JSON.stringify({ ...answer, ads: [{ id: 1 }] }, null, 1);
    const refused = await refusal(desk.import(two));
    expect(refused).toMatchObject({ code: 'unsupported_format' });
    expect(refused.detail).toContain('“data.list” (3), “ads” (1)');
    expect(await refusal(desk.import(JSON.stringify(answer, null, 2).slice(0, -9)))).toMatchObject({
      code: 'unreadable_file',
    });
  });

  it('of one row alone is that row, whatever lists it has', async () => {
    const row = { date: '2025-10-01', title: '甲', views: 5, cast: [{ name: '某', role: '主演' }] };
    await desk.import(JSON.stringify(row), { options: { views_are: 'increment' } });
    expect(await desk.views()).toEqual(['甲 2025-10-01 5']);
  });

  it('of mostly bad lines, or of another shape, is refused', async () => {
    expect((await refusal(desk.import(`${`${lines[0]}\n`.repeat(30)}${'{\n'.repeat(30)}`))).code).toBe(
      'too_many_rejects',
    );
    expect((await refusal(desk.import('{\n "data": {\n "a": 1}\n \n}'))).code).toBe('unsupported_format');
    expect((await refusal(desk.import('[]'))).code).toBe('unreadable_file');
    expect((await refusal(desk.import(`[${lines.join(',')}`))).detail).toContain('cut short');
  });
});
