import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchInbox } from '../../../../../server/ingest/inbox/inbox.ts';
import { sheetsLeftOut } from '../../../../../server/ingest/propose/messages.ts';
import { Desk, refusal } from '../../desk.ts';
import { row, workbook } from './workbooks.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const table = (...rows: (string | number)[][]) =>
  [['日期', '剧名', '新增播放量'], ...rows].map((cells, i) => row(1 + i, cells)).join('');
const both = () =>
  workbook([
    { name: '说明', rows: row(1, ['口径', '备注']) + row(2, ['播放量', '含端外']) },
    { name: '抖音', rows: table(['2025-10-01', '甲', 1], ['2025-10-01', '乙', 2], ['2025-10-02', '乙', 3]) },
    { name: '快手', rows: table(['2025-10-01', '甲', 10], ['2025-10-01', '乙', 20]) },
    { name: '草稿', rows: table(['2025-10-01', '甲', 99]), state: 'hidden' },
  ]);

describe('a workbook with several sheets of data', () => {
  it('asks which, and takes the second as an import of its own', async () => {
    const upload = await desk.imports.upload(Readable.from([both()]), '月报.xlsx');
    const leftOut = sheetsLeftOut('抖音', [{ name: '快手', rows: 2 }]);
    expect(upload.doubts).toContainEqual(leftOut);
    const path = await desk.write('月报.xlsx', both());
    const first = await desk.importFile(path);
    expect(first.warnings).toEqual([{ code: 'sheets_left_out', count: 1, detail: leftOut }]);
    expect((await refusal(desk.importFile(path))).code).toBe('duplicate_import');
    // The page looks again when another sheet is chosen.
    const { upload_id: id } = upload;
    const chosen = (sheet: string) => desk.imports.readAgain(id, { options: { sheet } });
    expect((await chosen('抖音')).duplicate_of).toBe(first.import_id);
    const other = await chosen('快手');
    expect(other).toMatchObject({ duplicate_of: null, options: { platform: 'kuaishou' } });
    expect(other.doubts.map(({ en }) => en).join()).not.toContain('sheet');
    const second = await desk.importFile(path, { options: { sheet: '快手' } });
    expect([second.rows_committed, second.options.platform, second.warnings]).toEqual([2, 'kuaishou', []]);
    expect((await refusal(desk.importFile(path, { options: { sheet: '快手' } }))).code).toBe('duplicate_import');
    // The sheets' names say the platforms, so neither replaces the other's rows.
    expect(await desk.views()).toEqual([
      '乙 2025-10-01 2',
      '乙 2025-10-01 20',
      '乙 2025-10-02 3',
      '甲 2025-10-01 1',
      '甲 2025-10-01 10',
    ]);
  });

  it('waits in the watched folder for an answer, with the sheets named', async () => {
    const folder = `${desk.folder}/inbox`;
    const inbox = await watchInbox({ folder, imports: desk.imports, settle: 30, poll: 10 });
    try {
      await desk.write('inbox/月报.xlsx', both());
      const { readFile } = await import('node:fs/promises');
      await expect
        .poll(() => readFile(`${folder}/needs_answer/月报.xlsx.report.json`, 'utf8').catch(() => ''), {
          timeout: 20_000,
        })
        .toContain(sheetsLeftOut('抖音', [{ name: '快手', rows: 2 }]).en);
    } finally {
      await inbox.close();
    }
    expect(await desk.views()).toEqual([]);
  });
});

describe('a list without dates', () => {
  it('says which columns of numbers a catalogue leaves out', async () => {
    const record = await desk.import('title,producer,genres,views,likes\n甲,听花岛,都市,100,5\n', { kind: 'catalog' });
    expect([record.kind, record.warnings.map((w) => [w.code, w.count])]).toEqual([
      'catalog',
      [['columns_left_out', 2]],
    ]);
    expect(record.warnings[0]?.detail.en).toContain('“views”, “likes”');
  });
});
