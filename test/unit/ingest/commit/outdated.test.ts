import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { keptInInbox } from '../../../../server/ingest/read/kept-files.ts';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

const change = (...statements: string[]) =>
  desk.warehouse.write(async (session) => {
    for (const text of statements) await session.run({ text, values: [] });
  });

/** Makes committed imports those of the version before, whose rows are then changed to what that one kept. */
const byOldRules = (...statements: string[]) =>
  change(`UPDATE import SET rules = NULL WHERE status = 'committed'`, ...statements);

const ended = async ({ import_id }: ImportRecord): Promise<ImportRecord> => {
  for (;;) {
    const record = await desk.imports.get(import_id);
    if (record.status !== 'queued' && record.status !== 'running') return record;
    await new Promise((wake) => setTimeout(wake, 5));
  }
};

const LOG =
  '日期,剧名,地区,承制方,题材,播放增量\n' +
  '2025-10-01,甲,法国,"Acme Media Co., Ltd.",都市剧,100\n2025-10-02,甲,法国,"Acme Media Co., Ltd.",都市剧,90\n2025-10-01,乙,美国,丙方,言情,50\n';
const SAID = { options: { views_are: 'increment' } } as const;
/** What the version before kept of it. */
const KEPT_BEFORE = [
  `UPDATE region SET id = 'FX' WHERE id = 'FR'`,
  `UPDATE series_statement SET producers = ['Acme Media Co.', 'Ltd.'], genres = ['都市剧'] WHERE producers[1] LIKE 'Acme%'`,
];

const told = async () =>
  (await desk.imports.outdated()).map(({ filename, file_kept, outdated }) => ({
    filename,
    file_kept,
    outdated: outdated.map(({ part, before, after, count, unit }) => `${part}: ${before} → ${after}, ${count} ${unit}`),
  }));

describe('imports that today’s rules would read differently', () => {
  it('are told from what is kept of them, each with an example and how many', async () => {
    const path = await desk.write('日报.csv', LOG);
    await desk.importFile(path, SAID);
    expect(await told()).toEqual([]);
    await byOldRules(...KEPT_BEFORE);
    expect(await told()).toEqual([
      {
        filename: '日报.csv',
        file_kept: false,
        outdated: [
          'region: FX → FR, 2 rows',
          'producers: Acme Media Co. / Ltd. → Acme Media Co., Ltd., 1 series',
          'genres: 都市剧 → urban, 1 series',
        ],
      },
    ]);
    await change(`UPDATE region SET id = 'FR' WHERE id = 'FX'`);
  });

  it('are none that were read by today’s rules, however odd their names', async () => {
    await desk.import('日期,剧名,承制方,播放增量\n2025-10-01,甲,"[""Acme"",""Ltd.""]",100\n', SAID);
    expect(await desk.rows('SELECT producers FROM series_statement')).toEqual([{ producers: ['Acme', 'Ltd.'] }]);
    expect(await told()).toEqual([]);
  });

  it('are told of names with characters that nobody sees, and of ids that were kept as floating numbers', async () => {
    await desk.import('日期,剧集ID,播放增量\n2025-10-01,7001,100\n2025-10-01,甲,50\n', SAID);
    await byOldRules(
      `UPDATE series_key SET series_id = '7001.0' WHERE series_id = '7001'`,
      `UPDATE series_key SET series_id = '甲' || chr(8203) WHERE series_id = '甲'`,
    );
    expect((await desk.imports.outdated())[0]?.outdated[0]).toMatchObject({ part: 'series', count: 2 });
    await change(
      `UPDATE series_key SET series_id = 'gone ' || series_key WHERE series_id IN ('7001.0', '甲' || chr(8203))`,
    );
  });

  const days = Array.from({ length: 9 }, (_, i) => `2025-10-0${i + 1}`);
  const counter = (day: string, names = '甲乙丙') => {
    const at = Number(day.slice(-1));
    return [...names].map((name, i) => `${day},${name},${(i + 1) * 10_000 + at * 70}\n`).join('');
  };

  it('are told of a counter that was taken for increments, and of the other way round', async () => {
    await desk.import(`日期,剧名,播放量\n${days.map((day) => counter(day)).join('')}`, { name: '计数.csv', ...SAID });
    const falling = days.map((day, i) => `${day},丁,${i % 2 === 0 ? 900 : 100}\n${day},戊,${i % 2 === 0 ? 50 : 70}\n`);
    const more = days.map((day, i) => `${day},己,${i % 2 === 0 ? 9 : 8}\n`);
    await desk.import(`日期,剧名,播放量\n${falling.join('')}${more.join('')}`, {
      name: '日增.csv',
      options: { views_are: 'cumulative' },
    });
    expect(await told()).toEqual([]);
    await byOldRules();
    expect(await told()).toEqual([
      { filename: '日增.csv', file_kept: false, outdated: ['views_are: cumulative → increment, 27 rows'] },
      { filename: '计数.csv', file_kept: false, outdated: ['views_are: increment → cumulative, 27 rows'] },
    ]);
  });

  it('are told of a counter of which each file has one day', async () => {
    const [some, names] = [days.slice(0, 4), '甲乙丙丁戊己庚'];
    for (const day of some)
      await desk.import(`日期,剧名,播放量\n${counter(day, names)}`, {
        name: `榜_${day}.csv`,
        options: { views_are: 'increment', source: '榜' },
      });
    await byOldRules();
    const found = await told();
    expect(found.map(({ filename }) => filename)).toEqual([...some].reverse().map((day) => `榜_${day}.csv`));
    expect(new Set(found.flatMap(({ outdated }) => outdated))).toEqual(
      new Set(['views_are: increment → cumulative, 7 rows']),
    );
    // The first that is read again leaves the others told.
    const [one] = await desk.imports.outdated();
    const path = await desk.write('again.csv', `日期,剧名,播放量\n${counter('2025-10-04', names)}`);
    const record = await ended(await desk.imports.reread(one?.import_id ?? '', { path }));
    expect(record).toMatchObject({ status: 'committed', options: { views_are: 'cumulative' } });
    expect(await told()).toHaveLength(3);
  });

  it('are not told of weeks that were spread over their days', async () => {
    const rows = ['09-01', '09-08', '09-15', '09-22', '09-29', '10-06', '10-13', '10-20'];
    // Of its days, as they are kept, just one in 28 falls.
    const views = [700, 1400, 700, 2100, 2800, 2100, 3500, 4200];
    const weeks = rows
      .map((day, i) => ['甲', '乙', '丙'].map((n) => `2025-${day},${n},${views[i]}\n`).join(''))
      .join('');
    await desk.import(`周,剧名,播放量\n${weeks}`, { options: { views_are: 'increment', covers: 'week_starting' } });
    await byOldRules();
    expect(await told()).toEqual([]);
  });
});

