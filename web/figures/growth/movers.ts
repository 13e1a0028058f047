import type { MoversAnswer } from '../../../server/contract/analyses.ts';
import { divergingBars, type Mover, type MoversData } from '../../charts/divergingBars.ts';
import { rowsBeside } from '../../charts/heights.ts';
import { nativeMovers } from '../../charts/native/bars.ts';
import { type ValueKind, valueFormat } from '../../charts/scale.ts';
import { growthReasonWord } from '../../charts/words.ts';
import { type Mark, markOf } from '../../filters/marks.ts';
import { grown, type NumberLanguage, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { differenceOf } from '../kinds.ts';
import { memberName, withinSentence } from '../members.ts';
import { largestMoves, type MoverRow } from '../movers.ts';
import { noRows, notCompared } from '../nothing.ts';
import { type GrowthBy, type SplitParams, splitOf, splitParams } from './split.ts';
import { growthWords } from './words.ts';

const EACH_SIDE = 7;

function subtitleOf(scope: FigureScope<SplitParams>): string {
  const { range, compared, language } = scope;
  const t = growthWords.say(language);
  const { byName, measureName } = splitOf(scope);
  const words = {
    measure: withinSentence(measureName),
    by: withinSentence(byName),
    now: rangeText(range.from, range.to, language),
  };
  return compared === null
    ? t('movers_subtitle_alone', words)
    : t('movers_subtitle', {
        ...words,
        versus: t('versus', { range: rangeText(compared.from, compared.to, language) }),
      });
}

export const growthMovers = figure<typeof splitParams, { movers?: MoversAnswer }, MoversData>({
  id: 'growth.movers',
  params: splitParams,
  heads: (scope) => ({ title: growthWords.say(scope.language)('movers_title'), subtitle: subtitleOf(scope) }),
  asks: (scope) => {
    const { by, measure, money } = splitOf(scope);
    return scope.compared === null || by === 'none'
      ? {}
      : { movers: analysis(scope, 'movers', { by, measure, ...money.params }) };
  },
  says: ({ movers }, scope) => {
    if (movers === undefined) return scope.compared === null ? notCompared(scope) : noRows(scope);
    const t = growthWords.say(scope.language);
    const { by, byName, measureName, kind } = splitOf(scope);
    const difference = differenceOf(kind);
    const { moved, left } = largestMoves(movers.rows, EACH_SIDE);
    if (moved.length === 0) return noRows(scope);
    return {
      data: {
        movers: moved.map(({ row, delta }) => mover(row, by, delta * difference.times, kind, scope.language)),
        kind: difference.kind,
        measure: subtitleOf(scope),
      },
      table: {
        columns: [
          { id: 'member', header: byName, kind: 'text' },
          { id: 'value', header: `${measureName} · ${t('value')}`, kind },
          { id: 'previous', header: t('previous'), kind },
          { id: 'delta', header: t('delta'), kind: difference.kind },
          { id: 'growth', header: t('growth'), kind: 'fraction' },
          { id: 'rank', header: t('rank'), kind: 'count' },
          { id: 'rank_change', header: t('rank_change'), kind: 'count' },
        ],
        rows: movers.rows.map((row) => [
          row.member_label,
          row.value,
          row.previous,
          timesOf(row.delta, difference.times),
          row.growth,
          row.rank,
          row.rank_change,
        ]),
        marks: movers.rows.map((row) => markBy(by, row, scope.language)),
      },
      height: rowsBeside(moved.length),
      notes: left === 0 ? [] : [t('others_note', { count: left })],
    };
  },
  draws: divergingBars,
  native: nativeMovers,
});

/** The value as it came, unless it must be multiplied. */
const timesOf = (value: number | string | null, times: number): number | string | null =>
  times === 1 || value === null ? value : (toNumber(value) ?? 0) * times;

export const markBy = (by: GrowthBy, row: MoverRow, language: NumberLanguage): Mark | undefined =>
  by === 'none' ? undefined : markOf(by, row.member, memberName(row.member, row.member_label, language));

function mover(row: MoverRow, by: GrowthBy, delta: number, kind: ValueKind, language: NumberLanguage): Mover {
  const t = growthWords.say(language);
  const format = valueFormat(kind, language);
  const written = (value: number | string | null): string => {
    const number = toNumber(value);
    return number === null ? '–' : format.tooltip(number);
  };
  const told = row.growth === null ? growthReasonWord(row.growth_reason, language) : grown(row.growth, language);
  const points = valueFormat('points', language);
  return {
    id: row.member,
    name: memberName(row.member, row.member_label, language),
    delta,
    mark: markBy(by, row, language),
    note: told,
    facts: [
      { name: t('value'), value: written(row.value) },
      { name: t('previous'), value: written(row.previous) },
      { name: t('growth'), value: told },
      ...(row.contribution_pp === null
        ? []
        : [{ name: t('contribution'), value: points.tooltip(row.contribution_pp) }]),
      ...(row.rank === null
        ? []
        : [
            {
              name: t('rank'),
              value: row.rank_previous === null ? String(row.rank) : `${row.rank_previous} → ${row.rank}`,
            },
          ]),
    ],
  };
}
