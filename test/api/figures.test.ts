import { setTimeout } from 'node:timers/promises';
import { brotliCompressSync, inflateSync } from 'node:zlib';
import JSZip from 'jszip';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresSchema, figureWordsSchema } from '../../server/contract/figures.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { FIGURES } from '../../web/figures/all.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
/** Views a day, up and down. */
const live = (at: number) => 1000 + ((at * 37) % 50);
const comic = (at: number) => 500 + ((at * 13) % 40);
const sum = (of: (at: number) => number, from: number, days: number) =>
  Array.from({ length: days }, (_, at) => of(from + at)).reduce((all, one) => all + one, 0);

beforeAll(async () => {
  app = await startApp();
  const days = Array.from({ length: 62 }, (_, at) => new Date(Date.UTC(2025, 8, 1 + at)).toISOString().slice(0, 10));
  const rows = days.flatMap((day, at) => [
    `${day},老千,听花岛,都市,真人剧,${live(at)}`,
    `${day},云渺,马厩,玄幻,漫剧,${comic(at)}`,
  ]);
  await app.importText('a.csv', ['日期,剧名,出品方,题材,形态,播放量', ...rows].join('\n'));
});
afterAll(() => app.close());

const figure = (file: string, params: Readonly<Record<string, string>> = {}) =>
  fetch(`${app.url}/api/v1/figures/${file}?${new URLSearchParams(params)}`);
const bytesOf = async (response: Response) => {
  if (response.status !== 200) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
};
const sizeOfPng = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** Colour type and the bytes of the picture's own lines, unpacked. */
function linesOfPng(png: Buffer): { alpha: boolean; lines: Buffer } {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { alpha: png[25] === 6, lines: inflateSync(Buffer.concat(parts)) };
}

describe('figures as files', () => {
  it('are all listed, by id and page', async () => {
    const { rows } = figuresSchema.parse(await (await fetch(`${app.url}/api/v1/figures`)).json());
    expect(rows.map(({ id }) => id)).toEqual(FIGURES.map(({ id }) => id));
    expect(rows[0]).toEqual({
      id: 'overview.formats',
      page: 'overview',
      title: { en: 'Views by format', zh: '各形态播放量' },
      params: ['trend'],
      native: true,
    });
  });

  it('are SVG documents with title, source and the numbers of the address', async () => {
    const svg = (await bytesOf(await figure('overview.formats.svg', { format: 'comic', lang: 'zh' }))).toString();
    expect(() => new SaxesParser().write(svg).close()).not.toThrow();
    expect(svg).toContain('形态：漫剧');
    expect(svg).not.toContain('真人剧');
    expect((await figure('overview.formats.svg')).headers.get('content-type')).toContain('image/svg+xml');
  });

  it('are PNG of the wanted size, on a ground or none', async () => {
    expect(sizeOfPng(await bytesOf(await figure('overview.formats.png')))).toEqual([1920, 1080]);
    expect(sizeOfPng(await bytesOf(await figure('overview.formats.png', { size: 'og' })))).toEqual([1200, 627]);
    expect(sizeOfPng(await bytesOf(await figure('overview.formats.png', { size: '600x300' })))).toEqual([600, 300]);
    const solid = linesOfPng(await bytesOf(await figure('overview.formats.png', { size: '300x200' })));
    const clear = linesOfPng(
      await bytesOf(await figure('overview.formats.png', { size: '300x200', ground: 'transparent' })),
    );
    expect([solid.alpha, clear.alpha]).toEqual([true, true]);
    // The first line: a byte that says how it is filtered, then its pixels, red, green, blue and alpha.
    expect([...solid.lines.subarray(1, 5)]).toEqual([255, 255, 255, 255]);
    expect([...clear.lines.subarray(1, 5)]).toEqual([0, 0, 0, 0]);
  });

  it('draw Chinese letters, each its own', async () => {
    const drawn = async (title: string) =>
      bytesOf(await figure('overview.formats.png', { title, size: '640x360', lang: 'zh' }));
    const [a, again, b] = [await drawn('漫剧翻三倍'), await drawn('漫剧翻三倍'), await drawn('漫画翻三倍')];
    expect(a.equals(again)).toBe(true);
    expect(a.equals(b)).toBe(false);
  });

  it('are PDF with text that can be selected', async () => {
    const pdf = await bytesOf(await figure('overview.formats.pdf', { lang: 'zh' }));
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pdf.toString('latin1')).toContain('/ToUnicode');
    expect(pdf.toString('latin1')).toContain('NotoSansSC');
  });

  it('are tables of the same numbers as JSON and CSV', async () => {
    const words = figureWordsSchema.parse(
      await (await figure('overview.formats.json', { lang: 'en', grain: 'month' })).json(),
    );
    const csv = (await bytesOf(await figure('overview.formats.csv', { lang: 'en', grain: 'month' })))
      .toString()
      .replace('\uFEFF', '');
    const [header = '', ...lines] = csv.trim().split('\r\n');
    expect(header.split(',')).toEqual(words.columns.map((column) => column.header));
    expect(lines.map((line) => line.split(','))).toEqual(
      words.rows.map((row) => row.map((cell) => String(cell ?? ''))),
    );
    expect(words.rows.map((row) => row.slice(1))).toEqual([
      [sum(live, 0, 30), sum(comic, 0, 30)],
      [sum(live, 30, 31), sum(comic, 30, 31)],
    ]);
  });

  it('are slides whose chart is one of PowerPoint', async () => {
    const zip = await JSZip.loadAsync(await bytesOf(await figure('overview.formats.pptx', { lang: 'zh' })));
    expect(zip.file(/^ppt\/charts\/chart\d+\.xml$/u)).toHaveLength(1);
    expect(await zip.file('ppt/slides/slide1.xml')?.async('text')).toContain(
      'name="ds figure overview.formats?lang=zh"',
    );
  });

  it('come as a pair if both languages are asked', async () => {
    const zip = await JSZip.loadAsync(await bytesOf(await figure('overview.formats.svg', { lang: 'zh,en' })));
    expect(Object.keys(zip.files)).toEqual(['overview.formats-zh.svg', 'overview.formats-en.svg']);
    expect(await zip.file('overview.formats-en.svg')?.async('text')).toContain('Live action');
  });

  it('carry a title of the reader, never as markup', async () => {
    const given = { title: '<b>Ours</b> & "theirs"', subtitle: '', note: 'seen in Haikou' };
    const svg = (await bytesOf(await figure('overview.formats.svg', given))).toString();
    expect(svg).toContain('&lt;b&gt;Ours&lt;/b&gt; &amp; ');
    expect(svg).toContain('seen in Haikou');
    expect(() => new SaxesParser().write(svg).close()).not.toThrow();
  });

  it('of one member are within it', async () => {
    const { rows } = figureWordsSchema.parse(
      await (await figure('producer.views.json', { id: '听花岛', grain: 'month' })).json(),
    );
    const all = rows.flat().filter((cell) => typeof cell === 'number');
    expect(all).toContain(sum(live, 0, 30));
    expect(all).not.toContain(sum(live, 0, 30) + sum(comic, 0, 30));
  });

  it.each([
    ['nothing.at_all.png', {}, 404, 'not_found'],
    ['overview.formats.gif', {}, 404, 'not_found'],
    ['overview.formats.png', { size: '9000x9000' }, 400, 'invalid_request'],
    ['overview.formats.png', { theme: 'pink' }, 400, 'invalid_request'],
    ['overview.formats.png', { from: '2031-01-01', to: '2031-01-31' }, 422, 'not_enough_data'],
  ])('%s with %o is refused with what to do', async (file, params, status, code) => {
    const response = await figure(file, params);
    const problem = problemSchema.parse(await response.json());
    expect([response.status, problem.code]).toEqual([status, code]);
    expect(problem.detail.length).toBeGreaterThan(20);
  });

  it('are drawn for who waits, also if the first who asked has left', async () => {
    const slow = await startApp({
      asked: (warehouse) => ({
        ...warehouse,
        state: () => warehouse.state(),
        read: async (work, asking) => {
          await setTimeout(300);
          return warehouse.read(work, asking);
        },
      }),
    });
    try {
      await slow.importText('a.csv', '日期,剧名,形态,播放量\n2025-09-01,老千,真人剧,100\n2025-09-02,云渺,漫剧,60');
      const url = `${slow.url}/api/v1/figures/overview.formats.svg`;
      const leaving = new AbortController();
      const first = fetch(url, { signal: leaving.signal }).catch(() => null);
      await setTimeout(50);
      const second = fetch(url);
      await setTimeout(50);
      leaving.abort();
      expect(await first).toBeNull();
      expect((await second).status).toBe(200);
    } finally {
      await slow.close();
    }
  });

  it('need the token if there is one', async () => {
    const guarded = await startApp({ access: { token: 'a-secret-of-some-length' } });
    try {
      const url = `${guarded.url}/api/v1/figures/overview.formats.png`;
      expect((await fetch(url)).status).toBe(401);
      const known = await fetch(url, { headers: { Authorization: 'Bearer a-secret-of-some-length' } });
      // The dataset is empty.
      expect(known.status).toBe(422);
    } finally {
      await guarded.close();
    }
  });
});

