import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer as bytesOf, text as textOf } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Table as ArrowTable, tableToIPC, type Vector, vectorFromArray } from 'apache-arrow';
import compression from 'compression';
import express, { type Express } from 'express';
import * as fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import Papa from 'papaparse';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column, Row } from '../../server/contract/query.ts';
import { arrowType } from '../../server/http/formats/arrow.ts';
import { csvPieces } from '../../server/http/formats/csv.ts';
import { jsonPieces } from '../../server/http/formats/json-pieces.ts';
import { makeFile } from '../../server/http/formats/large-file.ts';
import { formatFor, sendAnswer } from '../../server/http/formats/negotiate.ts';
import { parquetSchema } from '../../server/http/formats/parquet.ts';
import { sendPieces } from '../../server/http/formats/send.ts';
import { tableOf } from '../../server/http/formats/table.ts';
import { typedCell } from '../../server/http/formats/typed.ts';
import { problemHandler } from '../../server/http/problem.ts';
import { rejectsCsv } from '../../server/ingest/queue/rejects-csv.ts';
import { type RunningApp, startApp } from './app.ts';
import { readXlsx } from './xlsx.ts';

const label = { en: 'x', zh: 'x' };
const columns: Column[] = [
  { id: 'series', type: 'text', unit: 'text', label },
  { id: 'views', type: 'integer', unit: 'views', label },
  { id: 'rate', type: 'number', unit: 'fraction', label },
  { id: 'day', type: 'date', unit: 'date', label },
  { id: 'at', type: 'timestamp', unit: 'timestamp', label },
  { id: 'new', type: 'boolean', unit: null, label },
  { id: 'parts', type: 'text', unit: 'text', label },
];
/** With a part that no column describes, and one that is no plain value. */
const rowsOf = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    series: i % 5 === 0 ? `=剧"${i % 90}",\n` : `剧${i % 90}`,
    views: i === 7 ? '9007199254740993' : i,
    rate: i % 3 === 0 ? null : i / 7,
    day: `2025-10-${String(1 + (i % 30)).padStart(2, '0')}`,
    at: '2025-10-01T20:00:00+08:00',
    new: i % 2 === 0,
    parts: i % 4 === 0 ? [{ id: i }] : null,
    beside: { calls: [i, undefined, 'a'] },
  }));
const answerOf = (n: number) => ({ columns, rows: rowsOf(n), totals: { views: 1 }, meta: { version: 'v', notes: [] } });
const LARGE = 12_000;
const large = answerOf(LARGE);

/** The cells of the table, made another way. */
const plain = (rows: readonly Record<string, unknown>[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      columns.map(({ id }) => {
        const value = row[id] ?? null;
        return [id, typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as string | null)];
      }),
    ),
  );

/** Each format encoded whole, at once. */
const WHOLE = {
  json: (n: number) => Buffer.from(JSON.stringify(answerOf(n))),
  csv: (n: number) =>
    Buffer.from(
      `\uFEFF${[
        columns.map(({ id }) => id),
        ...plain(rowsOf(n)).map((row) =>
          columns.map(({ id, type }) => {
            const cell = row[id] ?? null;
            const text = cell === null ? '' : String(cell);
            const safe = type !== 'integer' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
            return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
          }),
        ),
      ]
        .map((cells) => cells.join(','))
        .join('\r\n')}\r\n`,
    ),
  arrow: (n: number) => {
    const rows = plain(rowsOf(n));
    const vectors: Record<string, Vector> = {};
    for (const [i, column] of columns.entries())
      vectors[column.id] = vectorFromArray(
        rows.map((row) => typedCell(row[column.id] ?? null, column)),
        arrowType(column, i),
      );
    return Buffer.from(tableToIPC(new ArrowTable(vectors), 'stream'));
  },
  parquet: (n: number) => {
    const rows = plain(rowsOf(n));
    const columnData = columns.map((column) => ({
      name: column.id,
      data: rows.map((row) => typedCell(row[column.id] ?? null, column)),
    }));
    return Buffer.from(parquetWriteBuffer({ columnData, schema: parquetSchema(columns), createdBy: 'dramascope' }));
  },
};

