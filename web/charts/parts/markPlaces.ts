import { keysOf, type Mark } from '../../filters/marks.ts';
import type { ChartOption } from '../frame.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isMark = (value: unknown): value is Mark => isObject(value) && 'members' in value && Array.isArray(value.members);

const inOf = (value: unknown, name: string): unknown =>
  isObject(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
const markIn = (value: unknown): Mark | undefined => {
  const mark = inOf(value, 'mark');
  return isMark(mark) ? mark : undefined;
};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What ECharts is told to light up: a whole series, or some of its data. */
export interface Lit {
  readonly seriesId: string;
  readonly dataIndex?: readonly number[];
  /** Of one member's two series the second must not make the first fade. */
  readonly notBlur: boolean;
}

/** Where a member is in a drawn chart. @param key of `keysOf` */
export function litIn(option: ChartOption, key: string): Lit[] {
  const has = (mark: Mark | undefined): boolean => mark !== undefined && keysOf(mark).includes(key);
  const found = listOf(option.series).flatMap((series): Omit<Lit, 'notBlur'>[] => {
    const seriesId = String(inOf(series, 'id'));
    if (has(markIn(series))) return [{ seriesId }];
    const dataIndex = listOf(inOf(series, 'data')).flatMap((datum, at) => (has(markIn(datum)) ? [at] : []));
    return dataIndex.length === 0 ? [] : [{ seriesId, dataIndex }];
  });
  return found.map((one, at) => ({ ...one, notBlur: at > 0 }));
}

/** What is pointed at, by what ECharts tells of a pointer's event. */
export function markAt(option: ChartOption, event: unknown): Mark | undefined {
  const own = markIn(inOf(event, 'info')) ?? markIn(inOf(event, 'data'));
  if (own !== undefined) return own;
  const [id, name] = [inOf(event, 'seriesId'), inOf(event, 'seriesName')];
  if (inOf(event, 'componentType') !== 'series') return undefined;
  const series = listOf(option.series).find(
    (one) => (id !== undefined && inOf(one, 'id') === id) || (name !== undefined && inOf(one, 'name') === name),
  );
  return markIn(series);
}

/** What is at a place where nothing is drawn. @param x, y pixels of the picture */
export const hitAt = ({ hits = [] }: ChartOption, x: number, y: number): Mark | undefined =>
  hits.find(({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom)?.mark;

/** Whether any mark of the chart stands for something. */
export const hasMarks = (option: ChartOption): boolean =>
  listOf(option.series).some(
    (series) =>
      markIn(series) !== undefined || listOf(inOf(series, 'data')).some((datum) => markIn(datum) !== undefined),
  );
