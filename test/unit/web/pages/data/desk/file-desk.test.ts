import { describe, expect, it, vi } from 'vitest';
import type { ImportRecord, Upload } from '../../../../../../server/contract/imports.ts';
import { ApiError } from '../../../../../../web/data/api/request.ts';
import { type DeskEffects, FileDesk } from '../../../../../../web/pages/data/desk/fileDesk.ts';
import { refusalOf } from '../../../../../../web/pages/data/desk/formats.ts';
import { previewOf } from '../../../../../../web/pages/data/desk/preview.ts';
import { openQuestions } from '../../../../../../web/pages/data/desk/questions.ts';
import { paceAfter } from '../../../../../../web/pages/data/desk/speed.ts';

const upload = (over: Partial<Upload> = {}): Upload => ({
  upload_id: `up ${over.filename}`,
  filename: 'a.csv',
  bytes: 3,
  sha256: '',
  format: 'csv',
  kind: 'log',
  compression: null,
  encoding: 'utf-8',
  encodings: [],
  delimiter: ',',
  sheets: [],
  sheet: null,
  header_row: 1,
  first_rows: [],
  columns: [],
  preview: [],
  mapping: { time: '日期', title: '剧名', views: '播放量' },
  options: { views_are: 'increment' },
  reasons: [],
  profile: null,
  doubts: [],
  questions: [],
  duplicate_of: null,
  ...over,
});

/** Effects that write down what is asked of them; uploads answer with what `answers` has for the name. */
function world(answers: Record<string, Partial<Upload> | ApiError>) {
  const said: string[] = [];
  const watchers = new Map<string, (record: ImportRecord) => void>();
  const effects: DeskEffects = {
    async upload(file, onSent) {
      said.push(`send ${file.name}`);
      onSent(1);
      const answer = answers[file.name];
      if (answer instanceof ApiError) throw answer;
      return upload({ ...answer, filename: file.name, upload_id: `up ${file.name}` });
    },
    async readAgain(id, reading) {
      said.push(`read ${id} ${JSON.stringify(reading)}`);
      if (reading.encoding === 'big5') throw new ApiError('unreadable_file', 'no Big5');
      const answer = answers[id.replace('up ', '')];
      const known = answer instanceof ApiError ? {} : answer;
      // Judged for columns that somebody chose, the server asks nothing more of these.
      const asked = reading.mapping === undefined ? {} : { questions: [] };
      return upload({ ...known, ...asked, upload_id: id, encoding: reading.encoding ?? null });
    },
    async start(request, force) {
      said.push(`import ${request.upload_id}${force ? ' again' : ''} ${request.save_profile ?? ''}`.trim());
      return `import of ${request.upload_id}`;
    },
    watch(id, onChange) {
      watchers.set(id, onChange);
      return () => undefined;
    },
    async removeImport(id) {
      said.push(`cancel ${id}`);
    },
    now: () => 0,
  };
  return { desk: new FileDesk(effects), said, watchers };
}

const failed: ImportRecord = {
  import_id: 'import of up a.csv',
  filename: 'a.csv',
  source: 'a',
  kind: 'log',
  status: 'failed',
  phase: null,
  rows_read: 2,
  rows_committed: 0,
  rows_rejected: 2,
  rows_unchanged: 0,
  bytes: 3,
  bytes_read: 3,
  progress: 1,
  seconds_left: null,
  queue_position: null,
  error: { code: 'too_many_rejects', detail: { en: 'too many', zh: '太多' } },
  warnings: [],
  from: null,
  to: null,
  started_at: '2025-10-01T00:00:00Z',
  finished_at: '2025-10-01T00:00:01Z',
  sha256: '',
  mapping: {},
  options: {},
  synthetic: false,
};

const file = (name: string, text = 'abc') => new File([text], name, { lastModified: 1 });
const states = (desk: FileDesk) => Object.fromEntries(desk.files().map(({ name, state }) => [name, state]));

