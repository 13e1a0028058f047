/** Data that an import does not take: other sheets, and columns that its kind has no place for. */
import { CATALOG_FIELDS, type Field, MEASURE_FIELDS, type Warning } from '../../contract/imports.ts';
import { sheetsOfSameBytes } from '../../ledger/history.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { matchHeader } from '../cells/headers.ts';
import type { Inspection } from '../read/opened.ts';
import type { OtherSheet } from '../read/workbook/workbook.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { columnsBesideRows, columnsOfNoCatalogue, sheetsLeftOut } from './messages.ts';
import { propose } from './propose-columns.ts';

const measures = new Set<Field>(MEASURE_FIELDS);
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

export function dataSheetsBeside({ workbook }: Inspection, vocabulary: Vocabulary): readonly OtherSheet[] {
  return (workbook?.others ?? []).filter(({ columns }) => {
    const { kind, mapping } = propose('', columns, vocabulary, null);
    const fields = new Set(Object.keys(mapping));
    if (kind === 'rates') return true;
    if (!fields.has('series_id') && !fields.has('title')) return false;
    return [...(kind === 'log' ? measures : described)].some((field) => fields.has(field));
  });
}

function measuresLeftOut({ columns }: Inspection, { kind }: ImportPlan, vocabulary: Vocabulary): readonly string[] {
  if (kind !== 'catalog') return [];
  const isMeasure = (name: string) => measures.has(matchHeader(name, vocabulary.headers)?.field ?? 'title');
  return columns.map(({ name }) => name).filter(isMeasure);
}

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
    const detail = sheetsLeftOut(inspected.workbook.sheet, open);
    if (open.length > 0) warnings.push({ code: 'sheets_left_out', count: open.length, detail });
  }
  const mapped = new Set<string>(Object.values(plan.mapping));
  const besides = (inspected.wide?.leftOut ?? []).filter((name) => !mapped.has(name));
  if (besides.length > 0)
    warnings.push({ code: 'columns_beside', count: besides.length, detail: columnsBesideRows(besides) });
  const left = measuresLeftOut(inspected, plan, vocabulary);
  if (left.length > 0)
    warnings.push({ code: 'columns_left_out', count: left.length, detail: columnsOfNoCatalogue(left) });
}
