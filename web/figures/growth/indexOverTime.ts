import { z } from 'zod';
import type { GrowthAnswer } from '../../../server/contract/analyses.ts';
import { lastCut } from '../../charts/frame.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { axisPeriod, fixed, inPeriod, period } from '../../i18n/numbers.ts';
import { type FigureScope, figure } from '../figure.ts';
import { baseTexts, indexCall, indexLines, indexWindow, missingNote, periodCell, scaleNamed } from '../indexLines.ts';
import { withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { splitOf, splitParams } from './split.ts';
import { growthWords } from './words.ts';

const params = z.object({ ...splitParams.shape, base: z.string().catch('') });
type IndexScope = FigureScope<z.output<typeof params>>;

/** From this index on the first is worth a headline. */
const LEADS = 150;
const COLOURED = 7;

/** The base that the reader chose; without one the server chooses. */
export function chosenBase(scope: IndexScope): string | undefined {
  const { starts } = indexWindow(scope);
  return starts.includes(scope.params.base) ? scope.params.base : undefined;
}

function subtitleOf(scope: IndexScope, growth?: GrowthAnswer): string {
  const { byName, measureName } = splitOf(scope);
  const t = growthWords.say(scope.language);
  const words = { measure: measureName, by: withinSentence(byName) };
  return growth === undefined
    ? t('index_subtitle_no_base', words)
    : t('index_subtitle', { ...words, ...baseTexts(growth, chosenBase(scope), scope) });
}

export const growthIndex = figure({
  id: 'growth.index',
  params,
  heads: (scope) => {
    const t = growthWords.say(scope.language);
    return { title: t('index_title'), subtitle: subtitleOf(scope), definition: t('index_definition') };
  },
  asks: (scope) => {
    const { by, measure, money } = splitOf(scope);
    const base = chosenBase(scope);
    return {
      growth: indexCall(scope, {
        ...(by === 'none' ? {} : { by }),
        measure,
        ...money.params,
        limit: 12,
        ...(base === undefined ? {} : { base }),
      }),
    };
  },
  says: ({ growth }, scope) => {
    const t = growthWords.say(scope.language);
    const { by, byName, measureName, kind } = splitOf(scope);
    const { trend, grain } = indexWindow(scope);
    const { rows } = growth;
    const subtitle = subtitleOf(scope, growth);
    const data = indexLines(
      growth,
      {
        by,
        chosen: scope.owners ?? largestIndex(rows),
        until: lastDrawnDay(scope.asOf, trend.range.to),
        measure: subtitle,
        grain,
      },
      scope,
    );
    if (data === undefined) {
      return indexWindow(scope).starts.length === 0
        ? { nothing: t('index_no_base'), remedy: t('index_no_base_text') }
        : noRows(scope);
    }
    // Who has no fair base has no index to lead by.
    const drawn = new Set(data.lines.map(({ id }) => id));
    const first = by === 'none' ? undefined : leader(rows.filter(({ member }) => drawn.has(member)));
    return {
      ...(first !== undefined && first.index >= LEADS ? { title: leadOf(first, growth.base, scope) } : {}),
      subtitle: scaleNamed(subtitle, data, scope),
      data,
      ...missingNote(growth, grain, scope),
      table: {
        columns: [
          { id: 'member', header: byName, kind: 'text' },
          { id: 'period', header: t('period'), kind: 'text' },
          { id: 'index', header: t('index'), kind: 'index' },
          { id: 'value', header: measureName, kind },
        ],
        rows: rows.map((row) => [row.member_label, periodCell(row.period, grain), row.index, row.value]),
        marks: rows.map((row) => (by === 'none' ? undefined : markOf(by, row.member, row.member_label))),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

/** When, what, and how many times the base: the year is said once. */
function leadOf(first: Leader, base: string, scope: IndexScope): string {
  const { language } = scope;
  const { grain } = indexWindow(scope);
  const sameYear = language === 'zh' && grain === 'month' && base.slice(0, 4) === first.period.slice(0, 4);
  const { measureName } = splitOf(scope);
  return growthWords.say(language)('index_lead', {
    name: first.name,
    measure: withinSentence(measureName),
    last: inPeriod(first.period, grain, language),
    base: sameYear ? axisPeriod(base, grain, language).name : period(base, grain, language),
    times: fixed(first.index / 100, first.index < 10_000 ? 1 : 0),
  });
}

interface IndexRow {
  member: string;
  member_label: string;
  period: string;
  index: number | null;
  partial: boolean;
}

function largestIndex(rows: readonly IndexRow[]): string[] {
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(row.member, Math.max(sizes.get(row.member) ?? 0, row.index ?? 0));
  return [...sizes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, COLOURED)
    .map(([member]) => member);
}

interface Leader {
  name: string;
  index: number;
  period: string;
}

/** Who stands highest in the last whole period. */
function leader(rows: readonly IndexRow[]): Leader | undefined {
  const last = rows
    .filter((row) => !row.partial)
    .map((row) => row.period)
    .sort()
    .at(-1);
  return rows
    .flatMap((row) =>
      row.period === last && row.index !== null && !row.member.startsWith('(')
        ? [{ name: row.member_label, index: row.index, period: row.period }]
        : [],
    )
    .sort((a, b) => b.index - a.index)[0];
}
