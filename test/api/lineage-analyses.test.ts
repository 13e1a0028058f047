import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { metaSchema } from '../../server/contract/query.ts';
import { type RunningApp, startApp } from './app.ts';

/**
 * Three files, each with a series, a platform, a genre and days of its own:
 * first.csv  1–10 September, 老千 on 红果, released on the 1st
 * second.csv 11–20 September, 云渺 on 抖音, released on the 11th
 * counter-*.csv 1 and 12 September, 长安 on 快手: one counter, stated twice
 */
const HEADER = '日期,剧名,出品方,题材,形态,平台,集,播放量,完播量,上线日期';
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `2025-09-${String(from + i).padStart(2, '0')}`);
const file = (from: number, to: number, what: string, released: string) =>
  [HEADER, ...days(from, to).map((day, i) => `${day},${what},1,${1000 - 10 * i},9,${released}`)].join('\n');

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText('first.csv', file(1, 10, '老千,听花岛,都市,真人剧,红果', '2025-09-01'));
  await app.importText('second.csv', file(11, 20, '云渺,马厩,玄幻,漫剧,抖音', '2025-09-11'));
});
afterAll(() => app.close());

const explained = z.object({ meta: metaSchema });
async function filesOf(path: string): Promise<string[] | undefined> {
  const url = `${app.url}/api/v1${encodeURI(path)}${path.includes('?') ? '&' : '?'}explain=true`;
  const response = await fetch(url);
  expect([path, response.status]).toEqual([path, 200]);
  const { lineage } = explained.parse(await response.json()).meta;
  expect(lineage?.rows_read).toBeGreaterThan(0);
  return lineage?.imports.map(({ filename }) => filename);
}

const filter = (dimension: string, value: string) =>
  `filters=${JSON.stringify([{ dimension, op: 'in', values: [value] }])}`;
const EARLY = 'from=2025-09-01&to=2025-09-10';
const LATE = 'from=2025-09-11&to=2025-09-20';

describe('an analysis that rests on one of two files names that one', () => {
  it.each([
    // By the days it reads.
    [`/club?threshold=1000&${EARLY}`, ['first.csv']],
    [`/growth?grain=day&by=series&${EARLY}`, ['first.csv']],
    [`/growth?grain=day&by=series&measure=cumulative_views&${EARLY}`, ['first.csv']],
    ['/growth/decomposition?from=2025-09-13&to=2025-09-14', ['second.csv']],
    ['/growth/movers?by=series&from=2025-09-06&to=2025-09-10', ['first.csv']],
    [`/concentration?grain=day&${LATE}`, ['second.csv']],
    [`/quality?${LATE}`, ['second.csv']],
    [`/retention?${EARLY}`, ['first.csv']],
    [`/decay?${LATE}`, ['second.csv']],
    // By the series released in its days.
    [`/cohorts?${EARLY}`, ['first.csv']],
    [`/curves?${LATE}`, ['second.csv']],
    // By the series it names.
    ['/milestones?series=云渺&thresholds=1000', ['second.csv']],
    ['/curves?series=老千', ['first.csv']],
    ['/decay?series=老千', ['first.csv']],
    ['/retention?series=云渺', ['second.csv']],
    ['/forecast?series=老千', ['first.csv']],
    ['/anomalies?series=云渺', ['second.csv']],
    // The second file's series is of another format: no peer.
    ['/series/老千', ['first.csv']],
    // By its filters, over all days.
    [`/club?threshold=1000&${filter('platform', 'douyin')}`, ['second.csv']],
    [`/milestones?thresholds=1000&${filter('producer', '听花岛')}`, ['first.csv']],
    [`/genres?${filter('genre', 'fantasy')}`, ['second.csv']],
    [`/producers?${filter('format', 'comic')}`, ['second.csv']],
    [`/coverage?${filter('source', 'first')}`, ['first.csv']],
    [`/growth?grain=week&measure=views_d7&${filter('series', '老千')}`, ['first.csv']],
    [`/brief?month=2025-09`, ['first.csv', 'second.csv']],
    ['/milestones', ['first.csv', 'second.csv']],
    // Compared with the days before.
    [`/growth/movers?by=series&from=2025-09-11&to=2025-09-12`, ['first.csv', 'second.csv']],
    // Counted from the log's start.
    [`/club?threshold=1000&${LATE}`, ['first.csv', 'second.csv']],
  ])('%s', async (path, files) => {
    expect(await filesOf(path)).toEqual(files);
  });

  it('names both snapshots behind an increment, and an opening whatever its day', async () => {
    const counter = (day: string, total: number) => `日期,剧名,平台,累计播放量\n${day},长安,快手,${total}\n`;
    const options = { options: { views_are: 'cumulative' as const, source: 'counter' } };
    const imported: string[] = [];
    for (const [name, text] of [
      ['counter-1.csv', counter('2025-09-01', 5000)],
      ['counter-2.csv', counter('2025-09-12', 5110)],
    ] as const)
      imported.push((await app.importText(name, text, options)).import_id);
    const only = filter('platform', 'kuaishou');
    expect(await filesOf(`/concentration?grain=day&from=2025-09-05&to=2025-09-06&${only}`)).toEqual([
      'counter-1.csv',
      'counter-2.csv',
    ]);
    expect(await filesOf(`/retention?series=长安&${EARLY}`)).toContain('counter-1.csv');
    expect(await filesOf(`/concentration?grain=day&${LATE}&${filter('platform', 'douyin')}`)).toEqual(['second.csv']);
    for (const id of imported.reverse()) await app.imports.remove(id);
    expect(await filesOf(`/concentration?grain=day&from=2025-09-05&to=2025-09-06`)).toEqual(['first.csv']);
  });
});