const ACCEPT = {
  json: 'application/json',
  csv: 'text/csv',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Turns of the event loop, and those in which some row was read. */
let turns = 0;
let watching = false;
const readAt = new Set<number>();
async function tick(): Promise<void> {
  for (; watching; turns++) await turn();
}
const watched = {
  columns: columns.slice(0, 2),
  rows: Array.from({ length: 40_000 }, (_, i) => ({
    series: `剧${i}`,
    get views() {
      readAt.add(turns);
      return i;
    },
  })),
};

/** What a route of endless pieces did. */
const made = { pieces: 0, ended: false };
function* pieces(count: number, fault?: Error): Generator<string> {
  made.pieces = 0;
  made.ended = false;
  try {
    for (; made.pieces < count; made.pieces++) yield `${'x'.repeat(65_535)}\n`;
    if (fault) throw fault;
  } finally {
    made.ended = true;
  }
}
/** A gigabyte. */
const ENDLESS = 16_384;

function testApp(): Express {
  const app = express();
  app.use(compression());
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/answer', async (req, res) => {
    const answer = req.query.rows === undefined ? large : answerOf(Number(req.query.rows));
    await sendAnswer(req, res, formatFor(req), { answer, table: () => tableOf(answer) });
  });
  app.get('/watched', (req, res) =>
    sendAnswer(req, res, formatFor(req), { answer: watched, table: () => tableOf(watched) }),
  );
  app.get('/endless', (_req, res) => sendPieces(res.type('text/plain'), pieces(ENDLESS)));
  app.get('/broken', (_req, res) => sendPieces(res.type('text/plain'), pieces(100, new Error('half way'))));
  app.get('/broken-at-once', (_req, res) => sendPieces(res.type('text/plain'), pieces(0, new Error('at once'))));
  app.set('env', 'test');
  app.use(problemHandler(pino({ level: 'silent' })));
  return app;
}

let server: Server;
let url: string;
let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  server = createServer(testApp()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.close();
});

async function fetched(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(url + path, { method, headers: { 'accept-encoding': 'identity', ...headers } });
  return { response, body: Buffer.from(await response.arrayBuffer()) };
}

/** An answer whose body nobody reads yet. */
async function asked(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(get(url + path, { agent: false, headers }), 'response');
  if (!response) throw new Error('no response');
  return response;
}

const isAlive = async () => expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });

