import { describe, expect, it } from 'vitest';
import type { CoverageAnswer, CoverageRow } from '../../../../server/contract/coverage.ts';
import { coverageRuns, dataCoverage } from '../../../../web/figures/data/coverage.ts';
import { askedOf, meta, titles, told } from './told.ts';

const row = (source: string, day: string, state: CoverageRow['state'], rows: number): CoverageRow => ({
  source,
  day,
  state,
  rows,
  estimated_rows: 0,
  views: 0,
});
const rows = [
  row('a', '2025-08-01', 'stated', 2),
  row('a', '2025-08-02', 'stated', 3),
  row('a', '2025-08-03', 'gap', 0),
  row('a', '2025-08-04', 'stated', 1),
  row('b', '2025-08-04', 'stated', 9),
];
const source = (
  id: string,
  rows: number,
  gap_days: number,
  kind: CoverageAnswer['sources'][number]['kind'] = 'census',
): CoverageAnswer['sources'][number] => ({
  source: id,
  kind,
  from: '2025-08-01',
  to: '2025-08-04',
  days: 4,
  stated_days: 4 - gap_days,
  estimated_days: 0,
  gap_days,
  rows,
});
const coverage = (of: CoverageRow[], sources: CoverageAnswer['sources']): { coverage: CoverageAnswer } => ({
  coverage: { columns: [], rows: of, meta, sources },
});

describe('coverage', () => {
  it('is of the whole log, whatever the page is filtered to', () => {
    expect(askedOf(dataCoverage, { range: 'month', format: 'comic' })).toEqual({ coverage: {} });
  });

  it('joins neighbours of one source and state, and parts them at each change', () => {
    expect(coverageRuns(rows)).toEqual([
      { source: 'a', state: 'stated', from: '2025-08-01', to: '2025-08-02', days: 2, rows: 5 },
      { source: 'a', state: 'gap', from: '2025-08-03', to: '2025-08-03', days: 1, rows: 0 },
      { source: 'a', state: 'stated', from: '2025-08-04', to: '2025-08-04', days: 1, rows: 1 },
      { source: 'b', state: 'stated', from: '2025-08-04', to: '2025-08-04', days: 1, rows: 9 },
    ]);
  });

  it('says how many days are missing, the sources with most rows first', () => {
    const said = told(dataCoverage, coverage(rows, [source('a', 6, 1), source('b', 9, 0)]));
    expect(titles(said)).toEqual(['各来源合计缺1天的数据', '1 day is missing between the days that sources have']);
    expect(said.en.drawn?.data.sources.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(said.en.drawn?.data.runs[0]?.source).toBe(1);
    expect(said.zh.drawn?.table.columns.map(({ header }) => header).slice(-3)).toEqual(['有数据', '估算', '缺口']);
    expect(said.zh.drawn?.table.rows[0]).toEqual(['a', '全量', '2025-08-01', '2025-08-04', 6, 3, 0, 1]);
  });

  it('tells coverage by what a source is: a day without launches is blank, not missing', () => {
    const launched = [row('l', '2025-08-01', 'stated', 2), row('l', '2025-08-04', 'stated', 2)];
    const said = told(dataCoverage, coverage(launched, [source('l', 4, 0, 'launches')]));
    expect(titles(said)).toEqual(['各来源的日期没有缺口', 'No source has missing days']);
    expect(said.en.drawn?.data.runs.map(({ from, to, days }) => [from, to, days])).toEqual([
      ['2025-08-01', '2025-08-01', 1],
      ['2025-08-04', '2025-08-04', 1],
    ]);
    expect(said.zh.notes).toEqual(['l只记录新剧上线初期，空白是没有新剧上线的日子，不是缺口。']);
    expect(said.en.drawn?.table.rows[0]?.[1]).toBe('Launches only');
  });

  it('says that nothing is missing, or that there is no source', () => {
    expect(titles(told(dataCoverage, coverage(rows.slice(4), [source('b', 9, 0)])))).toEqual([
      '各来源的日期没有缺口',
      'No source has missing days',
    ]);
    expect(told(dataCoverage, coverage([], [])).zh.nothing?.reason).toBe('还没有数据来源');
  });
});