describe('a file that is read again', () => {
  it('takes the place of its import: the data are as if today’s rules had always read it', async () => {
    const path = await desk.write('日报.csv', LOG);
    const first = await desk.importFile(path, SAID);
    const later = await desk.import('日期,剧名,地区,播放增量\n2025-10-02,甲,法国,7\n', {
      options: { views_are: 'increment', source: first.source },
    });
    const meant = await desk.everything();
    await byOldRules(KEPT_BEFORE[1] ?? '');
    const record = await ended(await desk.imports.reread(first.import_id, { path }));
    expect(record).toMatchObject({ status: 'committed', rows_committed: 3, source: first.source });
    // The row that a later import states does not count, and is no change of that import.
    expect(record.warnings.map(({ code, count }) => `${code} ${count}`)).toEqual(['read_again 3', 'stated_later 1']);
    expect(await desk.everything()).toEqual(meant);
    expect(await told()).toEqual([]);
    expect((await desk.imports.get(first.import_id)).status).toBe('undone');
    expect((await desk.imports.get(later.import_id)).status).toBe('committed');
    // Undone, nothing of it is left: neither of what it replaced.
    await desk.imports.remove(record.import_id);
    expect(await desk.views()).toEqual(['甲 2025-10-02 7']);
  });

  it('keeps the rows that mended its rejects, which may be read again, too', async () => {
    const head = '日期,剧名,播放增量\n';
    const path = await desk.write(
      '日报.csv',
      `${head}2025-10-01,甲,100\n2025-10-02,甲,3x\n${'2025-10-03,乙,1\n'.repeat(12)}`,
    );
    const first = await desk.importFile(path, SAID);
    const later = await desk.import(`${head}2025-10-01,甲,7\n`, { options: { ...SAID.options, source: first.source } });
    const mended = await desk.write('mended.csv', `${head}2025-10-01,甲,100\n2025-10-02,甲,3\n`);
    const how = { options: { ...SAID.options, source: first.source, mends: first.import_id } };
    const second = await desk.importFile(mended, how);
    const meant = await desk.views();
    expect(meant).toEqual(['乙 2025-10-03 1', '甲 2025-10-01 7', '甲 2025-10-02 3']);
    const again = await ended(await desk.imports.reread(first.import_id, { path }));
    expect(await desk.views()).toEqual(meant);
    const mender = await desk.imports.get(second.import_id);
    expect(mender.options.mends).toBe(again.import_id);
    expect(await ended(await desk.imports.reread(second.import_id, { path: mended }))).toMatchObject({
      status: 'committed',
    });
    expect(await desk.views()).toEqual(meant);
    // Without the later import those of one place count once.
    await desk.imports.remove(later.import_id);
    expect(await desk.views()).toEqual(['乙 2025-10-03 1', '甲 2025-10-01 100', '甲 2025-10-02 3']);
  });

  it('leaves the import as it was where it fails', async () => {
    const path = await desk.write('日报.csv', LOG);
    const first = await desk.importFile(path, SAID);
    const before = await desk.everything();
    await byOldRules(`UPDATE import SET options = '{"latest_day":"2000-01-01"}' WHERE status = 'committed'`);
    const record = await ended(await desk.imports.reread(first.import_id, { path }));
    expect(record).toMatchObject({ status: 'failed', error: { code: 'too_many_rejects' } });
    expect((await desk.imports.get(first.import_id)).status).toBe('committed');
    expect(await desk.everything()).toEqual(before);
  });

  it('is no duplicate as an upload, and is read in the place of its import', async () => {
    const path = await desk.write('日报.csv', LOG);
    const first = await desk.importFile(path, SAID);
    const meant = await desk.everything();
    const same = async () => desk.imports.upload(Readable.from([await readFile(path)]), '日报.csv');
    expect((await same()).duplicate_of).toBe(first.import_id);
    await byOldRules(KEPT_BEFORE[1] ?? '');
    const upload = await same();
    expect(upload.duplicate_of).toBeNull();
    const record = await ended(await desk.imports.start({ upload_id: upload.upload_id, ...SAID }));
    expect(record.status).toBe('committed');
    expect(await desk.everything()).toEqual(meant);
    expect((await same()).duplicate_of).toBe(record.import_id);
  });

  it('tells beforehand what the rows do not tell: 北美 was taken for the US', async () => {
    const path = await desk.write(
      '北美.csv',
      '日期,剧名,地区,播放增量\n2025-10-01,甲,北美,100\n2025-10-01,乙,美国,50\n',
    );
    const first = await desk.importFile(path, SAID);
    await byOldRules(
      `UPDATE view_log SET region_key = (SELECT region_key FROM region WHERE id = 'US') WHERE region_key = (SELECT region_key FROM region WHERE id = '003')`,
    );
    expect(await told()).toEqual([]);
    const before = await desk.everything();
    const { changes } = await desk.imports.tryReread(first.import_id, { path });
    expect(changes.map(({ part, before, after, count }) => [part, before, after, count])).toEqual([
      ['region', 'US', '003', 1],
    ]);
    expect(await desk.everything()).toEqual(before);
  });

  it('is refused where its bytes are not to be had, or are those of another file', async () => {
    const path = await desk.write('日报.csv', LOG);
    const { import_id: id } = await desk.importFile(path, SAID);
    expect(await refusal(desk.imports.reread(id))).toMatchObject({ code: 'file_not_kept' });
    const other = await desk.write('other.csv', `${LOG}2025-10-03,甲,法国,丙方,言情,1\n`);
    expect(await refusal(desk.imports.reread(id, { path: other }))).toMatchObject({ code: 'other_file' });
    await desk.imports.remove(id);
    expect(await refusal(desk.imports.reread(id, { path }))).toMatchObject({ code: 'import_not_committed' });
  });
});

it('files of the watched folder are found in done/, also where one of that name was there before', async () => {
  const folder = join(desk.folder, 'inbox');
  await mkdir(join(folder, 'done', 'douyin'), { recursive: true });
  for (const [name, text] of [
    ['a.csv', 'one'],
    ['a-2.csv', 'two'],
  ] as const)
    await writeFile(join(folder, 'done', 'douyin', name), text);
  const kept = keptInInbox(folder);
  const sha256 = '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3';
  const at = (filename: string, bytes = 3) => kept({ filename, bytes, sha256 }, { sure: true });
  expect(await at('douyin/a.csv')).toBe(join(folder, 'done', 'douyin', 'a-2.csv'));
  expect(await at('a.csv')).toBeNull();
  expect(await at('../done/douyin/a.csv', 4)).toBeNull();
});
