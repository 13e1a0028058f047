import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useMemo } from 'react';
import { textWidth } from '../../charts/text.ts';
import { useScope } from '../../data/scope.tsx';
import type { ListMeasure } from '../../figures/series/list.ts';
import type { Language } from '../../i18n/i18n.ts';
import { columnFormat, exact, type Numeric, percent, ratio } from '../../i18n/numbers.ts';
import { Change } from '../../ui/Change.tsx';
import { Tick } from '../../ui/compare/Ticks.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import type { SeriesRow } from './seriesRows.ts';
import { useWords } from './words.ts';

function writtenOf({ id, unit }: ListMeasure, rows: readonly SeriesRow[], language: Language) {
  // One series of thousands has a small share of all.
  if (unit === 'fraction') return (value: Numeric) => percent(value, id === 'share_of_views' ? 2 : 1);
  if (unit === 'seconds') return (value: Numeric) => ratio(value, 1);
  return columnFormat(
    rows.map(({ values }) => values[id]),
    language,
  );
}

/** Room for a header with its arrow and its filter: on one line in Chinese, on two in English, which parts at words. */
const widthFor = (header: string, language: Language): number =>
  Math.min(language === 'zh' ? 126 : 108, Math.max(98, Math.ceil(textWidth(header, 12)) + 65));

const NO_ROWS: readonly SeriesRow[] = [];
const noTool = () => undefined;

/**
 * The list's columns: who, then each measure the data can give, then growth.
 * @param rows those that decide on decimals; without them counts have two
 */
export function useSeriesColumns(
  measures: readonly ListMeasure[],
  toolOf: (measure: ListMeasure) => ReactNode = noTool,
  rows: readonly SeriesRow[] = NO_ROWS,
): readonly TableColumn<SeriesRow>[] {
  const { t, language } = useWords();
  const { comparison } = useScope();
  const term = useMeasureTerm();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  return useMemo(() => {
    const who: TableColumn<SeriesRow>[] = [
      {
        id: 'title',
        header: t('name'),
        value: (row) => row.title,
        cell: (row) => (
          <Tick id={row.id} name={row.title}>
            <SeriesLink id={row.id}>{row.title}</SeriesLink>
          </Tick>
        ),
        width: 186,
        fixed: true,
      },
      {
        id: 'producer',
        header: t('producer'),
        value: (row) => row.producer,
        cell: (row) => (
          <MemberLink dimension="producer" id={row.producer_id}>
            {row.producer}
          </MemberLink>
        ),
        width: 122,
      },
      {
        id: 'genre',
        header: t('genre'),
        value: (row) => row.genre,
        cell: (row) => (
          <MemberLink dimension="primary_genre" id={row.genre_id}>
            {row.genre}
          </MemberLink>
        ),
        width: 100,
      },
      { id: 'format', header: t('format'), value: (row) => row.format, width: language === 'zh' ? 80 : 100 },
    ];
    const numbers = measures.map((measure): TableColumn<SeriesRow> => {
      const written = writtenOf(measure, rows, language);
      return {
        id: measure.id,
        header: term(measure.id).label,
        definition: term(measure.id).definition,
        value: (row) => row.values[measure.id],
        cell: (row) => <span title={exact(row.values[measure.id])}>{written(row.values[measure.id])}</span>,
        align: 'end',
        width: widthFor(term(measure.id).label, language),
        hidden: measure.column.hidden,
        tool: toolOf(measure),
      };
    });
    const growth: TableColumn<SeriesRow> = {
      id: 'growth',
      header: t('growth'),
      definition: t('growth_definition'),
      value: (row) => row.growth,
      cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
      align: 'end',
      width: 108,
    };
    const [first, ...rest] = numbers;
    const main = [...(first === undefined ? [] : [first]), ...(comparison === 'none' ? [] : [growth])];
    const [title, ...about] = who;
    // On a phone two columns are in sight: the title and the number that matters.
    return narrow && title !== undefined ? [title, ...main, ...about, ...rest] : [...who, ...main, ...rest];
  }, [measures, toolOf, rows, t, term, language, comparison, narrow]);
}