describe('a large answer', () => {
  it.each(Object.entries(WHOLE))(
    'as %s is byte for byte what is encoded whole, as is a small one',
    async (name, whole) => {
      const accept = ACCEPT[name as keyof typeof WHOLE];
      const { response, body } = await fetched('/answer?download=october', { accept });
      expect(body.equals(whole(LARGE))).toBe(true);
      const small = await fetched('/answer?download=october&rows=3', { accept });
      expect(small.body.equals(whole(3))).toBe(true);
      expect(Number(small.response.headers.get('content-length'))).toBe(small.body.length);
      for (const header of ['content-type', 'content-disposition', 'vary'])
        expect(response.headers.get(header), header).toBe(small.response.headers.get(header));
      const none = await fetched('/answer?rows=0', { accept });
      expect(none.body.equals(whole(0))).toBe(true);
    },
  );

  it.each(['json', 'csv'] as const)('as %s comes whole through the compression', async (name) => {
    const zipped = await asked('/answer', { accept: ACCEPT[name], 'accept-encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(await bytesOf(zipped)).equals(WHOLE[name](LARGE))).toBe(true);
  });

  it('as a workbook is, row by row, one that is written at once', async () => {
    const { rows, frozen } = readXlsx((await fetched('/answer', { accept: ACCEPT.xlsx })).body);
    expect(frozen).toBe(1);
    const [first = []] = readXlsx(Buffer.from(await makeFile('xlsx', tableOf(answerOf(1))))).rows.slice(1);
    expect([rows.length, rows[0], rows[1]]).toEqual([LARGE + 1, columns.map(({ id }) => id), first]);
  });

  it.each(Object.entries(ACCEPT))(
    'as %s is made in many turns of the loop, while others are answered',
    async (_name, accept) => {
      readAt.clear();
      watching = true;
      const ticking = tick();
      const done: string[] = [];
      const answer = fetched('/watched', { accept }).then(() => done.push('large'));
      for (const n of [1, 2]) {
        await isAlive();
        done.push(`small ${n}`);
      }
      await answer;
      watching = false;
      await ticking;
      expect(readAt.size).toBeGreaterThan(1);
      if (accept !== ACCEPT.json && accept !== ACCEPT.csv) expect(done).toEqual(['small 1', 'small 2', 'large']);
    },
  );

  it('is given up when its asker goes away, and the next one is made', async () => {
    const asker = new AbortController();
    const left = makeFile('xlsx', tableOf(large), asker.signal);
    const next = makeFile('xlsx', tableOf(answerOf(4000)));
    setImmediate(() => asker.abort());
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    expect(readXlsx(Buffer.from(await next)).rows).toHaveLength(4001);
  });
});

describe('an answer in pieces', () => {
  it.each(['identity', 'gzip'])(
    'is made as its client takes it, %s, and no further once that is gone',
    async (encoding) => {
      const response = await asked('/endless', { 'accept-encoding': encoding });
      // Nobody reads: it comes to a halt, and others are answered.
      let before = -1;
      for (let still = 0; still < 5; still = made.pieces === before ? still + 1 : 0) {
        before = made.pieces;
        await isAlive();
      }
      expect([made.pieces < ENDLESS / 2, made.ended]).toEqual([true, false]);
      response.destroy();
      await expect.poll(() => made.ended).toBe(true);
      expect(made.pieces).toBeLessThan(ENDLESS / 2);
    },
  );

  it('is cut off where it fails half way, so that no client takes it for whole', async () => {
    await expect(fetched('/broken')).rejects.toThrow();
    await expect(textOf(await asked('/broken', { 'accept-encoding': 'gzip' }))).rejects.toThrow(/aborted/);
    await isAlive();
  });

  it('is a refusal where it fails before anything is out', async () => {
    const { response, body } = await fetched('/broken-at-once');
    expect([response.status, JSON.parse(body.toString()).code]).toEqual([500, 'internal']);
  });

  it('is not made for a HEAD, which gets its headers', async () => {
    const { response, body } = await fetched('/endless', {}, 'HEAD');
    expect([response.status, response.headers.get('content-type'), body.length]).toEqual([
      200,
      'text/plain; charset=utf-8',
      0,
    ]);
    expect([made.pieces < 10, made.ended]).toEqual([true, true]);
    const small = await fetched('/answer?rows=3', { accept: ACCEPT.csv }, 'HEAD');
    expect(Number(small.response.headers.get('content-length'))).toBe(WHOLE.csv(3).length);
  });
});

describe('the pieces of a text', () => {
  const joined = (parts: Iterable<string>) => [...parts].join('');

  it('are together what JSON.stringify writes, of any value', () => {
    const long = (value: unknown) => Array.from({ length: 700 }, () => value);
    void fc.assert(
      fc.property(
        fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 3 }),
        fc.object(),
        (value, object) => {
          for (const whole of [value, long(value), { a: undefined, rows: long(object), b: [value], c: () => 1 }])
            expect(joined(jsonPieces(whole))).toBe(JSON.stringify(whole) ?? '');
        },
      ),
      { numRuns: 60 },
    );
    const odd = { '2': 1, a: undefined, '1': long({ ['__proto__']: 1 }), rows: [long(1), [], long([long(2)])], n: {} };
    expect(joined(jsonPieces(odd))).toBe(JSON.stringify(odd));
    expect(joined(jsonPieces({ rows: long([undefined]), at: new Date(0) }))).toBe(
      JSON.stringify({ rows: long([undefined]), at: new Date(0) }),
    );
  });

  it('are small, however large the whole', () => {
    for (const parts of [jsonPieces(large), csvPieces(tableOf(large))])
      expect(Math.max(...[...parts].map((part) => part.length))).toBeLessThan(150_000);
  });

  it('of rejects are together the CSV of all', async () => {
    const rejects = Array.from({ length: 7 }, (_, i) => ({
      line: i,
      column: '播放量',
      value: '=1+1',
      reason: { en: 'not a number', zh: '不是数值' },
      raw: `"a",${i}`,
    }));
    async function* pages() {
      for (const size of [3, 3, 1, 0]) yield rejects.splice(0, size);
    }
    const whole = Papa.unparse(
      {
        fields: ['line', 'column', 'value', 'reason', 'raw'],
        data: rejects.map((r) => [r.line, r.column, r.value, r.reason.en, r.raw]),
      },
      { escapeFormulae: true },
    );
    let text = '';
    for await (const piece of rejectsCsv(pages(), 'en')) text += piece;
    expect(text).toBe(`\uFEFF${whole}`);
  });
});
