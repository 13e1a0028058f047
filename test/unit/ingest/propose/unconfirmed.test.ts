import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measuresWithoutDay, takenByValues, viewsPerPlatform } from '../../../../server/ingest/propose/messages.ts';
import { Desk, doubtsOf, refusal } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

/** Eight series that rise a little from one day to the next: too few steps to tell. */
const risingIn = (month: number) =>
  `日期,剧名,播放量\n${[1, 2].flatMap((d) => [1, 2, 3, 4, 5, 6, 7, 8].map((s) => `2026-0${month}-0${d},剧${s},${s * 5000 + (month * 2 + d) * 90}`)).join('\n')}\n`;
const rising = risingIn(3);

describe('a question that decides a total and that nobody answers', () => {
  it('is refused, naming the option, and nothing is queued', async () => {
    const { upload_id, options } = await desk.look(rising);
    expect(options.views_are).toBeUndefined();
    const path = await desk.write('日报.csv', rising);
    for (const work of [desk.imports.start({ upload_id }), desk.imports.importFile(path)])
      await expect(work).rejects.toMatchObject({
        code: 'unconfirmed',
        status: 422,
        errors: [{ path: 'options.views_are' }],
      });
    expect(await desk.imports.list()).toEqual([]);
  });

  it('is a warning of the dry run, which writes nothing', async () => {
    const { upload_id } = await desk.look(rising);
    const dry = await desk.imports.dryRun({ upload_id });
    expect(dry.warnings).toMatchObject([{ code: 'unconfirmed', count: 1 }]);
    expect(await desk.imports.list()).toEqual([]);
  });

  it('is none where an option answers it', async () => {
    const { upload_id } = await desk.look(rising);
    const dry = await desk.imports.dryRun({ upload_id, options: { views_are: 'increment' } });
    expect(dry.warnings).toEqual([]);
    await desk.imports.start({ upload_id, options: { views_are: 'increment' } });
  });

  it('is answered by an earlier import of the source, also one since the file was looked at', async () => {
    const { upload_id } = await desk.look(risingIn(4));
    await desk.import(rising, { name: '日报.csv', options: { views_are: 'cumulative' } });
    const dry = await desk.imports.dryRun({ upload_id });
    expect(dry.warnings).toEqual([]);
    expect((await desk.look(risingIn(5))).options.views_are).toBe('cumulative');
  });
});

describe('a doubt that decides no total', () => {
  const unnamed = '日期,x,播放量\n2026-03-01,甲,5\n2026-03-02,乙,6\n';
  const options = { views_are: 'increment' } as const;

  it('is a warning of the dry run and of the record, with what to say', async () => {
    const { upload_id } = await desk.look(unnamed);
    const dry = await desk.imports.dryRun({ upload_id, options });
    expect(dry.warnings.map(({ code, detail }) => [code, detail.en])).toEqual([
      ['unconfirmed', expect.stringContaining(takenByValues('x', 'title').en)],
    ]);
    const record = await desk.import(unnamed, { options });
    expect(record.warnings).toEqual(dry.warnings);
    expect(await desk.imports.get(record.import_id)).toMatchObject({ warnings: dry.warnings });
  });

  it('is refused where the request asks for that', async () => {
    const { upload_id } = await desk.look(unnamed);
    const refused = await refusal(desk.imports.start({ upload_id, options }, { strict: true }));
    expect(refused.code).toBe('unconfirmed');
    expect(refused.detail).toContain(takenByValues('x', 'title').en);
    expect(await desk.imports.list()).toEqual([]);
  });
});

describe('columns of views that no field is known for', () => {
  const wide = '日期,剧名,抖音播放量,快手播放量\n2026-03-01,宽A,100,50\n2026-03-01,宽B,200,60\n';

  it.each([wide, '日期,剧名,抖音,快手\n2026-03-01,宽A,100,50\n'])('make no log of events', async (text) => {
    const { upload_id: id } = await desk.look(text);
    const columns = text.slice(0, text.indexOf('\n')).split(',').slice(2);
    const upload = await desk.imports.readAgain(id, { options: { across: 'none' } });
    expect(upload.options.views_are).toBeUndefined();
    expect(doubtsOf(upload)).toContain(viewsPerPlatform(columns).en);
    const { upload_id } = upload;
    for (const work of [() => desk.imports.dryRun({ upload_id }), () => desk.imports.start({ upload_id })])
      expect(await refusal(work())).toMatchObject({
        code: 'unconfirmed',
        detail: expect.stringContaining(viewsPerPlatform(columns).en),
      });
  });

  it('are imported one by one, each with its platform, as it is told', async () => {
    for (const [column, platform] of [
      ['抖音播放量', '抖音'],
      ['快手播放量', '快手'],
    ] as const)
      await desk.import(wide, {
        name: '分平台.csv',
        map: { views: column },
        options: { platform, views_are: 'increment', across: 'none' },
      });
    expect(await desk.views()).toEqual([
      '宽A 2026-03-01 100',
      '宽A 2026-03-01 50',
      '宽B 2026-03-01 200',
      '宽B 2026-03-01 60',
    ]);
  });

  it('may be left out where somebody says that rows are events, and are not seen in numbers of something else', async () => {
    await desk.import(wide, { options: { views_are: 'event', across: 'none' } });
    expect(await desk.views()).toEqual(['宽A 2026-03-01 1', '宽B 2026-03-01 1']);
    const events = await desk.look(
      'time,title,user_age,play_id\n2026-03-01T10:00:00Z,A,31,p7\n2026-03-01T10:05:00Z,B,22,p8\n',
    );
    expect(events.options.views_are).toBe('event');
  });
});

describe('a catalogue with a column of views', () => {
  const catalogue =
    '剧名,承制方,题材,上线日期,播放量\n目A,听花岛,都市,2026-01-01,1000\n目B,点众,古代,2026-01-05,2000\n';

  it('is asked about, and taken without a word once its kind is said', async () => {
    const upload = await desk.look(catalogue, '剧集.csv');
    expect(upload.kind).toBe('catalog');
    expect(doubtsOf(upload)).toBe(measuresWithoutDay(['播放量'], ['views']).en);
    const { upload_id } = upload;
    const dry = await desk.imports.dryRun({ upload_id });
    expect(dry.warnings.map(({ code }) => code)).toEqual(['unconfirmed', 'columns_left_out']);
    await expect(desk.imports.start({ upload_id })).rejects.toMatchObject({
      code: 'unconfirmed',
      errors: [{ path: 'options.day' }],
    });
    const said = await desk.imports.dryRun({ upload_id, kind: 'catalog' });
    expect(said.warnings.map(({ code }) => code)).toEqual(['columns_left_out']);
    await desk.imports.start({ upload_id, options: { day: '2026-03-01', views_are: 'increment' } });
    expect(await desk.imports.list()).toMatchObject([{ kind: 'log' }]);
  });

  it('has no such doubt without one', async () => {
    const upload = await desk.look(catalogue.replaceAll(/,[^,\n]+\n/gu, '\n'), '剧集.csv');
    expect([upload.kind, doubtsOf(upload)]).toEqual(['catalog', '']);
  });
});
