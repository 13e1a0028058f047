import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { linesOverTime } from '../../../web/charts/linesOverTime.ts';
import { DARK_LOOK, LIGHT_LOOK } from '../../../web/charts/look.ts';
import { stackedColumns } from '../../../web/charts/stackedColumns.ts';
import { toCsv } from '../../../web/export/csv.ts';
import { fileName } from '../../../web/export/fileName.ts';
import { SLIDE } from '../../../web/export/picture.ts';
import { sourceParts } from '../../../web/export/source.ts';
import { pictureSvg } from '../../../web/export/svg.ts';

const source = { asOf: '2025-10-18', filters: ['形态：漫剧'], synthetic: true, cut: '2025-10-18' };
const data = {
  periods: ['2025-08-01', '2025-09-01', '2025-10-01'],
  grain: 'month' as const,
  kind: 'count' as const,
  measure: '播放量',
  partial: { periods: ['2025-10-01'], asOf: '2025-10-18' },
};
/** All texts of an SVG, in order. */
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1] ?? '');

describe('a picture as SVG', () => {
  const lines = [
    { id: 'comic', name: '漫剧', hue: 1, values: [2.9e9, 4.1e9, 3e9] },
    { id: 'evil', name: '<script>&', hue: 0, values: [1e9, 1e9, 1e9] },
  ];
  const picture = {
    build: linesOverTime,
    data: { ...data, lines },
    title: '漫剧播放量三个月翻三倍',
    subtitle: '播放量，按月',
    source,
    look: LIGHT_LOOK,
    language: 'zh' as const,
    ...SLIDE,
  };
  const svg = pictureSvg(picture);

  it('has the wanted size and carries title, subtitle, source, filters, partial mark and the synthetic mark', () => {
    expect(svg).toMatch(/^<svg width="1280" height="720"/);
    const texts = textsOf(svg).join('\n');
    for (const part of [
      '漫剧播放量三个月翻三倍',
      '播放量，按月',
      '数据截至2025年10月18日',
      '形态：漫剧',
      '末期未完整',
      '合成演示数据',
      '截至10月18日',
    ]) {
      expect(texts).toContain(part);
    }
  });

  it('names lines at their ends with their last value, and escapes what is text', () => {
    expect(textsOf(svg)).toContain('漫剧');
    expect(textsOf(svg)).toContain('30亿');
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&amp;');
  });

  it('is XML that a viewer opens', () => {
    expect(() => new SaxesParser().write(svg).close()).not.toThrow();
  });

  it('stands on the solid surface of its theme', () => {
    expect(svg).toContain(`fill="${LIGHT_LOOK.surface}"`);
    expect(pictureSvg({ ...picture, look: DARK_LOOK })).toContain(`fill="${DARK_LOOK.surface}"`);
  });

  it('does not claim to be synthetic or partial where it is not', () => {
    const texts = textsOf(pictureSvg({ ...picture, source: { ...source, synthetic: false, cut: null } })).join('\n');
    expect(texts).not.toContain('合成');
    expect(texts).not.toContain('末期未完整');
  });

  it('hatches the cut period of columns', () => {
    const parts = [{ id: 'a', name: 'A', hue: 0, values: [1, 2, 1] }];
    const of = (partial: typeof data.partial) =>
      pictureSvg({ ...picture, build: stackedColumns, data: { ...data, partial, parts } });
    expect(of(data.partial)).toContain('<pattern');
    expect(of({ periods: [], asOf: '2025-10-18' })).not.toContain('<pattern');
  });
});

describe('the source line', () => {
  it('says in both languages where the numbers come from and what they leave out', () => {
    expect(sourceParts(source, 'en')).toEqual([
      'Source: Dramascope, view logs',
      'data to 18 Oct 2025',
      '形态：漫剧',
      'last period incomplete (to 18 Oct)',
    ]);
    expect(sourceParts({ asOf: null, filters: [], synthetic: false, cut: null, elapsed: true }, 'zh')).toEqual([
      '来源：Dramascope，播放日志',
      '按已过天数同期对比',
    ]);
  });
});

describe('CSV', () => {
  it('begins with a byte order mark and ends its lines with CRLF', () => {
    expect(toCsv(['剧名', '播放量'], [['盛夏芬德拉', 33]])).toBe('\uFEFF剧名,播放量\r\n盛夏芬德拉,33\r\n');
  });

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+cmd', "'+cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['\tx', "'\tx"],
    ['＝1+1', "'＝1+1"],
    ['\r=1', `"'\r=1"`],
    ['-12.5', '-12.5'],
    [-12.5, '-12.5'],
    ['9007199254740993', '9007199254740993'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [null, ''],
    [Number.NaN, ''],
  ])('writes the cell %j as %j', (cell, text) => expect(toCsv(['h'], [[cell]])).toBe(`\uFEFFh\r\n${text}\r\n`));

  it('guards headers as well', () => expect(toCsv(['=1'], [])).toBe("\uFEFF'=1\r\n"));
});

describe('a file’s name', () => {
  it.each([
    ['Who got there fastest?', '2025-10-01_2025-10-31', 'png', 'who-got-there-fastest_2025-10-01-2025-10-31.png'],
    ['听花岛占7部中的4部', '2025-10', 'csv', '听花岛占7部中的4部_2025-10.csv'],
    ['../../etc/passwd', '', 'svg', 'etc-passwd.svg'],
    ['???', '', 'svg', 'chart.svg'],
  ])('of %s in %s', (title, period, extension, name) => expect(fileName(title, period, extension)).toBe(name));
});
