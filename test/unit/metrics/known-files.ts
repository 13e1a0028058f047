import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mapping } from '../../../server/contract/imports.ts';
import type { FileImport } from '../../../server/ingest/propose/choices.ts';
import type { Imports } from '../../../server/ingest/queue/imports.ts';

/** One file of a story of imports, told in order: each changes what the earlier ones said. */
export interface StoryFile extends Pick<FileImport, 'kind' | 'mapping' | 'options'> {
  readonly filename: string;
  readonly text: string;
}

const day = (n: number) => `2025-10-${String(n).padStart(2, '0')}`;
const lines = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const LOG: Mapping = { time: 't', title: 'name', platform: 'p', views: 'v', likes: 'l' };
const log = (from: number, to: number, scale: number) =>
  lines(
    't,name,p,v,l',
    days(from, to).flatMap((d) =>
      ['老千', '云渺', '家里家外'].flatMap((name, i) => [
        [day(d), name, '红果', scale * (100 * (i + 1) + d), d + i],
        [day(d), name, 'ReelShort', scale * (10 * (i + 1) + d), i + 1],
      ]),
    ),
  );
const CATALOGUE: Mapping = {
  series_id: 'id',
  title: 'name',
  producers: 'by',
  genres: 'g',
  release_at: 'r',
  episodes: 'e',
};
const COUNTER: Mapping = { time: 't', title: 'name', platform: 'p', views: 'v' };

/** Upsert, replace_range, append, mixed grain, counters whose gaps close later, names that a catalogue resolves. */
export const STORY: readonly StoryFile[] = [
  {
    filename: 'a.csv',
    text: log(1, 20, 10),
    mapping: LOG,
    options: { mode: 'upsert', source: 'board', views_are: 'increment' },
  },
  {
    filename: 'b.csv',
    text: log(12, 25, 7),
    mapping: LOG,
    options: { mode: 'upsert', source: 'board', views_are: 'increment' },
  },
  {
    filename: 'c.csv',
    text: log(15, 16, 3),
    mapping: LOG,
    options: { mode: 'replace_range', source: 'board', views_are: 'increment' },
  },
  {
    filename: 'counter-1.csv',
    text: lines('t,name,p,v', [
      [day(2), '长安', '抖音', 1000],
      [day(3), '长安', '抖音', 1100],
      [day(8), '长安', '抖音', 2103],
    ]),
    mapping: COUNTER,
    options: { views_are: 'cumulative', source: 'counter' },
  },
  {
    filename: 'catalogue-1.csv',
    kind: 'catalog',
    text: lines('id,name,by,g,r,e', [
      ['s1', '老千', '听花岛', '都市', day(1), 80],
      ['s2', '云渺', '马厩', '玄幻', day(5), 60],
      ['s4', '长安', '听花岛', '古装', day(2), 50],
    ]),
    mapping: CATALOGUE,
    options: { source: 'people' },
  },
  {
    filename: 'counter-2.csv',
    text: lines('t,name,p,v', [
      [day(5), '长安', '抖音', 1900],
      [day(12), '长安', '抖音', 1500],
    ]),
    mapping: COUNTER,
    options: { views_are: 'cumulative', source: 'counter' },
  },
  {
    filename: 'hours.csv',
    text: lines('t,name,p,v,l', [
      [`${day(4)}T08:00:00+08:00`, '老千', '红果', 5, 1],
      [`${day(4)}T21:00:00+08:00`, '老千', '红果', 6, 1],
    ]),
    mapping: LOG,
    options: { mode: 'upsert', source: 'board', views_are: 'increment' },
  },
  {
    filename: 'events.csv',
    text: lines('t,name,p,v,l', [
      [day(18), '老千', '红果', 11, 1],
      [day(27), '新剧', '红果', 12, 1],
    ]),
    mapping: LOG,
    options: { mode: 'append', source: 'board', views_are: 'increment' },
  },
  {
    filename: 'catalogue-2.csv',
    kind: 'catalog',
    text: lines('id,name,by,g,r,e', [
      ['s1', '老千', '马厩', '悬疑', day(3), 81],
      ['s3', '家里家外', '听花岛', '家庭', day(6), 70],
    ]),
    mapping: CATALOGUE,
    options: { source: 'people' },
  },
];

/** Imports files one after the other and gives the instants between them, with an offset. */
export async function tell(imports: Imports, story: readonly StoryFile[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-story-'));
  const instants: string[] = [];
  for (const { filename, text, ...options } of story) {
    const path = join(folder, filename);
    writeFileSync(path, text);
    const record = await imports.importFile(path, options);
    if (record.status !== 'committed') throw new Error(`${filename} was not committed`);
    await new Promise((wake) => setTimeout(wake, 5));
    instants.push(new Date().toISOString().replace('Z', '+00:00'));
    await new Promise((wake) => setTimeout(wake, 5));
  }
  rmSync(folder, { recursive: true, force: true });
  return instants;
}
