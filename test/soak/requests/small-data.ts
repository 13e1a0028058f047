/**
 * A little of everything that a log, a catalogue and rates can state, for runs that cannot wait for the demo: few rows,
 * but more than a thousand combinations of members, so that what is built per combination is deep.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { diceOf } from '../dice.ts';

const DAYS = 150;
const SERIES = 700;
const STUDIOS = Array.from({ length: 60 }, (_, i) => `听花岛${i}`);
const ACTORS = Array.from({ length: 80 }, (_, i) => `甲${i}`);
const day = (n: number) => new Date(Date.UTC(2025, 5, 1 + n)).toISOString().slice(0, 10);

/** Files by name, in the order in which they are imported. */
export function smallFiles(): Readonly<Record<string, string>> {
  const dice = diceOf('small data');
  const some = (from: readonly string[], most: number) =>
    [...new Set(Array.from({ length: dice.int(most + 1) }, () => dice.pick(from)))].join('/');
  const catalogue = [
    'series_id,title,title_en,producers,genres,cast,channel,format,production,franchise,language,origin,release_at,episodes',
  ];
  const log = ['date,series_id,platform,region,views,completions,watch_seconds,likes,comments,shares,favourites,heat'];
  const money = ['date,series_id,platform,region,revenue,spend,currency'];
  for (let i = 0; i < SERIES; i++) {
    const released = dice.int(DAYS);
    catalogue.push(
      [
        `S${i}`,
        `剧 ${i}`,
        `Drama ${i}`,
        some(STUDIOS, 3),
        some(['都市', '古装', '甜宠', '逆袭', '悬疑'], 3),
        some(ACTORS, 3),
        dice.pick(['女频', '男频', '']),
        dice.pick(['真人', '漫剧', 'AI', '']),
        dice.pick(['human', 'ai', 'hybrid', '']),
        dice.chance(0.3) ? `IP ${i % 5}` : '',
        dice.pick(['zh', 'en', '']),
        dice.pick(['CN', 'US', '']),
        dice.chance(0.9) ? day(released) : '',
        String(40 + i),
      ].join(','),
    );
    for (let n = released; n < DAYS; n += 1 + dice.int(40)) {
      const key = [day(n), `S${i}`, dice.pick(['hongguo', 'douyin', 'reelshort']), dice.pick(['CN', 'US', 'JP', ''])];
      const views = dice.int(100_000);
      const stated = (part: number) => (dice.chance(0.8) ? String(Math.floor(views * part * dice.next())) : '');
      log.push(
        [
          ...key,
          views,
          stated(0.6),
          stated(50),
          stated(0.1),
          stated(0.02),
          stated(0.01),
          stated(0.05),
          stated(0.1),
        ].join(','),
      );
      if (dice.chance(0.3)) money.push([...key, stated(0.01), stated(0.005), dice.pick(['CNY', 'USD'])].join(','));
    }
  }
  const episodes = ['date,hour,series_id,platform,region,episode,views'];
  for (let n = DAYS - 3; n < DAYS; n++)
    for (let hour = 0; hour < 24; hour += 2)
      for (let e = 1; e < 4; e++)
        episodes.push([day(n), hour, `S${n % 7}`, 'kuaishou', 'CN', e, dice.int(900)].join(','));
  const rates = ['day,currency,rate', ...Array.from({ length: DAYS }, (_, n) => `${day(n)},USD,${7 + (n % 9) / 100}`)];
  return {
    'catalogue.csv': catalogue.join('\n'),
    'log.csv': log.join('\n'),
    'money.csv': money.join('\n'),
    'episodes.csv': episodes.join('\n'),
    'rates.csv': rates.join('\n'),
  };
}

const OPTIONS: Readonly<Record<string, unknown>> = {
  'log.csv': { views_are: 'increment', source: 'small' },
  'money.csv': { source: 'money' },
  'episodes.csv': { views_are: 'increment', source: 'episodes' },
};

/** Imports them over HTTP. @throws Error if one is not committed */
export async function importSmall(url: string): Promise<void> {
  for (const [name, text] of Object.entries(smallFiles())) {
    const upload = await asked(`${url}/api/v1/uploads?filename=${name}`, z.object({ upload_id: z.string() }), {
      method: 'POST',
      body: text,
    });
    const { import_id } = await asked(`${url}/api/v1/imports`, z.object({ import_id: z.string() }), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...upload, ...(OPTIONS[name] ? { options: OPTIONS[name] } : {}) }),
    });
    const state = z.object({ status: z.string(), error: z.unknown() });
    for (let one = await asked(`${url}/api/v1/imports/${import_id}`, state); one.status !== 'committed'; ) {
      if (one.status !== 'queued' && one.status !== 'running') throw new Error(`${name}: ${JSON.stringify(one)}`);
      await sleep(20);
      one = await asked(`${url}/api/v1/imports/${import_id}`, state);
    }
  }
}

async function asked<T>(url: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return schema.parse(JSON.parse(text));
}
