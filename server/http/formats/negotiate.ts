import type { Request, Response } from 'express';
import { ProblemError } from '../../problem.ts';
import { clientGone } from '../context.ts';
import { toArrow } from './arrow.ts';
import { toCsv } from './csv.ts';
import { writeXlsx } from './large-xlsx.ts';
import { toParquet } from './parquet.ts';
import type { Table } from './table.ts';

export const ARROW_TYPE = 'application/vnd.apache.arrow.stream';

/** An answer whole, and what a table can carry of it, made only where one is asked for. */
interface Sendable {
  readonly answer: object;
  table(): Table;
}

interface Format {
  readonly type: string;
  readonly extension: string;
  /** @param signal the asker went away */
  encode(sendable: Sendable, signal: AbortSignal): string | Uint8Array | Promise<Uint8Array>;
}

const JSON_FORMAT: Format = {
  type: 'application/json',
  extension: 'json',
  encode: ({ answer }) => JSON.stringify(answer),
};

/** What an answer with rows can be sent as; the first is the default. Every format carries the same rows. */
export const TABULAR: readonly Format[] = [
  JSON_FORMAT,
  { type: ARROW_TYPE, extension: 'arrows', encode: ({ table }) => toArrow(table()) },
  { type: 'text/csv', extension: 'csv', encode: ({ table }) => toCsv(table()) },
  { type: 'application/vnd.apache.parquet', extension: 'parquet', encode: ({ table }) => toParquet(table()) },
  {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    encode: ({ table }, signal) => writeXlsx(table(), signal),
  },
];

/**
 * The format that the client accepts; asked before any work is done.
 * @throws ProblemError `not_acceptable` naming the formats there are
 */
export function formatFor(req: Request): Format {
  const accepted = req.accepts(TABULAR.map((format) => format.type));
  const format = TABULAR.find(({ type }) => type === accepted);
  if (!format) {
    const types = TABULAR.map(({ type }) => type);
    throw new ProblemError('not_acceptable', {
      en: `Accept must allow one of ${types.join(', ')}.`,
      zh: `Accept 须允许以下格式之一：${types.join('、')}。`,
    });
  }
  return format;
}

/** Sends an answer in a format; `?download=name` makes it a file of that name. */
export async function sendAnswer(req: Request, res: Response, format: Format, sendable: Sendable): Promise<void> {
  const { download } = req.query;
  const body = await format.encode(sendable, clientGone(res));
  if (typeof download === 'string' && download !== '') res.attachment(`${download}.${format.extension}`);
  res.vary('Accept').type(format.type);
  res.send(typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}
