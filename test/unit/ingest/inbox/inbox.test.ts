import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Inbox, watchInbox } from '../../../../server/ingest/inbox/inbox.ts';
import { Troubles } from '../../../../server/ingest/inbox/troubles.ts';
import type { Imports } from '../../../../server/ingest/queue/imports.ts';
import { answeringImports } from '../../../unanswered.ts';
import { Desk } from '../desk.ts';

const PATIENT = { timeout: 30_000 };

let desk: Desk;
let folder: string;
let inbox: Inbox | null = null;
beforeEach(async () => {
  desk = await Desk.open();
  folder = join(desk.folder, 'inbox');
  await mkdir(folder);
});
afterEach(async () => {
  await inbox?.close();
  inbox = null;
  await desk.close();
});

/** Files of one day: what their views are is answered, unless a test is about that. */
async function watch(imports: Imports = answeringImports(desk.imports)): Promise<void> {
  inbox = await watchInbox({ folder, imports, settle: 30, poll: 10, retry: 20, move });
}

/** Names whose moving the file system refuses: as root a folder's permissions stop nobody. */
const refused = new Set<string>();
async function move(from: string, to: string): Promise<void> {
  for (const name of refused)
    if (from.endsWith(name)) throw Object.assign(new Error(`EACCES: ${from}`), { code: 'EACCES' });
  await rename(from, to);
}

