import type { GenresAnswer, GrowthAnswer } from '../../../server/contract/analyses.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type BoxesData, spreadOf } from '../../charts/boxes.ts';
import type { BubbleData } from '../../charts/bubble.ts';
import type { HeatData } from '../../charts/heatmap.ts';
import type { LinesData } from '../../charts/linesOverTime.ts';
import { memberHue } from '../../charts/look.ts';
import { memberName, numberCell, textCell } from '../../charts/members.ts';
import { change, exact, type NumberLanguage, ratio, toNumber } from '../../i18n/numbers.ts';

export type GenreRow = GenresAnswer['rows'][number];
export type Split = 'primary_genre' | 'format';

/** A share of supply below which an opportunity index says more about chance than about demand. */
const LEAST_SUPPLY = 0.01;

/** Members coloured throughout the page: those with most views. */
export function chosenMembers(rows: readonly GenreRow[], count: number): string[] {
  return rows
    .filter((row) => !row.member.startsWith('('))
    .toSorted((a, b) => (toNumber(b.views) ?? 0) - (toNumber(a.views) ?? 0))
    .slice(0, count)
    .map((row) => row.member);
}

/** The member where demand exceeds supply most, among those with enough series to say so. */
export function bestOpportunity(rows: readonly GenreRow[]): GenreRow | undefined {
  return rows
    .filter(
      (row) =>
        !row.member.startsWith('(') && (row.supply_share ?? 0) >= LEAST_SUPPLY && (row.opportunity_index ?? 0) > 1,
    )
    .toSorted((a, b) => (b.opportunity_index ?? 0) - (a.opportunity_index ?? 0))[0];
}

export interface BubbleWords {
  supply: string;
  demand: string;
  views: string;
  opportunity: string;
  active: string;
  growth: string;
  measure: string;
}

export function supplyAgainstDemand(
  rows: readonly GenreRow[],
  split: Split,
  chosen: readonly string[],
  language: NumberLanguage,
  words: BubbleWords,
): BubbleData | undefined {
  const bubbles = rows.flatMap((row) => {
    if (row.supply_share === null || row.demand_share === null || row.supply_share <= 0 || row.demand_share <= 0)
      return [];
    return [
      {
        id: row.member,
        name: memberName(row.member, row.member_label, language),
        x: row.supply_share,
        y: row.demand_share,
        size: toNumber(row.views) ?? 0,
        hue: memberHue(split, row.member, chosen),
        facts: [
          { name: words.opportunity, value: ratio(row.opportunity_index) },
          { name: words.active, value: exact(row.active_series) },
          ...(row.growth === null ? [] : [{ name: words.growth, value: change(row.growth) }]),
        ],
      },
    ];
  });
  if (bubbles.length === 0) return undefined;
  return { bubbles, xName: words.supply, yName: words.demand, sizeName: words.views, measure: words.measure };
}

/** Index lines from `GET /growth`; the unchosen are context. */
export function indexLines(
  answer: GrowthAnswer,
  split: string,
  chosen: readonly string[],
  language: NumberLanguage,
  asOf: string,
  measure: string,
  grain: LinesData['grain'],
): LinesData | undefined {
  const periods = [...new Set(answer.rows.map((row) => row.period))].sort();
  const members = [...new Set(answer.rows.map((row) => row.member))];
  const lines = members.map((member) => {
    const mine = answer.rows.filter((row) => row.member === member);
    const byPeriod = new Map(mine.map((row) => [row.period, row.index]));
    const hue = members.length === 1 ? 0 : memberHue(split, member, chosen);
    return {
      id: member,
      name: memberName(member, mine[0]?.member_label, language),
      hue,
      values: periods.map((period) => byPeriod.get(period) ?? null),
      context: members.length > 7 && !chosen.includes(member),
    };
  });
  if (lines.every((line) => line.values.every((value) => value === null))) return undefined;
  const partial = [...new Set(answer.rows.filter((row) => row.partial).map((row) => row.period))];
  return {
    periods,
    grain,
    lines,
    kind: 'index',
    partial: { periods: partial, asOf },
    baseline: { value: 100, name: '100' },
    measure,
  };
}

const HEAT_ROWS = 15;

/** Views of genre × format as shares of the format's views: rows by size, formats in their fixed order. */
export function genreByFormat(answer: Answer, language: NumberLanguage, measure: string): HeatData | undefined {
  const views = new Map<string, number>();
  const genres = new Map<string, { name: string; sum: number }>();
  const formats = new Map<string, { name: string; sum: number }>();
  const add = (map: Map<string, { name: string; sum: number }>, id: string, name: string, value: number): void => {
    map.set(id, { name, sum: (map.get(id)?.sum ?? 0) + value });
  };
  for (const row of answer.rows) {
    const [genre, format, value] = [textCell(row.primary_genre), textCell(row.format), numberCell(row.views) ?? 0];
    views.set(`${genre}\n${format}`, value);
    add(genres, genre, memberName(genre, textCell(row.primary_genre_label), language), value);
    add(formats, format, memberName(format, textCell(row.format_label), language), value);
  }
  const order = ['live_action', 'comic', 'ai', 'other', '(unknown)'];
  const columns = [...formats].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)).filter(([, { sum }]) => sum > 0);
  const rows = [...genres].sort(([, a], [, b]) => b.sum - a.sum).slice(0, HEAT_ROWS);
  if (rows.length === 0 || columns.length === 0) return undefined;
  const cells = rows.flatMap(([genre], row) =>
    columns.map(([format, { sum }], column) => {
      const value = views.get(`${genre}\n${format}`);
      return { row, column, value: value === undefined ? null : value / sum };
    }),
  );
  const named = ([id, { name }]: [string, { name: string; sum: number }]) => ({ id, name });
  return { rows: rows.map(named), columns: columns.map(named), cells, kind: 'fraction', ramp: 'sequential', measure };
}

const BOX_ROWS = 12;

/** Five-number summaries of views per series, worked out from one row a series; highest median first. */
export function viewsPerSeries(
  answer: Answer,
  split: Split,
  chosen: readonly string[],
  language: NumberLanguage,
  words: { measure: string; counted: string },
): BoxesData | undefined {
  const groups = new Map<string, { name: string; values: number[]; sum: number }>();
  for (const row of answer.rows) {
    const id = textCell(row[split]);
    const group = groups.get(id) ?? {
      name: memberName(id, textCell(row[`${split}_label`]), language),
      values: [],
      sum: 0,
    };
    const value = numberCell(row.views) ?? 0;
    if (value > 0) group.values.push(value);
    group.sum += value;
    groups.set(id, group);
  }
  const rows = [...groups]
    .toSorted(([, a], [, b]) => b.sum - a.sum)
    .slice(0, BOX_ROWS)
    .flatMap(([id, group]) => {
      const spread = spreadOf(group.values);
      return spread === null ? [] : [{ id, name: group.name, hue: memberHue(split, id, chosen), ...spread }];
    })
    .toSorted((a, b) => b.median - a.median);
  return rows.length === 0 ? undefined : { rows, kind: 'count', ...words };
}
