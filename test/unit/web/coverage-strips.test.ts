import { init } from 'echarts/core';
import { describe, expect, it } from 'vitest';
import '../../../web/charts/parts/register.ts';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type CoverageStripData, coverageStrips, evenTicks } from '../../../web/charts/coverageStrips.ts';
import type { ChartContext } from '../../../web/charts/frame.ts';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';

use([SVGRenderer]);

describe('coverage strips', () => {
  const data: CoverageStripData = {
    sources: [{ id: 's', name: '<b>source' }],
    runs: [
      { source: 0, state: 'stated', from: '2023-01-01', to: '2024-12-30', days: 730, rows: 730 },
      { source: 0, state: 'gap', from: '2024-12-31', to: '2024-12-31', days: 1, rows: 0 },
      { source: 0, state: 'stated', from: '2025-01-01', to: '2025-12-31', days: 365, rows: 365 },
    ],
    words: { stated: 'Stated', estimated: 'Estimated', gap: 'Missing', rows: 'Rows' },
  };
  const context: ChartContext = { look: LIGHT_LOOK, language: 'en', width: 390, height: 120, motion: false };

  it('keep a gap of one day in three years wide enough to be seen', () => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 390, height: 120 });
    chart.setOption(coverageStrips(data, context));
    const svg = chart.renderToSVGString();
    chart.dispose();
    const marks = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+l([\d.]+) 0[^"]*" fill="([^"]+)"/gu)];
    const gap = marks.filter(([, , , fill]) => fill === LIGHT_LOOK.fall).map(([, , width]) => Number(width));
    // The key's mark and the gap itself.
    expect(gap.toSorted((a, b) => a - b)[0]).toBe(2);
    expect(gap).toHaveLength(2);
  });

  it('tell the gaps to those who do not see them', () => {
    expect(JSON.stringify(coverageStrips(data, context).aria)).toContain('Missing: 1; <b>source 31 Dec 2024 1 day');
  });
});

describe('the ticks of the days', () => {
  const at = (day: string) => Date.parse(day);
  const days = (from: string, to: string, width: number) =>
    evenTicks(at(from), at(to), width, 100).map((tick) => new Date(tick).toISOString().slice(0, 10));

  it('are a week apart where days are too near, with none whose name would leave the chart', () => {
    expect(days('2026-04-01', '2026-04-25', 400)).toEqual(['2026-04-01', '2026-04-08', '2026-04-15', '2026-04-22']);
    expect(days('2026-04-01', '2026-04-23', 400)).toEqual(['2026-04-01', '2026-04-08', '2026-04-15']);
  });

  it('are the first days of months, evenly many months apart', () => {
    expect(days('2025-07-12', '2026-07-20', 500)).toEqual(['2025-10-01', '2026-01-01', '2026-04-01']);
    expect(days('2021-06-28', '2026-07-20', 600)).toEqual([
      '2022-01-01',
      '2023-01-01',
      '2024-01-01',
      '2025-01-01',
      '2026-01-01',
    ]);
  });

  it('of a single day is that day', () => {
    expect(days('2026-06-06', '2026-06-07', 400)).toEqual(['2026-06-06']);
  });
});
