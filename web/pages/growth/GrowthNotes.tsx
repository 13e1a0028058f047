import { useAnalysis } from '../../data/hooks.ts';
import type { DateRange } from '../../filters/ranges.ts';
import { Notes } from '../../ui/Notes.tsx';
import type { GrowthBy, GrowthMeasure } from './growthData.ts';
import { useIndex } from './IndexChart.tsx';
import type { MoneyView } from './money.ts';

interface GrowthNotesProps {
  by: GrowthBy;
  measure: GrowthMeasure;
  money: MoneyView;
  base: string;
  compared: DateRange | null;
}

/** What a reader of the page's charts must know; the questions are the charts' own, so nothing is asked twice. */
export function GrowthNotes({ by, measure, money, base, compared }: GrowthNotesProps) {
  const { growth } = useIndex({ by, measure, money, base });
  const change = useAnalysis(
    'decomposition',
    { base_from: compared?.from, base_to: compared?.to },
    { enabled: compared !== null },
  );
  const movers = useAnalysis(
    'movers',
    { by: by === 'none' ? 'format' : by, measure, ...money.params },
    { enabled: compared !== null && by !== 'none' },
  );
  const answers = [growth, ...(compared === null ? [] : [change, ...(by === 'none' ? [] : [movers])])];
  return <Notes notes={answers.flatMap(({ data }) => data?.meta.notes ?? [])} />;
}