/** The report of a file, once there is one. */
async function report(name: string): Promise<Record<string, unknown>> {
  for (;;) {
    for (const place of ['done', 'failed', 'needs_answer']) {
      const path = join(folder, place, `${name}.report.json`);
      // The file follows its report.
      if (existsSync(path) && existsSync(join(folder, place, name)))
        return { place, ...JSON.parse(await readFile(path, 'utf8')) };
    }
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

/** Moves a file in that was finished long ago, so that those which land together are complete together. */
async function land(name: string, text: string): Promise<void> {
  const path = await desk.write(`outside-${name.replaceAll('/', '-')}`, text);
  await utimes(path, 1, 1);
  await rename(path, join(folder, name));
}
const log = (day: number, views: string) => `date,title,views\n2025-10-0${day},A,${views}\n`;

describe('the watched folder', () => {
  it('imports what lands in it, catalogues first, and keeps file and report in done', async () => {
    await land('views_2.csv', log(2, '2'));
    await land('views_1.csv', log(1, '1'));
    await land('zz_series.csv', 'title,producer,genres\nA,听花岛,都市\n');
    await watch();
    expect(await report('views_2.csv')).toMatchObject({
      place: 'done',
      status: 'committed',
      rejects: null,
      import: { filename: 'views_2.csv', status: 'committed', rows_committed: 1, from: '2025-10-02' },
    });
    expect((await desk.imports.list()).map((r) => r.filename)).toEqual(['views_2.csv', 'views_1.csv', 'zz_series.csv']);
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2']);
    expect((await readdir(folder)).sort()).toEqual(['done', 'failed', 'needs_answer', 'processing']);
    expect(await readdir(join(folder, 'processing'))).toEqual([]);
  });

  it('takes a file only once its name says that it is finished', async () => {
    await land('views.csv.part', log(1, '1'));
    await watch();
    await land('other.csv', log(2, '2'));
    await report('other.csv');
    expect(existsSync(join(folder, 'views.csv.part'))).toBe(true);
    await rename(join(folder, 'views.csv.part'), join(folder, 'views.csv'));
    expect(await report('views.csv')).toMatchObject({ status: 'committed' });
  });

  it('takes a file again, whole, that its sender writes on after it was taken', async () => {
    await watch();
    const text = log(1, '1');
    await writeFile(join(folder, 'slow.csv'), text.slice(0, -1));
    await report('slow.csv');
    expect(await desk.views()).toEqual(['A 2025-10-01 1']);
    // The sender still has it open, wherever it lies by now; what it wrote first ended in the middle of a number.
    await appendFile(join(folder, 'done', 'slow.csv'), '5\n2025-10-02,B,2\n');
    await expect
      .poll(() => report('slow.csv').then((r) => r.earlier), { timeout: 20_000 })
      .toMatchObject([{ status: 'undone', rows_committed: 1 }]);
    const whole = await report('slow.csv');
    expect(whole).toMatchObject({ place: 'done', status: 'committed', import: { rows_committed: 2 } });
    expect(await desk.views()).toEqual(['A 2025-10-01 15', 'B 2025-10-02 2']);
    expect((await readdir(join(folder, 'done'))).sort()).toEqual(['slow.csv', 'slow.csv.report.json']);
    // A time alone is no change.
    await utimes(join(folder, 'done', 'slow.csv'), 1, 1);
    await land('other.csv', log(3, '3'));
    await report('other.csv');
    expect((await desk.imports.list()).map((r) => r.status)).toEqual(['committed', 'committed', 'undone']);
  });

  it('takes what lands in subfolders, keeps the way to it, and files of one name apart', async () => {
    const there = async (name: string, text: string) => {
      await mkdir(join(folder, dirname(name)), { recursive: true });
      await land(name, text);
    };
    await there('douyin/2025/views.csv', log(1, '1'));
    await there('hongguo/views.csv', log(1, '2'));
    await there('hongguo/done/broken.csv', 'date,title,views\n2025-10-01,"A,1\n');
    await there('.sync/views.csv', log(1, '3'));
    await watch();
    expect(await report('douyin/2025/views.csv')).toMatchObject({
      place: 'done',
      file: 'douyin/2025/views.csv',
      import: { filename: 'douyin/2025/views.csv', source: 'douyin/views' },
    });
    expect(await report('hongguo/views.csv')).toMatchObject({ import: { source: 'hongguo/views' } });
    expect(await report('hongguo/done/broken.csv')).toMatchObject({ place: 'failed', status: 'failed' });
    // Neither stands for the other: they are of two sources.
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-01 2']);
    await there('hongguo/views.csv', log(1, '2'));
    expect(await report('hongguo/views-2.csv')).toMatchObject({ place: 'done', status: 'duplicate' });
    expect(await readdir(join(folder, 'processing'))).toEqual([]);
    expect(await readdir(join(folder, '.sync'))).toEqual(['views.csv']);
  });

  it('says of the same bytes that they are there already, and never overwrites what lies in done', async () => {
    await watch();
    await land('views.csv', log(1, '1'));
    await report('views.csv');
    await land('views.csv', log(1, '1'));
    expect(await report('views-2.csv')).toMatchObject({
      place: 'done',
      status: 'duplicate',
      file: 'views-2.csv',
      import: { filename: 'views.csv' },
    });
    expect(await desk.views()).toEqual(['A 2025-10-01 1']);
  });

  it('lets what somebody would have to confirm wait, says how, and takes it once there is a profile', async () => {
    await watch();
    const odd = 'date,title,次数\n2025-10-01,A,5\n';
    await land('odd.csv', odd);
    expect(await report('odd.csv')).toMatchObject({
      place: 'needs_answer',
      status: 'needs_answer',
      problem: {
        code: 'unconfirmed',
        errors: expect.arrayContaining([
          {
            path: 'mapping.views',
            message: { en: expect.stringContaining('“次数”'), zh: expect.stringContaining('“次数”') },
          },
        ]),
      },
      what_to_do: { en: expect.stringContaining('Answer') },
      import: { status: 'needs_answer', filename: 'odd.csv', error: { code: 'unconfirmed' } },
    });
    await land('nothing.csv', 'a,b\n1,2\n');
    expect(await report('nothing.csv')).toMatchObject({ place: 'failed', problem: { code: 'mapping_incomplete' } });
    expect(await desk.views()).toEqual([]);
    await desk.state.profiles.put(
      '榜单',
      {
        header: ['date', 'title', '次数'],
        kind: 'log',
        mapping: { time: 'date', title: 'title', views: '次数' },
        options: {},
      },
      new Date(),
    );
    await expect.poll(() => report('odd.csv'), PATIENT).toMatchObject({ place: 'done', import: { source: '榜单' } });
    expect(await desk.views()).toEqual(['A 2025-10-01 5']);
    expect((await desk.imports.list()).map((r) => r.status)).toEqual(['committed']);
    expect(await readdir(join(folder, 'needs_answer'))).toEqual([]);
  });

  it('takes an answer to a file that waits as that of an upload, or that nobody wants it', async () => {
    await watch();
    await mkdir(join(folder, 'aa'));
    await land('aa/odd.csv', 'date,title,次数\n2025-10-01,A,5\n');
    await land('aa/unwanted.csv', 'date,title,次数\n2025-10-02,A,6\n');
    await land('zz.csv', log(3, '3'));
    expect(await report('zz.csv')).toMatchObject({ status: 'committed' });
    expect(await report('aa/unwanted.csv')).toMatchObject({ place: 'needs_answer' });
    const waiting = (await desk.imports.list()).filter(({ status }) => status === 'needs_answer');
    expect(waiting.map(({ filename }) => filename)).toEqual(['aa/unwanted.csv', 'aa/odd.csv']);
    const [unwanted, odd] = waiting.map(({ import_id }) => import_id);
    const upload = await desk.imports.readAgain(odd ?? '', {});
    expect(upload.columns.map(({ name }) => name)).toContain('次数');
    const mapping = { time: 'date', title: 'title', views: '次数' };
    await desk.imports.start({ upload_id: odd ?? '', mapping, options: { views_are: 'increment' } });
    await expect.poll(() => report('aa/odd.csv'), PATIENT).toMatchObject({ place: 'done', status: 'committed' });
    expect((await desk.imports.remove(unwanted ?? '')).status).toBe('cancelled');
    await expect
      .poll(() => report('aa/unwanted.csv'), PATIENT)
      .toMatchObject({ place: 'failed', problem: { code: 'cancelled' } });
    expect(await desk.views()).toEqual(['A 2025-10-01 5', 'A 2025-10-03 3']);
    expect((await desk.imports.list()).filter(({ status }) => status === 'needs_answer')).toEqual([]);
  });

  it('asks again after a restart what nobody answered', async () => {
    await watch();
    await land('odd.csv', 'date,title,次数\n2025-10-01,A,5\n');
    expect(await report('odd.csv')).toMatchObject({ place: 'needs_answer' });
    await inbox?.close();
    for (const { import_id } of await desk.imports.list()) await desk.imports.unask(import_id);
    await watch();
    await expect.poll(async () => (await desk.imports.list()).map((r) => r.status), PATIENT).toEqual(['needs_answer']);
    expect(await readdir(join(folder, 'needs_answer'))).toContain('odd.csv');
  });

  it('goes on where one file cannot be taken, tells it, and tries it again', async () => {
    await mkdir(join(folder, 'aa'));
    await land('aa/ro.csv', log(1, '1'));
    await land('zz_ok.csv', log(2, '2'));
    refused.add('aa/ro.csv');
    await watch();
    expect(await report('zz_ok.csv')).toMatchObject({ status: 'committed' });
    const told = join(folder, 'failed', 'aa', 'ro.csv.report.json');
    await expect.poll(() => existsSync(told), PATIENT).toBe(true);
    expect(JSON.parse(await readFile(told, 'utf8'))).toMatchObject({
      status: 'blocked',
      problem: { code: 'file_blocked' },
    });
    const [first] = await desk.imports.list();
    expect(first).toMatchObject({ filename: 'aa/ro.csv', status: 'failed', error: { code: 'file_blocked' } });
    expect(JSON.stringify(first)).not.toContain('EACCES');
    refused.clear();
    expect(await report('aa/ro.csv')).toMatchObject({ place: 'done', status: 'committed' });
    await expect.poll(() => existsSync(told), PATIENT).toBe(false);
    expect((await desk.imports.list()).map((r) => r.status)).toEqual(['committed', 'committed']);
  });

  it('imports a file once that can be read and not be put away', async () => {
    await mkdir(join(folder, 'done'));
    await writeFile(join(folder, 'done', 'aa'), 'a file where a folder is needed');
    await mkdir(join(folder, 'aa'));
    await land('aa/one.csv', log(1, '1'));
    await land('zz_ok.csv', log(2, '2'));
    await watch();
    expect(await report('zz_ok.csv')).toMatchObject({ status: 'committed' });
    expect((await desk.imports.list()).map((r) => r.status).sort()).toEqual(['committed', 'committed', 'failed']);
    await rm(join(folder, 'done', 'aa'));
    expect(await report('aa/one.csv')).toMatchObject({ place: 'done', status: 'committed' });
    await expect
      .poll(async () => (await desk.imports.list()).map((r) => r.status), PATIENT)
      .toEqual(['committed', 'committed']);
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2']);
  });

  it('waits longer each time before a file is tried again', () => {
    const troubles = new Troubles(1000);
    const pauses = Array.from({ length: 12 }, () => troubles.note('a', 0).pause);
    expect(pauses.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(pauses.at(-1)).toBe(600_000);
    expect([troubles.isDue('a', 599_999), troubles.isDue('a', 600_000), troubles.isDue('b', 0)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('puts rejected rows beside the report, and moves a file that cannot be read to failed', async () => {
    await watch();
    const rows = Array.from({ length: 20 }, (_, i) => `2025-10-01,S${i},1`).join('\n');
    await land('dirty.csv', `date,title,views\n${rows}\n2025-10-02,A,=1+x\n`);
    expect(await report('dirty.csv')).toMatchObject({ place: 'done', rejects: 'dirty.csv.rejects.csv' });
    const rejects = await readFile(join(folder, 'done', 'dirty.csv.rejects.csv'), 'utf8');
    expect(rejects.split(/\r?\n/u)[1]).toMatch(/^22,views,'?"?'?=1\+x/u);
    await land('broken.csv', 'date,title,views\n2025-10-01,"A,1\n');
    expect(await report('broken.csv')).toMatchObject({ place: 'failed', problem: { code: 'unreadable_file' } });
  });

  it('takes up what a crash left in processing, once, whether it was committed or not', async () => {
    await mkdir(join(folder, 'processing'));
    await writeFile(join(folder, 'processing', 'cut.csv'), log(1, '1'));
    await writeFile(join(folder, 'processing', 'committed.csv'), log(2, '2'));
    await mkdir(join(folder, 'processing', 'douyin'));
    await writeFile(join(folder, 'processing', 'douyin', 'cut.csv'), log(3, '3'));
    // Committed in the moment before the crash.
    await answeringImports(desk.imports).importFile(join(folder, 'processing', 'committed.csv'));
    await watch();
    expect(await report('cut.csv')).toMatchObject({ place: 'done', status: 'committed' });
    expect(await report('committed.csv')).toMatchObject({ place: 'done', status: 'committed' });
    expect(await report('douyin/cut.csv')).toMatchObject({ place: 'done', status: 'committed' });
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2', 'A 2025-10-03 3']);
    expect(await desk.imports.list()).toHaveLength(3);
  });

  it('waits for the same bytes that come through another door, and is moved to failed where it is cancelled', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    void desk.warehouse.write(() => held, { quiet: true });
    const path = await desk.write('elsewhere.csv', log(1, '1'));
    const other = answeringImports(desk.imports).importFile(path);
    await watch();
    await land('views.csv', log(1, '1'));
    await land('later.csv', log(3, '3'));
    letGo();
    await other;
    expect(await report('views.csv')).toMatchObject({ status: 'duplicate' });
    await report('later.csv');
    const again = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    void desk.warehouse.write(() => again, { quiet: true });
    await land('cancelled.csv', log(2, '2'));
    for (;;) {
      const [newest] = await desk.imports.list();
      if (newest?.filename === 'cancelled.csv') {
        const removed = desk.imports.remove(newest.import_id);
        // One that is at the writer's door already leaves it once its turn comes.
        letGo();
        await removed;
        break;
      }
      await new Promise((wake) => setTimeout(wake, 10));
    }
    expect(await report('cancelled.csv')).toMatchObject({ place: 'failed', problem: { code: 'cancelled' } });
  });
});
