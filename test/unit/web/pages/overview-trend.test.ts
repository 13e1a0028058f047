import { describe, expect, it } from 'vitest';
import { courseOf, crossingsOf } from '../../../../web/pages/overview/trend.ts';
import { answer } from '../figures/told.ts';

const window = { range: { from: '2025-08-15', to: '2025-10-31' }, grain: 'month' as const };
const measure = (id: 'views' | 'active_series' | 'ai_share') => ({
  id,
  unit: id === 'ai_share' ? ('fraction' as const) : id === 'views' ? ('views' as const) : ('count' as const),
  additive: id === 'views',
});
const rows = [
  { period: '2025-08-01', views: 17, active_series: 3, ai_share: 0.1 },
  { period: '2025-09-01', views: 30, active_series: 5, ai_share: 0.2 },
  { period: '2025-10-01', views: '10', active_series: 4, ai_share: 0.3 },
];
const cut = answer(rows, { partial_periods: ['2025-08-01', '2025-10-01'] });

describe('the course in a tile', () => {
  it('does not dip at a cut period: views at their pace, a share as it is, a number of series not at all', () => {
    expect(courseOf(cut, measure('views'), window, '2025-10-10')).toEqual({ values: [null, 30, 31], partial: true });
    expect(courseOf(cut, measure('ai_share'), window, '2025-10-10')).toEqual({
      values: [0.1, 0.2, 0.3],
      partial: true,
    });
    expect(courseOf(cut, measure('active_series'), window, '2025-10-10')).toEqual({
      values: [null, 5, null],
      partial: false,
    });
  });

  it('is what the periods are, if all are whole', () => {
    expect(courseOf(answer(rows), measure('views'), window, '2025-10-31')).toEqual({
      values: [17, 30, 10],
      partial: false,
    });
    expect(courseOf(undefined, measure('views'), window, '2025-10-31')).toEqual({ values: [], partial: false });
  });

  it('counts crossings of whole periods', () => {
    const days = ['2025-09-03', '2025-09-30T10:00:00+08:00', '2025-10-01', null];
    expect(crossingsOf(cut, days, window)).toEqual([null, 2, null]);
    expect(crossingsOf(answer(rows), days, window)).toEqual([0, 2, 1]);
  });
});
