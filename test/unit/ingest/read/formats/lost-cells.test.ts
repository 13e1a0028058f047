import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk, doubtsOf, refusal } from '../../desk.ts';
import { row, workbook } from './workbooks.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const options = { views_are: 'increment' as const };
const sheet = (rows: readonly string[], extra = {}) => workbook([{ name: 'A', rows: rows.join('') }], extra);

describe('ids of more than 15 digits in number cells', () => {
  const cell = (at: string, value: string) => `<c r="${at}"><v>${value}</v></c>`;
  /** Excel keeps 15 digits: the first two ids were different ones. */
  const book = (titles: readonly string[]) =>
    sheet([
      row(1, ['日期', '剧集ID', '剧名', '播放量']),
      ...['7.5313459909478513E+18', '7.5313459909478513E+18', '7.5313459909478523E+18'].map((id, i) =>
        row(i + 2, [`2025-10-0${i + 1}`, null, titles[i] ?? null, 100]).replace(
          `<c r="B${i + 2}"/>`,
          cell(`B${i + 2}`, id),
        ),
      ),
    ]);

  it('are refused where one of them has two titles, by way of the file as it comes', async () => {
    const { code, detail } = await refusal(desk.import(book(['剧A', '剧B', '剧C']), { name: 'a.xlsx', options }));
    expect(code).toBe('mapping_incomplete');
    expect(detail).toContain('7531345990947851264');
    expect(detail).toContain('剧A');
    expect(await desk.views()).toEqual([]);
  });

  it('are told of where titles do not contradict them, and asked about before', async () => {
    const path = await desk.write('b.xlsx', book(['剧A', '剧A', '剧C']));
    const asked = await desk.imports.dryRunFile(path, { options });
    expect(asked.warnings.map(({ code }) => code)).toContain('digits_lost');
    const record = await desk.import(book(['剧A', '剧A', '剧C']), { name: 'a.xlsx', options });
    expect(record.warnings.filter(({ code }) => code === 'digits_lost')).toMatchObject([{ count: 2 }]);
    expect(record.warnings.map(({ code }) => code)).toContain('unconfirmed');
  });

  it('can be left out for the titles', async () => {
    const mapping = { time: '日期', title: '剧名', views: '播放量' };
    const record = await desk.import(book(['剧A', '剧B', '剧C']), { name: 'a.xlsx', options, mapping });
    expect(record.warnings).toEqual([]);
    expect(await desk.views()).toHaveLength(3);
  });

  it('are told of in a CSV that a spreadsheet saved, too, and not where they are texts', async () => {
    const csv = (id: string) => `日期,剧集ID,剧名,播放量\n2025-10-01,${id},剧A,1\n2025-10-02,${id},剧B,2\n`;
    expect((await refusal(desk.import(csv('7.53135E+18'), { options }))).code).toBe('mapping_incomplete');
    const record = await desk.import(csv('7531345990947851551'), { options });
    expect(record.warnings.map(({ code }) => code)).not.toContain('digits_lost');
    const texts = sheet([
      row(1, ['日期', '剧集ID', '剧名', '播放量']),
      row(2, ['2025-10-01', '7531345990947851551', '剧A', 1]),
    ]);
    const kept = await desk.import(texts, { name: 't.xlsx', options });
    expect(kept.warnings.map(({ code }) => code)).not.toContain('digits_lost');
  });
});

describe('formulas', () => {
  const formula = (at: string, result: string) => `<c r="${at}"><f>50+0</f>${result}</c>`;
  const book = (results: readonly string[], extra = '') => {
    const bytes = results.map((result, i) =>
      row(i + 2, [`2025-10-0${i + 1}`, '甲剧', null]).replace(`<c r="C${i + 2}"/>`, formula(`C${i + 2}`, result)),
    );
    return workbook([{ name: 'A', rows: [row(1, ['日期', '剧名', '播放量']), ...bytes].join(''), extra }]);
  };

  it.each([
    ['no result', ''],
    ['an empty one', '<v></v>'],
    ['an empty element', '<v/>'],
  ])('with %s in the whole column of views are refused, with their count', async (_what, result) => {
    const { code, detail } = await refusal(
      desk.import(book([result, result, result, result]), { name: 'a.xlsx', options }),
    );
    expect(code).toBe('unreadable_file');
    expect(detail).toContain('4 cells of “播放量” hold formulas without results');
  });

  it('of which some have a result are told of, and the others count', async () => {
    const bytes = book(['<v>50</v>', '', '<v>0</v>']);
    const record = await desk.import(bytes, { name: 'a.xlsx', options });
    expect(record.warnings.filter(({ code }) => code === 'formulas_without_results')).toMatchObject([{ count: 1 }]);
    expect(await desk.views()).toEqual(['甲剧 2025-10-01 50', '甲剧 2025-10-02 null', '甲剧 2025-10-03 0']);
  });

  it('whose result is an empty text are blank cells', async () => {
    const blank = workbook([
      {
        name: 'A',
        rows: `${row(1, ['日期', '剧名', '播放量'])}${row(2, ['2025-10-01', '甲剧', 5])}<row r="3"><c r="A3" t="inlineStr"><is><t>2025-10-02</t></is></c><c r="B3" t="inlineStr"><is><t>甲剧</t></is></c><c r="C3" t="str"><f>""</f><v></v></c></row>`,
      },
    ]);
    expect((await desk.import(blank, { name: 'b.xlsx', options })).warnings).toEqual([]);
  });

  it('are asked about where the file is looked at', async () => {
    const upload = await desk.imports.upload(Readable.from([book(['', '<v>51</v>'])]), 'a.xlsx');
    expect(doubtsOf(upload)).toContain('1 cell of “播放量” holds a formula without a result');
  });
});
