import { toCsv } from '../../export/csv.ts';
import { fileName } from '../../export/fileName.ts';
import type { Picture } from '../../export/picture.ts';
import { syntheticWord } from '../../export/source.ts';
import type { FigureTable } from '../../figures/figure.ts';
import type { ExportKind } from './ChartMenuButton.tsx';
import { download } from './download.ts';

/** Makes the file that the menu was asked for and hands it to the reader. `period` goes into its name. */
export async function exportChart<D>(
  kind: ExportKind,
  picture: Picture<D>,
  table: FigureTable,
  period: string,
): Promise<void> {
  // A table has no footer to say it in: the name of every file says that its data are synthetic.
  const mark = picture.source.synthetic ? ` ${syntheticWord(picture.language)}` : '';
  const name = (extension: string): string => fileName(picture.title, `${period}${mark}`, extension);
  if (kind === 'csv') {
    const header = table.columns.map((column) => column.header);
    download(toCsv(header, table.rows), name('csv'), 'text/csv');
    return;
  }
  if (kind === 'svg') {
    const { pictureSvg } = await import('../../export/svg.ts');
    download(pictureSvg(picture), name('svg'), 'image/svg+xml');
    return;
  }
  const { picturePng } = await import('./png.ts');
  download(await picturePng(picture, kind === 'png2' ? 2 : 1), name('png'));
}
