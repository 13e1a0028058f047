import type { Request, Response } from 'express';
import type { Answer, Column, Row } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { toArrow } from './arrow.ts';
import { toCsv } from './csv.ts';

export const ARROW_TYPE = 'application/vnd.apache.arrow.stream';

interface Format {
  readonly type: string;
  readonly extension: string;
  encode(answer: { columns: readonly Column[]; rows: readonly Row[] }): string | Uint8Array;
}

/** What an answer can be sent as; the first is the default. Every format carries the same rows. */
const FORMATS: readonly Format[] = [
  { type: 'application/json', extension: 'json', encode: (answer) => JSON.stringify(answer) },
  { type: ARROW_TYPE, extension: 'arrows', encode: ({ columns, rows }) => toArrow(columns, rows) },
  { type: 'text/csv', extension: 'csv', encode: ({ columns, rows }) => toCsv(columns, rows) },
];

/**
 * The format that the client accepts; asked before any work is done.
 * @throws ProblemError `not_acceptable` naming the formats there are
 */
export function formatFor(req: Request): Format {
  const accepted = req.accepts(FORMATS.map((format) => format.type));
  const format = FORMATS.find(({ type }) => type === accepted);
  if (!format) {
    throw new ProblemError('not_acceptable', `Accept must allow one of ${FORMATS.map(({ type }) => type).join(', ')}.`);
  }
  return format;
}

/** Sends an answer in a format; `?download=name` makes it a file of that name. */
export function sendAnswer(req: Request, res: Response, format: Format, answer: Answer): void {
  const { download } = req.query;
  if (typeof download === 'string' && download !== '') res.attachment(`${download}.${format.extension}`);
  const body = format.encode(answer);
  res.vary('Accept').type(format.type);
  res.send(typeof body === 'string' ? body : Buffer.from(body));
}