describe('a file that was imported before', () => {
  const first: ImportRecord = { ...failed, import_id: 'import 1', status: 'committed', sha256: 'same', error: null };
  const undone: ImportRecord = { ...first, status: 'undone' };

  it('is free again once that import is undone, unless another one of the same bytes counts', async () => {
    const { desk, said } = world({ 'a.csv': { duplicate_of: 'import 1', sha256: 'same' } });
    desk.add([file('a.csv')]);
    await desk.send();
    desk.heard([first]);
    expect(states(desk)).toEqual({ 'a.csv': 'duplicate' });
    desk.heard([{ ...first, import_id: 'import 2' }, undone]);
    expect(desk.files()[0]?.upload?.duplicate_of).toBe('import 2');
    desk.heard([{ ...undone, import_id: 'import 2' }, undone]);
    expect(states(desk)).toEqual({ 'a.csv': 'ready' });
    await desk.import('file-1');
    expect(said).toContain('import up a.csv');
  });
});

describe('files brought to the data page', () => {
  it('include one that the server holds and asks about, once, and that is not sent again', async () => {
    const { desk, said } = world({ 'w.csv': { doubts: [{ en: 'which?', zh: '哪列？' }] } });
    const asked: ImportRecord = { ...failed, import_id: 'up w.csv', filename: 'in/w.csv', status: 'needs_answer' };
    const id = await desk.answer(asked);
    expect(await desk.answer(asked)).toBe(id);
    expect(states(desk)).toEqual({ 'in/w.csv': 'look' });
    await desk.import(id);
    expect(said).toEqual(['read up w.csv {}', 'import up w.csv']);
    desk.again(id);
    expect(desk.files()).toEqual([]);
  });

  it('are sent one by one, and say which are ready, need a look, were imported before, or are no data', async () => {
    const { desk, said } = world({
      'b.csv': { doubts: [{ en: 'its encoding is a guess', zh: '编码为推测' }] },
      'c.csv': { duplicate_of: 'import 1' },
      'd.csv': { mapping: { time: '日期' } },
      'e.csv': new ApiError('unreadable_file', 'broken'),
    });
    desk.add(['a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.csv', 'f.zip', '.DS_Store', '~$g.xlsx'].map((name) => file(name)));
    expect(said).toEqual([]);
    await desk.send();
    expect(said).toEqual(['send a.csv', 'send b.csv', 'send c.csv', 'send d.csv', 'send e.csv']);
    expect(states(desk)).toEqual({
      'a.csv': 'ready',
      'b.csv': 'look',
      'c.csv': 'duplicate',
      'd.csv': 'look',
      'e.csv': 'failed',
      'f.zip': 'refused',
    });
  });

  it('that need no look are imported together, rates and catalogues before logs', async () => {
    const rates = { kind: 'rates', mapping: { time: 'd', currency: 'c', rate: 'r' } } as const;
    const catalog = { kind: 'catalog', mapping: { title: 't', genres: 'g' } } as const;
    const { desk, said } = world({ 'b.csv': { doubts: [{ en: '?', zh: '？' }] }, 'c.csv': catalog, 'd.csv': rates });
    desk.add(['a.csv', 'b.csv', 'c.csv', 'd.csv'].map((name) => file(name)));
    await desk.send();
    said.length = 0;
    await desk.importReady();
    expect(said).toEqual(['import up d.csv', 'import up c.csv', 'import up a.csv']);
    expect(states(desk)).toMatchObject({ 'a.csv': 'importing', 'b.csv': 'look' });
  });

  it('dropped twice are one, until it has ended', () => {
    const { desk } = world({});
    const twice = file('a.csv');
    desk.add([twice]);
    desk.add([twice, file('b.csv')]);
    expect(desk.files().map(({ name }) => name)).toEqual(['a.csv', 'b.csv']);
  });

  it('stay as they were when they cannot be read as asked, and say why', async () => {
    const { desk, said } = world({});
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    await desk.reread(id, { encoding: 'gb18030' });
    await desk.reread(id, { encoding: 'big5' });
    expect(said.slice(1)).toEqual(['read up a.csv {"encoding":"gb18030"}', 'read up a.csv {"encoding":"big5"}']);
    expect(desk.files()[0]).toMatchObject({
      upload: { encoding: 'gb18030' },
      reading: { encoding: 'gb18030' },
      rereadError: { code: 'unreadable_file' },
      rereading: false,
    });
  });

  it('sent once more after a failure are read as they were, with what was chosen for them', async () => {
    const columns = ['日期', '剧名', '播放量', '热度'].map((name) => ({
      name,
      type: 'text',
      samples: [],
      proposed: null,
      reason: null,
    }));
    const { desk, said, watchers } = world({ 'a.csv': { columns } });
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    await desk.reread(id, { header_row: 2 });
    const mapping = { time: '日期', title: '剧名', views: '热度' } as const;
    const draft = { kind: 'log', mapping, options: { date_order: 'dmy', views_are: 'increment' } } as const;
    desk.edit(id, draft);
    await desk.import(id);
    watchers.get('import of up a.csv')?.(failed);
    expect(states(desk)).toEqual({ 'a.csv': 'failed' });
    said.length = 0;
    desk.again(id);
    await expect.poll(() => states(desk)).toEqual({ 'a.csv': 'ready' });
    expect(said).toEqual(['send a.csv', 'read up a.csv {"header_row":2}']);
    expect(desk.files()[0]).toMatchObject({ draft, chosen: null });
  });

  it('keep their settings under the name of the source, where that is asked', async () => {
    const { desk, said } = world({ 'a.csv': { options: { source: '抖音', views_are: 'increment' } } });
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    desk.keepProfile(id, true);
    await desk.import(id);
    expect(said.at(-1)).toBe('import up a.csv 抖音');
  });

  it('are cancelled where they are: an import by the server', async () => {
    const { desk, said } = world({});
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    await desk.import(id);
    await desk.cancel(id);
    expect(said.at(-1)).toBe('cancel import of up a.csv');
  });
});

