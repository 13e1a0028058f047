import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchOut } from '../../../../server/ingest/propose/messages.ts';
import {
  EARLIER_WERE_COUNTERS,
  headerSounds,
  NO_STEPS_SAID,
  sayWeighed,
  stepsLeaveOpen,
  undoIncrements,
} from '../../../../server/ingest/propose/views-messages.ts';
import { Desk, doubtsOf } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}`;

/** A table of `of` series over `days`; each cell is what `value` says of series and day, both from 1. */
const table = (header: string, days: readonly number[], of: number, value: (series: number, d: number) => number) =>
  [
    `日期,剧名,平台,${header}`,
    ...days.flatMap((d) => Array.from({ length: of }, (_, i) => `${day(d)},剧${i + 1},抖音,${value(i + 1, d)}`)),
    '',
  ].join('\n');
const daysTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** 50,000 views per series before the file, and between 1,000 and 1,900 more each day. */
const counter = (series: number, d: number) => series * 50_000 + d * 1000 + ((series * 7 + d * d) % 10) * 90;
/** Views of single days, up and down by a third. */
const increments = (series: number, d: number) => series * 1000 + ((series * 31 + d * 17) % 11) * 60 * series;

const questions = async (text: string, name?: string) => {
  const upload = await desk.look(text, name);
  return [upload.options.views_are, doubtsOf(upload)];
};
const askedFor = async (text: string) => {
  const { options, questions } = await desk.look(text);
  return [options.views_are, ...questions.map(({ path }) => path)];
};
const ASKED = [undefined, 'options.views_are'];

describe('the values of a column that is called views only', () => {
  it.each([1, 4, 20])('are a counter where %i series rise for 30 days', async (of) => {
    const text = table('播放量', daysTo(30), of, counter);
    expect(await questions(text)).toEqual(['cumulative', '']);
    await desk.import(text, { name: '小厂日报.csv' });
    const [row] = await desk.rows("SELECT sum(views)::BIGINT AS views FROM view_log WHERE kind = 'increment'");
    const added = daysTo(of).reduce((sum, s) => sum + counter(s, 30) - counter(s, 1), 0);
    expect(row?.views).toBe(added);
  });

  it('are a counter where 20 steps rise a little, and one in twenty falls', async () => {
    const falls = (s: number, d: number) => counter(s, d) - (s === 3 && d === 2 ? 5000 : 0);
    expect(await questions(table('播放量', [1, 2], 20, falls))).toEqual(['cumulative', '']);
    expect(await askedFor(table('播放量', [1, 2], 19, counter))).toEqual(ASKED);
  });

  it.each([2, 10, 40])('tell increments where those of %i series rise and fall', async (of) => {
    expect(await questions(table('播放量', daysTo(30), of, increments))).toEqual(['increment', '']);
  });

  it('are asked about where a weekend may have lifted all, and where too few steps tell', async () => {
    expect(await askedFor(table('播放量', [5, 6, 7], 30, (s, d) => s * 1000 * d))).toEqual(ASKED);
    expect(await askedFor(table('播放量', [1, 2], 2, counter))).toEqual(ASKED);
    const alone = await questions(table('播放量', [1], 2, counter));
    expect(alone).toEqual([undefined, stepsLeaveOpen(NO_STEPS_SAID).en]);
  });

  it('of weeks are judged by the same rule', async () => {
    const weeks = ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'];
    const rows = weeks.flatMap((w, k) => daysTo(12).map((s) => `${w},周剧${s},${s * 7000 + k * 100}`));
    const upload = await desk.look(`周,剧名,播放量\n${rows.join('\n')}\n`);
    expect(upload.options).toMatchObject({ views_are: 'cumulative', covers: 'week_starting' });
  });
});

describe('a header', () => {
  it.each([
    ['累计播放量', 'cumulative'],
    ['lifetime_views', 'cumulative'],
    ['views to date', 'cumulative'],
    ['当日播放量', 'increment'],
    ['daily_views', 'increment'],
    ['new views', 'increment'],
  ])('“%s” decides from ten steps on that do not contradict it', async (header, views) => {
    const slow = (s: number, d: number) => s * 1000 + d * 200 - (s === 1 && d === 2 ? 400 : 0);
    expect((await questions(table(header, [1, 2], 10, slow)))[0]).toBe(views);
    expect(await askedFor(table(header, [1, 2], 9, slow))).toEqual(ASKED);
  });

  it.each(['总播放量', 'total views', '累计新增播放量', '播放量'])('“%s” decides nothing', async (header) => {
    const upload = await desk.look(table(header, [1, 2], 12, counter));
    const views = upload.mapping.views;
    const { options } = await desk.imports.readAgain(upload.upload_id, {
      mapping: { ...upload.mapping, views: header },
    });
    expect([views ?? header, options.views_are]).toEqual([header, undefined]);
  });

  it('gives way to values that decide, and is told', async () => {
    const falling = await questions(table('累计播放量', daysTo(10), 6, increments));
    expect(falling).toEqual(['increment', watchOut(headerSounds('累计播放量', 'cumulative')).en]);
    const rising = await questions(table('当日播放量', daysTo(10), 6, counter));
    expect(rising).toEqual(['cumulative', watchOut(headerSounds('当日播放量', 'increment')).en]);
  });

  it.each(['昨日播放量', '新增播放量', '日播放量', '播放量'])(
    'of a counter gives way to “%s” beside it',
    async (added) => {
      const rows = daysTo(13).map((d) => `${day(d)},剧,${1000 + d * 10},${10 + (d % 7)}`);
      const upload = await desk.look(`日期,剧名,累计播放量,${added}\n${rows.join('\n')}\n`);
      expect(upload.mapping.views).toBe(added);
      expect(upload.options.views_are).toBe('increment');
    },
  );
});

describe('a file of one day', () => {
  const oneDay = (d: number, value = counter, header = '播放量') => table(header, [d], 30, value);
  const named = (d: number) => `榜_${day(d)}.csv`;

  it('is held against the days that its source holds: values that rise a little are asked about', async () => {
    const first = await desk.import(oneDay(1), { name: named(1) });
    const second = await desk.look(oneDay(2), named(2));
    expect(second.options.views_are).toBe('increment');
    await expect(desk.imports.start({ upload_id: second.upload_id })).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(second.questions.map(({ path }) => path)).toEqual(['options.views_are']);
    expect(doubtsOf(second)).toContain(undoIncrements([first]).en);
    // Undone and imported again as it is told, the next day is a counter without a word.
    await desk.imports.remove(first.import_id);
    await desk.import(oneDay(1), { name: named(1), options: { views_are: 'cumulative' } });
    await desk.import(oneDay(2), { name: named(2) });
    const third = await desk.look(oneDay(3), named(3));
    expect(third.options.views_are).toBe('cumulative');
    expect(doubtsOf(third)).toBe('');
    const [row] = await desk.rows("SELECT sum(views)::BIGINT AS views FROM view_log WHERE kind = 'increment'");
    expect(row?.views).toBe(daysTo(30).reduce((sum, s) => sum + counter(s, 2) - counter(s, 1), 0));
  });

  it('stays increments where its values rise and fall beside the day before, whichever platform another file has', async () => {
    await desk.import(oneDay(1, increments), { name: named(1) });
    await desk.import(oneDay(1, increments).replaceAll('抖音', '快手'), { name: named(1) });
    const second = await desk.look(oneDay(2, increments), named(2));
    expect(second.options.views_are).toBe('increment');
    expect(doubtsOf(second)).toBe('');
  });

  it('of a source of counters is asked about where it falls far below them', async () => {
    await desk.import(oneDay(1), { name: named(1), options: { views_are: 'cumulative' } });
    const second = await desk.look(oneDay(2, increments), named(2));
    expect(second.options.views_are).toBe('cumulative');
    expect(doubtsOf(second)).toContain(EARLIER_WERE_COUNTERS.en);
  });

  it('that says in its header that it is a counter is told of, and what was taken for increments before is told', async () => {
    const first = await desk.import(oneDay(1), { name: named(1) });
    const second = await desk.look(
      oneDay(2, (s, d) => counter(s, d) * 3, '累计播放量'),
      named(2),
    );
    expect(second.options.views_are).toBe('increment');
    expect(doubtsOf(second)).toContain(undoIncrements([first]).en);
  });
});

it('one step is no steps, and one series grows', () => {
  const one = { keys: 1, long: 0, steps: 1, held: 1, rose: 1, grew: 1, change: 0.1 };
  expect(sayWeighed(one, 'nothing').en).toMatch(
    /^100 % of 1 step does not fall, and 100 % of 1 series grows with time/u,
  );
  expect(sayWeighed({ ...one, keys: 2, steps: 2 }, 'nothing').en).toMatch(
    /^100 % of 2 steps do not fall, and 100 % of 2 series grow with time/u,
  );
});
