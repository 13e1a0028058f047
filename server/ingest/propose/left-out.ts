/** What of a file an import does not take, though it looks like data: other sheets, and columns that its kind has no place for. */
import { CATALOG_FIELDS, type Field, MEASURE_FIELDS, type Warning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { sheetsOfSameBytes } from '../../ledger/history.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { matchHeader } from '../cells/headers.ts';
import type { Inspection } from '../read/opened.ts';
import type { OtherSheet } from '../read/workbook/workbook.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { propose } from './propose.ts';

const measures = new Set<Field>(MEASURE_FIELDS);
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

/** The sheets beside the one that is read that could be imported, too, by their columns; pure. */
export function dataSheetsBeside({ workbook }: Inspection, vocabulary: Vocabulary): readonly OtherSheet[] {
  return (workbook?.others ?? []).filter(({ columns }) => {
    const { kind, mapping } = propose('', columns, vocabulary, null);
    const fields = new Set(Object.keys(mapping));
    if (kind === 'rates') return true;
    if (!fields.has('series_id') && !fields.has('title')) return false;
    return [...(kind === 'log' ? measures : described)].some((field) => fields.has(field));
  });
}

const rowsText = ({ name, rows }: OtherSheet): Label => ({
  en: rows === null ? `“${name}”` : `“${name}” (${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'})`,
  zh: rows === null ? `“${name}”` : `“${name}”（${rows.toLocaleString('en')} 行）`,
});

/** One sentence part: which sheet is read, and which are not. */
export function sayOtherSheets(sheet: string, others: readonly OtherSheet[]): Label {
  const names = others.map(rowsText);
  return {
    en: `only the sheet “${sheet}” is imported; ${names.map(({ en }) => en).join(', ')} not. For those, import the workbook again with another sheet (options.sheet, --sheet)`,
    zh: `只导入工作表“${sheet}”，未导入${names.map(({ zh }) => zh).join('、')}。如需其他工作表，请再次导入该工作簿并指定工作表（options.sheet、--sheet）`,
  };
}

/** Columns that are known to state a measure, in a file that is imported as a catalogue. */
function measuresLeftOut({ columns }: Inspection, { kind }: ImportPlan, vocabulary: Vocabulary): readonly string[] {
  if (kind !== 'catalog') return [];
  const isMeasure = (name: string) => measures.has(matchHeader(name, vocabulary.headers)?.field ?? 'title');
  return columns.map(({ name }) => name).filter(isMeasure);
}

/** Warns of sheets that no import has taken yet, and of columns. */
export async function warnOfLeftOut(
  session: ReadSession,
  file: { readonly inspected: Inspection; readonly plan: ImportPlan; readonly sha256: string },
  vocabulary: Vocabulary,
  warnings: Warning[],
): Promise<void> {
  const { inspected, plan, sha256 } = file;
  const beside = dataSheetsBeside(inspected, vocabulary);
  if (inspected.workbook && beside.length > 0) {
    const taken = await sheetsOfSameBytes(session, sha256);
    const open = beside.filter(({ name }) => !taken.has(name));
    const detail = sayOtherSheets(inspected.workbook.sheet, open);
    if (open.length > 0) warnings.push({ code: 'sheets_left_out', count: open.length, detail });
  }
  const mapped = new Set<string>(Object.values(plan.mapping));
  const besides = (inspected.wide?.leftOut ?? []).filter((name) => !mapped.has(name));
  if (besides.length > 0)
    warnings.push({
      code: 'columns_beside',
      count: besides.length,
      detail: {
        en: `columns beside those that were read as rows are left out, as they are of none of them alone: ${besides.map((name) => `“${name}”`).join(', ')}`,
        zh: `以下列不单属转为行的任何一项，未导入：${besides.map((name) => `“${name}”`).join('、')}`,
      },
    });
  const left = measuresLeftOut(inspected, plan, vocabulary);
  if (left.length > 0)
    warnings.push({
      code: 'columns_left_out',
      count: left.length,
      detail: {
        en: `columns that a catalogue has no place for are left out: ${left.map((name) => `“${name}”`).join(', ')}. Numbers of a day need a column of dates: with one, import the file as a log`,
        zh: `剧集目录不含数值，以下列未导入：${left.map((name) => `“${name}”`).join('、')}。数值须有日期列：如有，请按播放数据导入`,
      },
    });
}