describe('a figure as a page of its own', () => {
  it('has its drawing inside, no script, what other sites show of it, and a way into the dashboard', async () => {
    const response = await fetch(`${app.url}/f/producer.views?id=${encodeURIComponent('听花岛')}&grain=month&lang=zh`);
    const html = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toContain('<svg ');
    expect(html).not.toContain('<script');
    expect(html).toContain(`href="/producers/${encodeURIComponent('听花岛')}?grain=month"`);
    expect(brotliCompressSync(html).length).toBeLessThan(120_000);
    const [, image = ''] = /property="og:image" content="([^"]*)"/u.exec(html) ?? [];
    const picture = await bytesOf(await fetch(image.replaceAll('&#38;', '&')));
    expect(sizeOfPng(picture)).toEqual([1200, 627]);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });

  it('may be framed by others only as the one made for that', async () => {
    const response = await fetch(`${app.url}/embed/overview.formats?theme=dark`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(response.headers.get('x-frame-options')).toBeNull();
    expect(await response.text()).toContain('#18181c');
  });

  it('holds text of the address as text', async () => {
    const evil = '"><script>alert(1)</script>';
    for (const path of ['/f/', '/embed/']) {
      const html = await (
        await fetch(`${app.url}${path}overview.formats?${new URLSearchParams({ title: evil, format: evil })}`)
      ).text();
      expect(html).not.toContain('<script');
    }
    expect(await (await fetch(`${app.url}/f/${encodeURIComponent(evil)}`)).text()).not.toContain('<script');
  });

  it('says on a page that there is no such figure', async () => {
    const response = await fetch(`${app.url}/f/nothing.here?lang=en`, { headers: { 'Accept-Language': 'en' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await response.text()).toContain('There is no figure');
  });
});
