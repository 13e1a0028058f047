import { z } from 'zod';
import { FIGURE_FORMATS, type FigureFormat } from '../../../server/contract/figures.ts';
import { lineageSchema } from '../../../server/contract/lineage.ts';
import { answerTo } from '../../data/api/client.ts';
import { ApiError, localUrl, refusalOf } from '../../data/api/request.ts';
import { fileName } from '../../export/fileName.ts';
import { behind, canNarrow } from '../../figures/behind.ts';
import { addressed, type Call } from '../../figures/calls.ts';
import { ownWords, withoutOwnWords } from '../../figures/ownWords.ts';
import { formatSearch, type Params } from '../../filters/grammar.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import { download } from './download.ts';

/** A figure as the server draws it. */
export interface FigureFile {
  readonly id: string;
  /** The page's address, and what stands elsewhere in it than behind its question mark. */
  readonly address: Params;
  readonly language: NumberLanguage;
}

/** How a picture is wanted, if otherwise than light, wide and in the page's language: parameters of the server's address. */
export type PictureWish = Readonly<Partial<Record<'size' | 'theme' | 'ground' | 'lang', string>>>;

export const isFormat = (kind: string): kind is FigureFormat => FIGURE_FORMATS.some((one) => one === kind);

/** What the server is asked for a figure beside how it is drawn. The page's own theme is not the file's: what leaves is light. */
function plainParams({ id, address, language }: FigureFile): Params {
  const { theme: _, ...asked } = withoutOwnWords(address);
  return { ...asked, ...ownWords(address, id), lang: language };
}

/** The address of a figure's file, from the root. */
export const fileUrl = (figure: FigureFile, format: FigureFormat, wish: PictureWish = {}): string =>
  localUrl(`figures/${figure.id}.${format}`, { ...plainParams(figure), ...wish });

/** @throws {ApiError} */
async function fetched(url: string): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new ApiError('unreachable', '', 0, [], cause);
  }
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response.blob();
}

/** Hands the reader the file, named by its title and days. @throws {ApiError} */
export async function exportChart(
  figure: FigureFile,
  format: FigureFormat,
  { title, period }: { readonly title: string; readonly period: string },
  wish: PictureWish = {},
): Promise<void> {
  const ending = wish.lang?.includes(',') === true ? 'zip' : format;
  download(await fetched(fileUrl(figure, format, wish)), fileName(title, period, ending));
}

/** Of a page that came by plain http from another machine: browsers give it no clipboard. */
export class NoClipboard extends Error {}

/**
 * Into the clipboard, as what comes: a promise inside, since a browser takes it only in the very turn of the click.
 * @throws {ApiError}, {NoClipboard}, and what the browser throws if it may not
 */
async function copy(type: 'image/png' | 'text/plain', content: Promise<Blob>): Promise<void> {
  if (!('clipboard' in navigator)) {
    content.catch(() => undefined);
    throw new NoClipboard();
  }
  try {
    await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
  } catch (refused) {
    // The browser's own word for a promise that failed says nothing.
    await content;
    throw refused;
  }
}

export const copyPicture = (figure: FigureFile, wish: PictureWish = {}): Promise<void> =>
  copy('image/png', fetched(fileUrl(figure, 'png', wish)));

export const copyText = (text: string | Promise<string>): Promise<void> =>
  copy(
    'text/plain',
    Promise.resolve(text).then((said) => new Blob([said], { type: 'text/plain' })),
  );

/** The figure's page of its own, or the one to be framed. @param origin `https://host` */
export function pageUrl(figure: FigureFile, origin: string, framed = false): string {
  return `${origin}/${framed ? 'embed' : 'f'}/${figure.id}${formatSearch(plainParams(figure))}`;
}

/** HTML for a page of another site. */
export const embedCode = (figure: FigureFile, origin: string, title: string): string =>
  `<iframe src="${escaped(pageUrl(figure, origin, true))}" title="${escaped(title)}" width="100%" height="600" style="border:0" loading="lazy"></iframe>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What asks the server for the chart's numbers, to be pasted into a terminal. */
export function curlOf(calls: readonly Call<unknown>[], origin: string): string {
  return calls
    .map(({ endpoint, given, body }) => {
      const { at, params } = addressed(endpoint.path, given);
      const url = new URL(localUrl(at.replace(/^\/api\/v1\//u, ''), params), origin);
      const sent = body === undefined ? '' : ` --json ${quoted(JSON.stringify(body))}`;
      return `curl ${quoted(url.href)}${sent}`;
    })
    .join('\n');
}

/** For a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A statement for DuckDB that reads the chart's rows. */
export function duckdbOf(figure: FigureFile, origin: string): string {
  // DuckDB would take a star for a pattern of many files.
  const url = `${origin}${fileUrl(figure, 'parquet')}`.replaceAll('*', '%2A').replaceAll("'", '%27');
  return `INSTALL httpfs;\nLOAD httpfs;\nSET force_download = true;\nSELECT * FROM read_parquet('${url}');\n`;
}

const explained = z.object({ meta: z.object({ lineage: lineageSchema }) });

/** The statements that the chart's numbers were asked by; empty if the server tells them nobody at this place. @throws {ApiError} */
export async function sqlOf(calls: readonly Call<unknown>[]): Promise<string> {
  const answers = await Promise.all(
    calls.filter(canNarrow).map(async (call) => {
      const { endpoint, given, body } = behind(call, { members: [] });
      return explained.parse(await answerTo(endpoint, given, { body })).meta.lineage.sql ?? [];
    }),
  );
  return [...new Set(answers.flat())].map((statement) => `${statement.trim().replace(/;$/u, '')};\n`).join('\n');
}
