import { describe, expect, it } from 'vitest';
import type { ChartContext } from '../../../web/charts/frame.ts';
import { NOTHING_PARTIAL } from '../../../web/charts/frame.ts';
import { linesOverTime } from '../../../web/charts/linesOverTime.ts';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';
import { edgesOf, movedBy, periodAt, spanOf, type TimeAxis } from '../../../web/charts/parts/timeAxis.ts';
import { canDate, datedTo } from '../../../web/filters/leads.ts';

const months = ['2025-07-01', '2025-08-01', '2025-09-01', '2025-10-01'];
const plot = { left: 100, right: 400, top: 0, bottom: 200 };
const points: TimeAxis = { periods: months, grain: 'month', plot, bands: false };
const bands: TimeAxis = { ...points, bands: true };

describe('a span on a chart over time', () => {
  it('begins and ends with the nearest period: points reach half a step to both sides, bands have edges', () => {
    expect([90, 100, 149, 151, 349, 351, 999].map((x) => periodAt(points, x))).toEqual([0, 0, 0, 1, 2, 3, 3]);
    expect([90, 100, 174, 176, 324, 326, 999].map((x) => periodAt(bands, x))).toEqual([0, 0, 0, 1, 2, 3, 3]);
  });

  it('is drawn as wide as its periods, within the plot', () => {
    expect(edgesOf(points, { from: 1, to: 2 })).toEqual({ left: 150, right: 350 });
    expect(edgesOf(points, { from: 3, to: 2 })).toEqual({ left: 250, right: 400 });
    expect(edgesOf(points, { from: 0, to: 0 })).toEqual({ left: 100, right: 150 });
    expect(edgesOf(bands, { from: 2, to: 1 })).toEqual({ left: 175, right: 325 });
    expect(edgesOf({ ...points, periods: ['2025-07-01'] }, { from: 0, to: 0 })).toEqual({ left: 100, right: 400 });
  });

  it('is of whole periods, whichever way it was drawn', () => {
    expect(spanOf(points, { from: 3, to: 1 })).toEqual({ from: '2025-08-01', to: '2025-10-31' });
    const weeks: TimeAxis = { ...points, periods: ['2025-09-29', '2025-10-06'], grain: 'week' };
    expect(spanOf(weeks, { from: 0, to: 1 })).toEqual({ from: '2025-09-29', to: '2025-10-12' });
    const days: TimeAxis = { ...points, periods: ['2025-10-17', '2025-10-18'], grain: 'day' };
    expect(spanOf(days, { from: 1, to: 1 })).toEqual({ from: '2025-10-18', to: '2025-10-18' });
    const hours: TimeAxis = { ...points, periods: ['2025-10-17T22:00:00', '2025-10-18T03:00:00'], grain: 'hour' };
    expect(spanOf(hours, { from: 0, to: 1 })).toEqual({ from: '2025-10-17', to: '2025-10-18' });
  });

  it('is moved by keys from the last period on, and with Shift one end of it', () => {
    const first = movedBy(points, null, 'ArrowLeft', false);
    expect(first).toEqual({ from: 3, to: 3 });
    const second = movedBy(points, first, 'ArrowLeft', false);
    expect(second).toEqual({ from: 2, to: 2 });
    expect(movedBy(points, second, 'ArrowLeft', true)).toEqual({ from: 2, to: 1 });
    expect(movedBy(points, second, 'End', true)).toEqual({ from: 2, to: 3 });
    expect(movedBy(points, first, 'ArrowRight', false)).toEqual({ from: 3, to: 3 });
    expect(movedBy(points, null, 'Home', false)).toEqual({ from: 0, to: 0 });
    expect(movedBy(points, first, 'Enter', false)).toBeNull();
  });

  it('becomes the range of the page, its other filters kept; of pages of data there is none', () => {
    const span = { from: '2025-08-01', to: '2025-10-31' };
    const at = { path: '/genres', params: { range: '12m', format: 'comic', by: 'channel' } };
    expect(datedTo(span, at)).toBe('/genres?from=2025-08-01&to=2025-10-31&format=comic&by=channel');
    expect(datedTo(span, { path: '/genres', params: { from: span.from, to: span.to } })).toBeNull();
    expect(['/', '/series/1', '/data', '/data/coverage'].map((path) => canDate({ path, params: {} }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is told by the chart itself: its periods and where they are', () => {
    const context: ChartContext = { look: LIGHT_LOOK, language: 'en', width: 640, height: 300, motion: false };
    const lines = [{ id: 'a', name: 'A', hue: 0 as const, values: [1, 2, 3, 4] }];
    const drawn = linesOverTime(
      { periods: months, grain: 'month', lines, kind: 'count', partial: NOTHING_PARTIAL, measure: 'Views' },
      context,
    );
    expect(drawn.time).toMatchObject({ periods: months, grain: 'month', bands: false });
    const { left = 0, right = 0 } = drawn.time?.plot ?? {};
    expect(left).toBeGreaterThan(0);
    expect(right).toBeGreaterThan(left);
  });
});
