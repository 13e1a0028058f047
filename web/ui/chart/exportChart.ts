import { localUrl, refusalOf } from '../../data/api/request.ts';
import { fileName } from '../../export/fileName.ts';
import { addressed, type Call } from '../../figures/calls.ts';
import { formatSearch, type Params } from '../../filters/grammar.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import type { ExportKind } from './ChartMenuButton.tsx';
import { download } from './download.ts';

/** A figure as the server draws it. */
export interface FigureFile {
  readonly id: string;
  /** The page's address, and what stands elsewhere in it than behind its question mark. */
  readonly address: Params;
  readonly language: NumberLanguage;
}

const FILES: Readonly<Record<ExportKind, { readonly format: string; readonly params?: Params }>> = {
  png: { format: 'png' },
  png4k: { format: 'png', params: { size: '4k' } },
  tall: { format: 'png', params: { size: '9x16' } },
  svg: { format: 'svg' },
  pdf: { format: 'pdf' },
  pptx: { format: 'pptx' },
  csv: { format: 'csv' },
  xlsx: { format: 'xlsx' },
  parquet: { format: 'parquet' },
};

const urlOf = ({ id, address, language }: FigureFile, kind: ExportKind): string => {
  const { format, params } = FILES[kind];
  // The page's own theme is not the file's: what leaves is light.
  const { theme: _, ...asked } = address;
  return localUrl(`figures/${id}.${format}`, { ...asked, ...params, lang: language });
};

/** @throws {ApiError} */
async function fetched(figure: FigureFile, kind: ExportKind): Promise<Blob> {
  const response = await fetch(urlOf(figure, kind));
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response.blob();
}

/** Hands the reader the file, named by its title and days. @throws {ApiError} */
export async function exportChart(
  kind: ExportKind,
  figure: FigureFile,
  { title, period }: { readonly title: string; readonly period: string },
): Promise<void> {
  download(await fetched(figure, kind), fileName(title, period, FILES[kind].format));
}

/** The picture into the clipboard. @throws {ApiError}, and what the browser throws if it may not */
export const copyPicture = (figure: FigureFile): Promise<void> =>
  // A promise inside: a browser takes a picture only in the very turn of the click.
  navigator.clipboard.write([new ClipboardItem({ 'image/png': fetched(figure, 'png') })]);

/** The chart's own page, which opens without the dashboard. */
export const linkOf = ({ id, address, language }: FigureFile): string =>
  new URL(`/f/${id}${formatSearch({ ...address, lang: language })}`, window.location.href).href;

/** What asks the server for the chart's numbers, to be pasted into a terminal. */
export function curlOf(calls: readonly Call<unknown>[]): string {
  return calls
    .map(({ endpoint, given, body }) => {
      const { at, params } = addressed(endpoint.path, given);
      const url = new URL(localUrl(at.replace(/^\/api\/v1\//u, ''), params), window.location.href);
      const sent = body === undefined ? '' : ` --json ${quoted(JSON.stringify(body))}`;
      return `curl ${quoted(url.href)}${sent}`;
    })
    .join('\n');
}

/** For a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