describe('what a browser knows of a file before it is sent', () => {
  it('is why it cannot be data, by its name', () => {
    expect(['a.csv', 'a.csv.gz', 'a.xlsx', 'a', 'a.xls', 'a.ZIP'].map((name) => refusalOf(name, 1))).toEqual([
      null,
      null,
      null,
      null,
      'refused_xls',
      'refused_archive',
    ]);
    expect(refusalOf('a.csv', 0)).toBe('refused_empty');
  });

  it('is its first rows, decoded and parted', () => {
    const utf8 = new TextEncoder().encode('日期;剧名\n2025-10-01;"老千;归来"\n');
    expect(previewOf(utf8, true)).toEqual({
      encoding: 'utf-8',
      delimiter: ';',
      rows: [
        ['日期', '剧名'],
        ['2025-10-01', '老千;归来'],
      ],
      more: false,
    });
    // “日期,剧名,播放量 / 2025-10-01,老千,1000” in GB18030.
    const gb = Uint8Array.from(Buffer.from('yNXG2iy+58P7LLKlt8XBvwoyMDI1LTEwLTAxLMDPx6csMTAwMAo=', 'base64'));
    expect(previewOf(gb, true)).toMatchObject({ encoding: 'gb18030', rows: [['日期', '剧名', '播放量'], {}] });
  });

  it('leaves out the line that the look cut through, and a character cut in two is no other encoding', () => {
    const bytes = new TextEncoder().encode('日期,剧名\n2025-10-01,老千\n2025-10-02,老');
    const cut = previewOf(bytes.subarray(0, bytes.length - 1), false);
    expect(cut).toMatchObject({ encoding: 'utf-8', more: true });
    expect(cut?.rows).toHaveLength(2);
  });

  it('is nothing for what is no text', () => {
    expect(previewOf(Uint8Array.from([0x1f, 0x8b, 8, 1, 2]), true)).toBeNull();
    expect(previewOf(Uint8Array.from([80, 75, 3, 4, 0, 0]), true)).toBeNull();
  });

  it('whose columns are chosen otherwise are judged anew for these; what the reader said of them stays', async () => {
    const other = { time: 'a', title: 'b', views: 'c' };
    const { desk, said } = world({
      'a.csv': { mapping: other, options: { views_are: 'cumulative', decimal_mark: 'comma', source: 'a' } },
    });
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    const proposed = desk.files()[0]?.draft;
    if (!proposed) throw new Error('no draft');
    const mapping = { ...other, views: 'd' };
    desk.edit(id, { ...proposed, options: { ...proposed.options, views_are: 'increment' } });
    desk.edit(id, { ...proposed, mapping, options: { ...proposed.options, source: 'mine' } });
    expect(said.at(-1)).toBe(`read up a.csv ${JSON.stringify({ kind: 'log', mapping: JSON.stringify(mapping) })}`);
    await vi.waitFor(() => expect(desk.files()[0]?.rereading).toBe(false));
    expect(desk.files()[0]?.draft).toEqual({
      kind: 'log',
      mapping,
      options: { views_are: 'cumulative', decimal_mark: 'comma', source: 'mine' },
    });
    expect(said.filter((line) => line.startsWith('read'))).toHaveLength(1);
  });
});

