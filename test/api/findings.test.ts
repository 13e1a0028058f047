import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clubAnswer, milestonesAnswer } from '../../server/contract/analyses.ts';
import { FIGURE_TYPE } from '../../server/contract/figures.ts';
import { answerSchema, type QueryInput } from '../../server/contract/query.ts';
import type { RunningApp } from './app.ts';
import { startDemoApp } from './demo.ts';

/**
 * The five findings of the story, each by an ordinary call over the demo's rows. Nothing downstream knows them: the
 * last test alters rows and sees a finding change.
 */
let app: RunningApp;
const october = 'from=2025-10-01&to=2025-10-31';

async function ask(query: QueryInput) {
  const response = await fetch(`${app.url}/api/v1/query?q=${encodeURIComponent(JSON.stringify(query))}`);
  expect(response.status).toBe(200);
  return answerSchema.parse(await response.json());
}

const club = async () => clubAnswer.parse(await (await fetch(`${app.url}/api/v1/club?${october}`)).json());

beforeAll(async () => {
  app = await startDemoApp();
}, 180_000);
afterAll(() => app.close());

describe('the demo, asked through the ordinary API', () => {
  it('has seven series that crossed a billion in October, four of them by Tinghua Island', async () => {
    const { rows, by_producer: byProducer } = await club();
    expect(rows).toHaveLength(7);
    expect(byProducer[0]).toMatchObject({ producer: '听花岛', count: 4 });
    expect(byProducer[0]?.share).toBeCloseTo(4 / 7, 10);
    expect(rows.filter((row) => row.producer === '听花岛').map((row) => row.series_label)).toContain('家里家外');
  });

  it('is told as a deck: each of the story as a slide with a chart, in both languages side by side', async () => {
    const response = await fetch(`${app.url}/api/v1/decks/brief.pptx?month=2025-10&lang=zh,en`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, FIGURE_TYPE.pptx]);
    const zip = await JSZip.loadAsync(await response.arrayBuffer());
    const slides = await Promise.all(
      zip
        .file(/^ppt\/slides\/slide\d+\.xml$/u)
        .toSorted((a, b) => Number(/\d+/u.exec(a.name)?.[0]) - Number(/\d+/u.exec(b.name)?.[0]))
        .map((file) => file.async('text')),
    );
    const texts = slides.map((xml) =>
      [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/gu)].map(([, text = '']) => text).join(' '),
    );
    // Title, market, and nine findings, twice.
    expect(slides).toHaveLength(22);
    for (const [at, text] of texts.entries()) expect([at, /[一-鿿]/u.test(text)]).toEqual([at, at % 2 === 0]);
    const told = texts.join('\n');
    for (const part of [
      '7 部短剧播放量突破 10亿',
      '听花岛占 4 部',
      '抖音上漫剧的播放量是7月的 3 倍',
      '4,536 部',
      '《盛夏芬德拉》',
    ])
      expect(told).toContain(part);
    for (const part of ['Tinghua Island', 'Midsummer Fendela', 'fantasy and xianxia']) expect(told).toContain(part);
    expect(zip.file(/^ppt\/charts\/chart\d+\.xml$/u).length).toBeGreaterThanOrEqual(14);
  });

  it('names Tinghua Island and Home and Beyond in English', async () => {
    const answer = clubAnswer.parse(await (await fetch(`${app.url}/api/v1/club?${october}&lang=en`)).json());
    expect(answer.by_producer[0]?.producer_label).toBe('Tinghua Island');
    expect(answer.rows.map((row) => row.series_label)).toContain('Home and Beyond');
  });

  it('has comic views on Douyin in October at three times those of July', async () => {
    const { rows } = await ask({
      measures: ['views'],
      time: { from: '2025-07-01', to: '2025-10-31', grain: 'month' },
      filters: [
        { dimension: 'format', op: 'in', values: ['comic'] },
        { dimension: 'platform', op: 'in', values: ['douyin'] },
      ],
    });
    const views = (month: string) => Number(rows.find((row) => row.period === month)?.views);
    expect(views('2025-10-01') / views('2025-07-01')).toBeGreaterThan(2.97);
    expect(views('2025-10-01') / views('2025-07-01')).toBeLessThan(3.03);
  });

  it('has more than 4,500 comic series active from June to October, 1,020 of them fantasy or xianxia', async () => {
    const active = async (filters: QueryInput['filters']) =>
      Number(
        (await ask({ measures: ['active_series'], time: { from: '2025-06-01', to: '2025-10-31' }, filters })).rows[0]
          ?.active_series,
      );
    const comic = { dimension: 'format' as const, op: 'in' as const, values: ['comic'] };
    expect(await active([comic])).toBeGreaterThan(4500);
    expect(await active([comic, { dimension: 'genre', op: 'in', values: ['fantasy', 'xianxia'] }])).toBe(1020);
  });

  it('has Midsummer Fendela at a hundred million in heat and in views within 24 hours, past three billion by day 18', async () => {
    const found = await ask({
      measures: ['views'],
      dimensions: ['series'],
      filters: [{ dimension: 'series', op: 'contains', value: '盛夏芬德拉' }],
    });
    const id = String(found.rows[0]?.series);
    const reached = async (measure: string, thresholds: string) => {
      const response = await fetch(
        `${app.url}/api/v1/milestones?series=${encodeURIComponent(id)}&measure=${measure}&thresholds=${thresholds}`,
      );
      return milestonesAnswer.parse(await response.json()).rows;
    };
    for (const measure of ['views', 'heat']) {
      const [row] = await reached(measure, '100000000');
      expect(row, measure).toMatchObject({ reached: true, resolution: 'hour' });
      expect(row?.hours_to, measure).toBeLessThanOrEqual(24);
    }
    const [billions] = await reached('views', '3000000000');
    expect(billions?.reached).toBe(true);
    expect(billions?.days_to).toBeGreaterThan(14);
    expect(billions?.days_to).toBeLessThan(22);
  });

  it('has an overseas share and an AI share that grow from quarter to quarter', async () => {
    const { rows } = await ask({
      measures: ['overseas_share', 'ai_share'],
      time: { from: '2024-10-01', to: '2025-09-30', grain: 'quarter' },
    });
    for (const measure of ['overseas_share', 'ai_share']) {
      const shares = rows.map((row) => Number(row[measure]));
      expect(shares, measure).toHaveLength(4);
      expect(
        shares.toSorted((a, b) => a - b),
        measure,
      ).toEqual(shares);
    }
  });

  it('gives another finding when the rows are others', async () => {
    const before = await club();
    const crossed = before.rows[0];
    // As many views again, dated before October, for one of the seven: it then crossed earlier.
    const csv = `date,series_id,platform,region,views\n2025-09-30,${crossed?.series},douyin,CN,4000000000\n`;
    const { import_id: id } = await app.importText('correction.csv', csv);
    const after = await club();
    expect(after.rows.map((row) => row.series)).not.toContain(crossed?.series);
    await app.imports.remove(id);
    expect(await club()).toMatchObject({ rows: before.rows });
  });
});
