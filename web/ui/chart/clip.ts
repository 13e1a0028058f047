import type { Call } from '../../figures/calls.ts';
import type { CopyKind } from './ChartMenuButton.tsx';
import { copyPicture, copyText, curlOf, duckdbOf, embedCode, type FigureFile, pageUrl, sqlOf } from './exportChart.ts';

/** Of a server that tells its statements nobody at this place. */
export class NoSql extends Error {}

/** Puts a chart into the clipboard. @throws {ApiError}, {NoSql}, {NoClipboard}, and what the browser throws if it may not */
export function clip(
  kind: CopyKind,
  { file, title, asked }: { file: FigureFile; title: string; asked: readonly Call<unknown>[] },
): Promise<void> {
  const { origin } = window.location;
  switch (kind) {
    case 'picture':
      return copyPicture(file);
    case 'link':
      return copyText(pageUrl(file, origin));
    case 'embed':
      return copyText(embedCode(file, origin, title));
    case 'query':
      return copyText(curlOf(asked, origin));
    case 'duckdb':
      return copyText(duckdbOf(file, origin));
    case 'sql':
      return copyText(told(sqlOf(asked)));
  }
}

async function told(statements: Promise<string>): Promise<string> {
  const sql = await statements;
  if (sql === '') throw new NoSql();
  return sql;
}