describe('what the server asks of a file', () => {
  const ask = (path: string) => ({ path, message: { en: `which ${path}?`, zh: `${path}？` } });
  const asked = async (over: Partial<Upload>) => {
    const { desk, said } = world({ 'a.csv': over });
    const id = desk.add([file('a.csv')]) ?? '';
    await desk.send();
    const now = () => {
      const [one] = desk.files();
      if (!one?.draft || !one.upload) throw new Error('not described');
      return { ...one, draft: one.draft, upload: one.upload, open: openQuestions(one).map(({ path }) => path) };
    };
    const begun = async () => {
      await vi.waitFor(() => expect(now().rereading).toBe(false));
      await desk.import(id);
      return said.some((line) => line.startsWith('import'));
    };
    return { desk, id, said, now, begun };
  };

  it('keeps it from being imported until each question is answered, by choosing or by a yes', async () => {
    const questions = ['mapping.views', 'options.across', 'options.decimal_mark'].map(ask);
    const { desk, id, now, begun } = await asked({ questions, options: { views_are: 'increment', across: 'time' } });
    expect([now().open.length, await begun()]).toEqual([3, false]);
    desk.edit(id, { ...now().draft, options: { ...now().draft.options, decimal_mark: 'point' } });
    expect([now().open, await begun()]).toEqual([['mapping.views', 'options.across'], false]);
    for (const question of questions) desk.confirm(id, question);
    expect(now()).toMatchObject({ open: [], reading: { across: 'time' } });
    expect(await begun()).toBe(true);
  });

  it('is no answered question once its answer is taken back, nor by a yes to nothing', async () => {
    const { desk, id, now, begun } = await asked({ questions: [ask('options.decimal_mark')] });
    const plain = now().draft;
    desk.edit(id, { ...plain, options: { ...plain.options, decimal_mark: 'comma' } });
    desk.edit(id, plain);
    desk.confirm(id, ask('options.decimal_mark'));
    expect([now().open, await begun()]).toEqual([['options.decimal_mark'], false]);
  });

  it('about the views is not answered by choosing another column', async () => {
    const { desk, id, now, begun } = await asked({ questions: [ask('mapping.views')] });
    desk.edit(id, { ...now().draft, mapping: { ...now().draft.mapping, likes: '点赞' } });
    expect([await begun(), now().open]).toEqual([false, ['mapping.views']]);
    desk.edit(id, { ...now().draft, mapping: { ...now().draft.mapping, views: '播放量_2' } });
    expect(await begun()).toBe(true);
  });

  it('of numbers without a day is answered by what the file is, and its columns are then those of that kind', async () => {
    const columns = { mapping: { title: '标题', release_at: '发布时间' }, questions: [ask('options.day')] };
    const { desk, id, said, now, begun } = await asked({ ...columns, kind: 'catalog' });
    expect(await begun()).toBe(false);
    desk.edit(id, { ...now().draft, kind: 'log' });
    expect(said.at(-1)).toBe('read up a.csv {"kind":"log"}');
    await vi.waitFor(() => expect(now().rereading).toBe(false));
    expect(now().open).toEqual(['options.day']);
    desk.edit(id, { ...now().draft, kind: 'catalog' });
    expect([await begun(), now().answered]).toEqual([true, ['kind']]);
  });
});

describe('the speed of a transfer', () => {
  it('follows the newest stretch by a third, and is not told of moments too short', () => {
    const start = { sent: 0, at: 0, speed: null };
    expect(paceAfter(start, 500, 100)).toBe(start);
    const first = paceAfter(start, 1000, 1000);
    expect(first.speed).toBe(1000);
    expect(paceAfter(first, 3000, 2000).speed).toBe(1300);
  });
});
