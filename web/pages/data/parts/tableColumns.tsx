import type { ReactNode } from 'react';
import type { Language } from '../../../i18n/i18n.ts';
import { moment } from '../../../i18n/numbers.ts';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { localTime } from './localTime.ts';

export function whenColumn<Row>(
  header: string,
  instant: (row: Row) => string,
  language: Language,
  width: number,
): TableColumn<Row> {
  return { id: 'when', header, value: instant, cell: (row) => moment(localTime(instant(row)), language), width };
}

export function actionsColumn<Row>(header: string, cell: (row: Row) => ReactNode, width: number): TableColumn<Row> {
  return { id: 'actions', header, value: () => null, cell, sortable: false, align: 'end', width };
}
