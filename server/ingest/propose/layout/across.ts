/** From a wide table to one with a row for each of what its columns name. */
import type { Across, ImportOptions } from '../../../contract/imports.ts';
import { ProblemError } from '../../../problem.ts';
import { isBlank } from '../../../vocabulary/text.ts';
import type { Vocabulary } from '../../../vocabulary/vocabulary.ts';
import { isExtraRow } from '../../cells/extra-rows.ts';
import { typeOfCells } from '../../cells/guess.ts';
import type { Layout, WideLayout } from '../../read/layout.ts';
import type { Inspection, OpenedFile, Opening } from '../../read/opened.ts';
import { copiedFile, type LostCells } from '../../read/source.ts';
import { unpivot } from '../../read/unpivot.ts';
import { wideRates } from '../../read/wide-rates.ts';
import { fileHasNothingAcross, nothingAcross } from './messages.ts';
import { layoutOf } from './wide.ts';

/**
 * The file itself, or if it is wide, its rows.
 * @param filename may say what the numbers count, and their month
 * @throws ProblemError `invalid_request` for a layout that is chosen and does not fit
 */
export async function readAcross(
  desk: Opening,
  filename: string,
  opened: OpenedFile,
  { across }: ImportOptions,
  vocabulary: Vocabulary,
): Promise<OpenedFile> {
  const { file, inspected } = opened;
  if (file.format === 'csv' && inspected.shape) {
    const rates = wideRates(opened);
    if (rates) return { ...(await inRows(desk, opened, rates.layout, { ratesAcross: rates.told })) };
    const layout = layoutOf(tableOf(inspected, filename), across, vocabulary);
    if (layout) return inRows(desk, opened, layout, { wide: layout });
  }
  if (across !== undefined && across !== 'none') throw notAcross(across, inspected);
  return opened;
}

function tableOf({ shape, columns, workbook }: Inspection, filename: string) {
  const top = shape?.headerRow ?? 0;
  return {
    names: shape?.names ?? [],
    upper: shape?.upper ?? null,
    columns,
    titles: (shape?.top ?? []).filter(({ line }) => line < top).map(({ fields }) => fields.join(' ')),
    called: [...(workbook ? [workbook.sheet] : []), filename],
  };
}

async function inRows(
  desk: Opening,
  opened: OpenedFile,
  layout: Layout,
  found: { ratesAcross: Inspection['ratesAcross'] } | { wide: WideLayout },
): Promise<OpenedFile> {
  const { file, inspected } = opened;
  const { copy, refused } = await unpivot(desk, opened, layout, 'wide' in found);
  const names = layout.columns.map(({ name }) => name);
  const rows = copy.sample
    .map(({ cells }) => cells)
    .filter(
      (cells) =>
        !isExtraRow(
          cells.map((cell) => cell ?? ''),
          names,
        ),
    );
  const above = tableOf(inspected, '').titles.join(' ');
  const columns = layout.columns.map(({ name, told }, at) => {
    const cells = rows.map((row) => row[at] ?? null);
    const from = [...new Set(layout.groups.map((group) => group.cells[at]))].flatMap((one) =>
      typeof one === 'number' ? (inspected.columns[one] ?? []) : [],
    );
    const lost = lostOf(from.flatMap((column) => column.lost ?? []));
    return {
      ...{ name, type: typeOfCells(cells), cells, at, unit: from[0]?.unit ?? null },
      ...(told ? { told } : {}),
      ...(told?.field === 'time' ? { named: { above, inOrder: namesInOrder(layout, at, inspected) } } : {}),
      ...(lost ? { lost } : {}),
    };
  });
  return {
    ...opened,
    inspected: { ...inspected, columns, rows, ...found },
    file: { ...copiedFile(copy, columns, 0, refused), foreign: file.foreign },
  };
}

function namesInOrder({ groups }: Layout, at: number, { columns }: Inspection): string[] {
  const filled = groups.filter((group) =>
    group.filled.some((from) => columns[from]?.cells.some((cell) => !isBlank(cell))),
  );
  return [...new Set(filled.map((group) => String(group.cells[at])))];
}

function lostOf(parts: readonly LostCells[]): LostCells | null {
  if (parts.length === 0) return null;
  const sum = (count: keyof LostCells) => parts.reduce((all, part) => all + part[count], 0);
  return { longNumbers: sum('longNumbers'), withoutResult: sum('withoutResult'), filled: sum('filled') };
}

const notAcross = (across: Exclude<Across, 'none'>, { columns }: Inspection) =>
  new ProblemError(
    'invalid_request',
    fileHasNothingAcross(
      across,
      columns.map(({ name }) => name),
    ),
    [{ path: 'options.across', message: nothingAcross(across) }],
  );
