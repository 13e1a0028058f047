import type { Request, Response } from 'express';
import { CONTENT } from '../../contract/endpoint.ts';
import { ProblemError } from '../../problem.ts';
import { clientGone } from '../context.ts';
import { csvPieces } from './csv.ts';
import type { FileKind } from './file-writers.ts';
import { makeFile } from './large-file.ts';
import { sendPieces, writeJson } from './send.ts';
import type { Table } from './table.ts';

interface Sendable {
  readonly answer: object;
  table(): Table;
}

interface Format {
  readonly type: string;
  readonly extension: string;
  /** A large answer is sent while others are answered. */
  send(res: Response, sendable: Sendable): Promise<void>;
}

const JSON_FORMAT: Format = {
  type: CONTENT.json,
  extension: 'json',
  send: (res, { answer }) => writeJson(res, answer),
};

const CSV_FORMAT: Format = {
  type: CONTENT.csv,
  extension: 'csv',
  send: (res, { table }) => sendPieces(res, csvPieces(table())),
};

const fileFormat = (kind: FileKind, type: string, extension: string): Format => ({
  type,
  extension,
  async send(res, { table }) {
    const bytes = await makeFile(kind, table(), clientGone(res));
    res.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  },
});

/** In the order of `TABULAR_TYPES`; the first is the default. Every format carries the same rows. */
export const TABULAR: readonly Format[] = [
  JSON_FORMAT,
  fileFormat('arrow', CONTENT.arrow, 'arrows'),
  CSV_FORMAT,
  fileFormat('parquet', CONTENT.parquet, 'parquet'),
  fileFormat('xlsx', CONTENT.xlsx, 'xlsx'),
];

/** Asked before any work. @throws ProblemError `not_acceptable` */
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

/** `?download=name` makes it a file. */
export async function sendAnswer(req: Request, res: Response, format: Format, sendable: Sendable): Promise<void> {
  const { download } = req.query;
  if (typeof download === 'string' && download !== '') res.attachment(`${download}.${format.extension}`);
  res.vary('Accept').type(format.type);
  await format.send(res, sendable);
}
