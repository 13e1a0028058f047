import { useMediaQuery, useViewportSize } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useLetterScale } from '../data/display.ts';
import { chosenColumns, stage } from '../data/kept.ts';
import { useAddressParams } from '../data/useFilters.ts';
import type { Params } from '../filters/grammar.ts';
import { fittingColumns, shownColumns, type TableColumn } from './tableColumn.ts';

type Chosen = Readonly<Record<string, boolean>>;

const NONE: Chosen = {};
/** How much more room texts take there, beside their size. */
const ON_STAGE = 1.4;
/** Around a table on a phone: the page's and the window's edges. */
const EDGES = 34;

/**
 * Which columns of a table are shown, and the reader's choice of them, kept in this browser under the table's name. Without a
 * choice a phone and the stage show those that fit.
 * @param table undefined: the choice is for this page only
 * @param sortedBy null if all columns are shown on a phone, too
 */
export function useColumns<R>(
  table: string | undefined,
  columns: readonly TableColumn<R>[],
  sortedBy: string | undefined | null,
) {
  const all = chosenColumns.use();
  const [own, setOwn] = useState(NONE);
  const address = useAddressParams().columns;
  const navigate = useNavigate();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { width } = useViewportSize();
  const chosen = table === undefined ? own : (all[table] ?? NONE);
  const asked = table === undefined ? undefined : address;
  const isOwn = asked !== undefined || Object.keys(chosen).length > 0;
  const onStage = stage.use();
  const letters = useLetterScale();
  const fits = (narrow || onStage) && !isOwn && sortedBy !== null;
  const room = (width === 0 ? globalThis.innerWidth : width) / (onStage ? letters * ON_STAGE : 1) - EDGES;
  const visibility = useMemo(() => {
    const shown = shownColumns(columns, chosen, asked);
    if (!fits) return shown;
    const fitting = fittingColumns(
      columns.filter(({ id }) => shown[id] === true),
      sortedBy,
      room,
    );
    return Object.fromEntries(Object.keys(shown).map((id) => [id, fitting.has(id)]));
  }, [columns, chosen, asked, fits, sortedBy, room]);
  const keep = (next: Chosen) => {
    if (table === undefined) setOwn(next);
    else chosenColumns.set({ ...all, [table]: next });
    // Or it would win again.
    if (asked !== undefined)
      void navigate({
        to: '.',
        search: (before: Params) => ({ ...before, columns: undefined }),
        replace: true,
        resetScroll: false,
      });
  };
  return {
    visibility,
    /** Its columns are those that fit. */
    isFitted: fits,
    isCut: fits && columns.some(({ id, hidden }) => hidden !== true && visibility[id] !== true),
    choose: (id: string, shown: boolean) =>
      keep(asked === undefined && !fits ? { ...chosen, [id]: shown } : { ...visibility, [id]: shown }),
    reset: isOwn ? () => keep(NONE) : undefined,
  };
}
