import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => {
  letGo();
  return desk.close();
});

const file = (n: number) => `date,title,views\n2025-10-0${n},A,${n}\n`;

async function queued(n: number): Promise<ImportRecord> {
  const { upload_id } = await desk.imports.upload(Readable.from([Buffer.from(file(n))]), `views_${n}.csv`);
  return desk.imports.start({ upload_id, options: { views_are: 'increment' } });
}

async function until(
  ids: readonly string[],
  done: (records: readonly ImportRecord[]) => boolean,
): Promise<readonly ImportRecord[]> {
  for (;;) {
    const records = await Promise.all(ids.map((id) => desk.imports.get(id)));
    if (done(records)) return records;
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

const ended = (record: ImportRecord) => record.status !== 'queued' && record.status !== 'running';

/** Keeps the writer busy until it is let go, so that imports wait behind it. */
let letGo = () => {};
function holdWriter(): void {
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  void desk.warehouse.write(() => held, { quiet: true });
}

describe('imports in the queue', () => {
  it('tell their place, and are committed in the order in which they came', async () => {
    holdWriter();
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push((await queued(n)).import_id);
    const places = (await Promise.all(ids.map((id) => desk.imports.get(id)))).map((r) => [r.status, r.queue_position]);
    expect(places).toEqual([
      ['running', null],
      ['queued', 1],
      ['queued', 2],
    ]);
    letGo();
    await until(ids, (records) => records.every(ended));
    const numbers = await desk.rows('SELECT import_id FROM import ORDER BY import_no');
    expect(numbers.map((r) => r.import_id)).toEqual(ids);
  });

  it('leave it at once when they are cancelled, while another one runs', async () => {
    holdWriter();
    const first = await queued(1);
    const second = await queued(2);
    const third = await queued(3);
    expect((await desk.imports.remove(second.import_id)).status).toBe('cancelled');
    expect((await desk.imports.get(third.import_id)).queue_position).toBe(1);
    expect((await desk.imports.get(first.import_id)).status).toBe('running');
    letGo();
    const all = await until([first.import_id, second.import_id, third.import_id], (records) => records.every(ended));
    expect(all.map((r) => r.status)).toEqual(['committed', 'cancelled', 'committed']);
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-03 3']);
    expect((await desk.imports.list()).map((r) => r.import_id).sort()).toEqual(all.map((r) => r.import_id).sort());
  });

  it('keep their file however long they wait, where uploads that nobody imports go after a day', async () => {
    holdWriter();
    const waiting = [await queued(1), await queued(2)];
    const forgotten = await desk.imports.upload(Readable.from([Buffer.from(file(3))]), 'views_3.csv');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3600 * 1000 });
    const later = await queued(4);
    vi.useRealTimers();
    letGo();
    const ids = [...waiting, later].map(({ import_id }) => import_id);
    const records = await until(ids, (all) => all.every(ended));
    expect(records.map(({ status }) => status)).toEqual(['committed', 'committed', 'committed']);
    expect((await refusal(desk.imports.start({ upload_id: forgotten.upload_id }))).code).toBe('upload_not_found');
  });

  it('refuse the same bytes when their turn comes, where they were committed meanwhile', async () => {
    const path = await desk.write('views.csv', file(1));
    // Both were accepted before either was there.
    const importOne = () => desk.imports.importFile(path, { options: { views_are: 'increment' } });
    const outcomes = await Promise.allSettled([importOne(), importOne()]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await desk.views()).toEqual(['A 2025-10-01 1']);
  });

  it('can be cancelled while the file is still read, and nothing is kept', async () => {
    const path = await desk.write('views.csv', file(1));
    const stop = new AbortController();
    const refused = refusal(desk.importFile(path, { signal: stop.signal, onBytes: () => stop.abort() }));
    expect((await refused).code).toBe('cancelled');
    expect(await desk.views()).toEqual([]);
  });
});
