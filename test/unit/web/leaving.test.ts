import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import { ownWords, ownWordsParams, withoutOwnWords } from '../../../web/figures/ownWords.ts';
import { pageAddress } from '../../../web/figures/pageAddress.ts';
import { curlOf, duckdbOf, embedCode, fileUrl, pageUrl } from '../../../web/ui/chart/exportChart.ts';

const ORIGIN = 'http://127.0.0.1:4860';
const file = (address: Readonly<Record<string, string>>) => ({
  id: 'overview.formats',
  address,
  language: 'zh' as const,
});
const paramsOf = (url: string) => Object.fromEntries(new URL(url, ORIGIN).searchParams);

describe('words that a reader gives a chart', () => {
  it('come back from the address as they were written, also those that are left out', () => {
    const params = ownWordsParams({ title: ' 漫剧 & “x” ', note: '' }, 'overview.formats');
    expect(params).toEqual({
      't.overview.formats': '漫剧 & “x”',
      's.overview.formats': undefined,
      'n.overview.formats': '-',
    });
    expect(ownWords(params, 'overview.formats')).toEqual({ title: '漫剧 & “x”', note: '' });
    expect(ownWords(params, 'formats.mix')).toEqual({});
    expect(withoutOwnWords({ ...params, format: 'comic', t: '1', 's.club.per_month': 'x' })).toEqual({
      format: 'comic',
      t: '1',
    });
  });
});

describe('the address of a file', () => {
  it('is the page’s, light, in its language, with the words of this chart alone', () => {
    const address = { format: 'comic', theme: 'dark', 't.overview.formats': 'A', 't.formats.mix': 'B', id: '听花岛' };
    const url = fileUrl(file(address), 'png', { size: '4k', ground: 'transparent' });
    expect(new URL(url, ORIGIN).pathname).toBe('/api/v1/figures/overview.formats.png');
    const same = { format: 'comic', id: '听花岛', title: 'A', lang: 'zh' };
    expect(paramsOf(url)).toEqual({ ...same, size: '4k', ground: 'transparent' });
    const page = pageUrl(file(address), ORIGIN);
    expect(page.startsWith(`${ORIGIN}/f/overview.formats?`)).toBe(true);
    expect(paramsOf(page)).toEqual(same);
    expect(paramsOf(fileUrl(file({}), 'svg', { lang: 'zh,en' }))).toEqual({ lang: 'zh,en' });
  });

  it('is escaped where it stands in HTML, in a shell and in SQL', () => {
    const hostile = file({ producer: `*a"'<b>` });
    expect(embedCode(hostile, ORIGIN, `"><script>`)).not.toMatch(/<script|<b>|producer=[^&]*"[^ ]/u);
    expect(embedCode(hostile, ORIGIN, 'x')).toContain('/embed/overview.formats?');
    const sql = duckdbOf(hostile, ORIGIN);
    const [, url = ''] = /read_parquet\('([^']*)'\);/u.exec(sql) ?? [];
    expect(url).not.toContain('*');
    expect(paramsOf(url).producer).toBe(`*a"'<b>`);
    const body = {
      measures: ['views' as const],
      filters: [{ dimension: 'series' as const, op: 'in' as const, values: ["it's"] }],
    };
    expect(curlOf([{ name: 'query', endpoint: ENDPOINTS.query, given: { lang: 'en' }, body }], ORIGIN)).toBe(
      `curl '${ORIGIN}/api/v1/query?lang=en' --json '{"measures":["views"],"filters":[{"dimension":"series","op":"in","values":["it'\\''s"]}]}'`,
    );
  });
});

describe('the page that shows a chart', () => {
  it('is found by the chart’s id and address', () => {
    expect(pageAddress('overview.formats', { format: 'comic' })).toBe('/?format=comic');
    expect(pageAddress('data.coverage', {})).toBe('/data/coverage');
    expect(pageAddress('club.race', { range: '12m' })).toBe('/club?range=12m');
    expect(pageAddress('series.daily', { id: '..', range: 'all' })).toBe('/series/~..?range=all');
    expect(pageAddress('genre.ages', { id: '都市/a' })).toBe(`/genres/${encodeURIComponent('都市/a')}`);
    expect(pageAddress('producer.share', {})).toBe('/producers');
  });
});
