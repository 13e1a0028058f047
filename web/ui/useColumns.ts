import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { chosenColumns } from '../data/kept.ts';
import { useAddressParams } from '../data/useFilters.ts';
import type { Params } from '../filters/grammar.ts';
import { shownColumns, type TableColumn } from './tableColumn.ts';

const NONE: Readonly<Record<string, boolean>> = {};

/** Which columns of a table are shown, and the reader's choice of them, kept in this browser under the table's name. */
export function useColumns<R>(table: string | undefined, columns: readonly TableColumn<R>[]) {
  const all = chosenColumns.use();
  const address = useAddressParams().columns;
  const navigate = useNavigate();
  const chosen = (table === undefined ? undefined : all[table]) ?? NONE;
  const asked = table === undefined ? undefined : address;
  const visibility = useMemo(() => shownColumns(columns, chosen, asked), [columns, chosen, asked]);
  const keep = (own: Readonly<Record<string, boolean>>) => {
    if (table === undefined) return;
    chosenColumns.set({ ...all, [table]: own });
    // Or it would win again.
    if (asked !== undefined)
      void navigate({
        to: '.',
        search: (before: Params) => ({ ...before, columns: undefined }),
        replace: true,
        resetScroll: false,
      });
  };
  const isOwn = asked !== undefined || Object.keys(chosen).length > 0;
  return {
    visibility,
    choose: (id: string, shown: boolean) =>
      keep(asked === undefined ? { ...chosen, [id]: shown } : { ...visibility, [id]: shown }),
    reset: isOwn ? () => keep({}) : undefined,
  };
}
