import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCommand } from '../../../../scripts/import/flags.ts';
import { problemsOf } from '../../../../web/pages/data/desk/mapping.ts';
import { Desk, refusal } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

const account = 'Date,Video Views,Likes\n2025-10-01,10,1\n2025-10-02,7,\n2025-10-03,x,\n';

describe('a log of one account', () => {
  it('is refused without its series, and says that a title may be given for all of it', async () => {
    const { code, detail } = await refusal(desk.import(account));
    expect([code, detail]).toEqual(['mapping_incomplete', expect.stringContaining('option series')]);
  });

  it('counts under the title that is given, with the words of its rejects', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `2025-09-${String(i + 1).padStart(2, '0')},1,`).join('\n');
    const options = { views_are: 'increment' as const, series: '《星辰》' };
    const record = await desk.import(`${account}${many}\n`, { options });
    expect(record).toMatchObject({ rows_committed: 22, rows_rejected: 1, options: { series: '《星辰》' } });
    expect(await desk.views(`v.day >= DATE '2025-10-01'`)).toEqual(['星辰 2025-10-01 10', '星辰 2025-10-02 7']);
    const [rejected] = await desk.imports.rejects(record.import_id);
    expect(rejected).toMatchObject({ line: 4, column: 'Video Views', value: 'x' });
  });

  it('keeps its title out of a profile: the next file of these columns may be another account’s', async () => {
    const options = { views_are: 'increment' as const, series: '星辰' };
    await desk.import(account.replace('x', '3'), { options, saveProfile: 'account' });
    expect((await desk.state.profiles.find('account'))?.options.series).toBeUndefined();
    expect((await refusal(desk.import(account.replaceAll('2025', '2024')))).code).toBe('mapping_incomplete');
  });

  it('leaves a column that says it alone', async () => {
    const options = { views_are: 'increment' as const, series: '星辰' };
    await desk.import('Date,Title,Video Views\n2025-10-01,A,5\n', { options });
    expect(await desk.views()).toEqual(['A 2025-10-01 5']);
  });

  it('has a flag, and a field on the page', () => {
    expect(readCommand(['node', 'import', '--series', '星辰', 'a.csv']).choice.options).toEqual({ series: '星辰' });
    const draft = { kind: 'log' as const, mapping: { time: 'Date', views: 'Views' } };
    expect(problemsOf({ ...draft, options: { views_are: 'increment' } }).errors).toEqual(['need_series']);
    expect(problemsOf({ ...draft, options: { views_are: 'increment', series: '星辰' } }).errors).toEqual([]);
  });
});
