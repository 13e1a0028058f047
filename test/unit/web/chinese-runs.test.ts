import { describe, expect, it } from 'vitest';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';
import { tooltipHtml } from '../../../web/charts/parts/tooltip.ts';
import { chineseRuns } from '../../../web/i18n/chineseRuns.ts';

const told = (text: string) =>
  chineseRuns(text)
    .map(({ part, chinese }) => (chinese ? `[${part}]` : part))
    .join('');

describe('Chinese within another text', () => {
  it.each([
    ['婚礼前夕，傅总被全家宠上天', '[婚礼前夕，傅总被全家宠上天]'],
    ['《家里家外》 was fastest: 1B in 3 days', '[《家里家外》] was fastest: 1B in 3 days'],
    ['Tinghua Island made 4 of the 7', 'Tinghua Island made 4 of the 7'],
    ['第 2 季 (Season 2)', '[第 2 季] (Season 2)'],
    ['Comic: 现代言情, 都市 and 3 more', 'Comic: [现代言情, 都市] and 3 more'],
    ['', ''],
  ])('is found with its own marks: %s', (text, marked) => {
    expect(told(text)).toBe(marked);
    expect(
      chineseRuns(text)
        .map(({ part }) => part)
        .join(''),
    ).toBe(text);
  });

  it('is said in tooltips', () => {
    const html = tooltipHtml(LIGHT_LOOK, { title: '家里家外', rows: [{ name: 'Views', value: '1' }] });
    expect(html.match(/lang="zh"/gu)).toHaveLength(1);
  });
});
