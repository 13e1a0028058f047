import { describe, expect, it } from 'vitest';
import { Arrivals, isUnfinishedName } from '../../../../server/ingest/inbox/arrivals.ts';
import { inImportOrder } from '../../../../server/ingest/queue/order.ts';

describe('a file in the watched folder', () => {
  const file = (size: number, mtimeMs: number) => [{ name: 'a.csv', size, mtimeMs }];

  it('is complete when neither size nor time has changed for a while', () => {
    const arrivals = new Arrivals(3000);
    expect(arrivals.look(file(10, 1000), 1000)).toEqual([]);
    expect(arrivals.look(file(20, 2000), 2000)).toEqual([]);
    expect(arrivals.look(file(20, 2000), 4999)).toEqual([]);
    expect(arrivals.look(file(20, 2000), 5000)).toEqual(['a.csv']);
  });

  it('that was moved in whole is taken at the second look', () => {
    const arrivals = new Arrivals(3000);
    expect(arrivals.look(file(10, 1000), 1_000_000)).toEqual([]);
    expect(arrivals.look(file(10, 1000), 1_000_010)).toEqual(['a.csv']);
  });

  it('from a machine whose clock is ahead is not waited for for ever', () => {
    const arrivals = new Arrivals(3000);
    expect(arrivals.look(file(10, 9_000_000), 1000)).toEqual([]);
    expect(arrivals.look(file(10, 9_000_000), 3000)).toEqual([]);
    expect(arrivals.look(file(10, 9_000_000), 4000)).toEqual(['a.csv']);
  });

  it('that went away and came again begins anew', () => {
    const arrivals = new Arrivals(3000);
    arrivals.look(file(10, 1000), 10_000);
    arrivals.look([], 11_000);
    expect(arrivals.look(file(10, 1000), 12_000)).toEqual([]);
  });

  it('is left alone as long as its name says that it is not finished', () => {
    for (const name of ['a.csv.part', 'a.tmp', 'a.CRDOWNLOAD', '.a.csv', '~$a.xlsx', 'a.csv~', 'a.filepart'])
      expect([name, isUnfinishedName(name)]).toEqual([name, true]);
    expect(['a.csv', 'partners.csv', 'a.csv.gz'].filter(isUnfinishedName)).toEqual([]);
  });
});

describe('several files', () => {
  it('are imported catalogues first, then by name with numbers as numbers', () => {
    const files = ['log_10.csv', 'log_2.csv', 'series.csv'].map((name) => ({
      name,
      kind: name === 'series.csv' ? ('catalog' as const) : ('log' as const),
    }));
    expect(inImportOrder(files).map((f) => f.name)).toEqual(['series.csv', 'log_2.csv', 'log_10.csv']);
  });
});
