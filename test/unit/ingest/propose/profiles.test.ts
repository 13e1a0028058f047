import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../../server/contract/profiles.ts';
import { columnsDiffer, profileDoesNotFit } from '../../../../server/ingest/propose/messages.ts';
import { matchProfile, misfitOf, nearestProfile } from '../../../../server/ingest/propose/profiles.ts';
import { Desk, refusal } from '../desk.ts';

const profile = (name: string, header: string[], mapping: Profile['mapping'] = {}): Profile => ({
  name,
  header,
  kind: 'log',
  mapping,
  options: {},
  created_at: '2025-10-01T00:00:00.000Z',
  updated_at: '2025-10-01T00:00:00.000Z',
});

describe('a profile', () => {
  const [abc, cab, abcd] = [
    profile('abc', ['a', 'b', 'c']),
    profile('cab', ['c', 'a', 'b']),
    profile('abcd', ['a', 'b', 'c', 'd']),
  ];

  it('is found by the same columns in the same order first, then in any order, and never by likeness', () => {
    expect(matchProfile([abc, cab], ['c', 'a', 'b'])?.name).toBe('cab');
    expect(matchProfile([abc, cab], ['a', 'b', 'c'])?.name).toBe('abc');
    expect(matchProfile([abc, cab], ['b', 'a', 'c'])?.name).toBe('abc');
    expect(matchProfile([abc, abcd], ['a', 'b'])).toBeNull();
    expect(matchProfile([abc], ['A', 'b', 'c'])).toBeNull();
    expect(matchProfile([abc], ['a', 'b', 'c', 'c'])).toBeNull();
  });

  it('that no longer fits says which columns are gone and which are new', () => {
    const daily = profile('日榜', ['日期', '剧名', '播放量', '备注'], { time: '日期', title: '剧名', views: '播放量' });
    const misfit = misfitOf(daily, ['日期', '剧名', '播放次数']);
    expect(misfit).toEqual({ needed: ['播放量'], gone: ['备注'], fresh: ['播放次数'] });
    expect(misfit && columnsDiffer(misfit)).toEqual({
      en: 'it maps “播放量”, which the file does not have; the file lacks “备注”; the file has “播放次数”, which the profile does not know',
      zh: '缺少映射所用的列“播放量”，缺少列“备注”，多出列“播放次数”',
    });
    expect(misfitOf(daily, ['备注', '播放量', '剧名', '日期'])).toBeNull();
  });

  it('was probably meant where half of all columns are shared', () => {
    expect(nearestProfile([abc, abcd], ['a', 'b', 'c', 'd', 'e'])?.name).toBe('abcd');
    expect(nearestProfile([abc], ['a', 'x', 'y'])).toBeNull();
  });
});

describe('an import by a profile', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await Desk.open();
  });
  afterEach(() => desk.close());

  const odd = (day: string, views: string) => `d,n,v\n${day},A,${views}\n`;
  const mapping = { time: 'd', title: 'n', views: 'v' } as const;

  it('takes over mapping, options and source of the file that it was saved from', async () => {
    const first = await desk.import(odd('2025-10-01', '5'), {
      kind: 'log',
      mapping,
      options: { platform: '红果', views_are: 'increment' },
      saveProfile: '我的日报',
    });
    expect(first.source).toBe('我的日报');
    expect(await desk.state.profiles.find('我的日报')).toMatchObject({
      header: ['d', 'n', 'v'],
      kind: 'log',
      mapping,
      options: { platform: '红果', views_are: 'increment', mode: 'upsert' },
    });
    // Another file name, the columns in another order: the same profile.
    const later = await desk.import('v,d,n\n7,2025-10-02,A\n', { name: 'whatever.csv' });
    expect(later).toMatchObject({ source: '我的日报', mapping, status: 'committed' });
    expect(await desk.views()).toEqual(['A 2025-10-01 5', 'A 2025-10-02 7']);
    const [platforms] = await desk.rows('SELECT count(DISTINCT platform_key) AS n FROM view_log');
    expect(platforms?.n).toBe(1);
  });

  it('is not saved where the import fails', async () => {
    const bad = `d,n,v\n${'nothing,A,x\n'.repeat(5)}`;
    await refusal(desk.import(bad, { kind: 'log', mapping, saveProfile: 'bad' }));
    expect(await desk.state.profiles.find('bad')).toBeNull();
  });

  it('asked for by name is refused with the columns that the file lacks', async () => {
    await desk.import(odd('2025-10-01', '5'), { kind: 'log', mapping, saveProfile: 'p' });
    expect(await refusal(desk.import('d,n,w\n2025-10-01,A,1\n', { profile: 'p' }))).toEqual({
      code: 'profile_mismatch',
      detail: profileDoesNotFit('p', { needed: ['v'], gone: [], fresh: ['w'] }, ['d', 'n', 'w']).en,
    });
    expect((await refusal(desk.import(odd('2025-10-03', '1'), { profile: 'q' }))).code).toBe('not_found');
    // One column more does no harm where the profile is asked for.
    const more = await desk.import('d,n,v,w\n2025-10-04,A,1,2\n', { profile: 'p' });
    expect(more.source).toBe('p');
    expect((await desk.import(odd('2025-10-05', '1'), { profile: '', mapping })).source).not.toBe('p');
  });

  it('reads bytes in the encoding that was confirmed, whatever they look like', async () => {
    // 剧名,日期,播放 in Big5, which reads as other Chinese in GB18030.
    const header = Buffer.from('bc40a657' + '2c' + 'a4e9b4c1' + '2c' + 'bcbda9f1' + '0a', 'hex');
    const row = (day: string) => Buffer.concat([header, Buffer.from('a4ada4dc', 'hex'), Buffer.from(`,${day},3\n`)]);
    const decoded = new TextDecoder('big5').decode(header).trim().split(',');
    await desk.import(row('2025-10-01'), {
      kind: 'log',
      mapping: { title: decoded[0] ?? '', time: decoded[1] ?? '', views: decoded[2] ?? '' },
      options: { encoding: 'big5' },
      saveProfile: '繁體',
    });
    expect((await desk.state.profiles.find('繁體'))?.options.encoding).toBe('big5');
    expect((await desk.import(row('2025-10-02'))).source).toBe('繁體');
    const title = new TextDecoder('big5').decode(Buffer.from('a4ada4dc', 'hex'));
    expect(await desk.views()).toEqual([`${title} 2025-10-01 3`, `${title} 2025-10-02 3`]);
  });
});
