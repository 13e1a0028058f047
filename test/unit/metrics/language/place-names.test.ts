import { expect, test } from 'vitest';
import { scopeSchema } from '../../../../server/contract/analyses.ts';
import { series } from '../../../../server/metrics/analyses/series/series.ts';
import { Labels } from '../../../../server/metrics/language/labels.ts';
import { languageLabel, placeLabel } from '../../../../server/vocabulary/place-names.ts';
import { openFixture, withEngine } from '../fixture.ts';

test.each([
  ['中国大陆', 'China'],
  ['美国', 'United States'],
  ['北京', 'Beijing'],
  ['北京市', 'Beijing'],
  ['广西壮族自治区', 'Guangxi'],
  ['Zhejiang', 'Zhejiang'],
  ['东南亚', 'Southeast Asia'],
])('the vocabulary knows the place %s', (text, en) => expect(placeLabel(text)?.en).toBe(en));

test('what it does not know has no name in the other language, and is never romanised', () => {
  expect([placeLabel('横店'), placeLabel(''), languageLabel('方言'), languageLabel('xx')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect([languageLabel('pt'), languageLabel('zh')]).toEqual([
    { zh: '葡萄牙语', en: 'Portuguese' },
    { zh: '中文', en: 'Chinese' },
  ]);
});

test('English pages name rights holder, region and origin in English if a name is known', async () => {
  const warehouse = await openFixture({
    series: [
      { id: 'a', rightsHolder: '听花岛', producerRegion: '北京' },
      { id: 'b', rightsHolder: '某公司', producerRegion: '横店' },
    ],
    rows: [{ series: 'a', day: '2025-10-01', views: 1 }],
    labels: [
      { dimension: 'producer', id: '听花岛', zh: '听花岛', en: 'Tinghua Island' },
      // Stated in Chinese only: the ledger writes the same for both.
      { dimension: 'origin', id: '日本', zh: '日本', en: '日本' },
    ],
  });
  const about = async (id: string, language: 'zh' | 'en') => {
    const answer = await withEngine(warehouse, (engine) => series(engine, id, scopeSchema.parse({})), language);
    return [answer.series.rights_holder_label, answer.series.producer_region_label];
  };
  expect(await about('a', 'en')).toEqual(['Tinghua Island', 'Beijing']);
  expect(await about('a', 'zh')).toEqual(['听花岛', '北京']);
  expect(await about('b', 'en')).toEqual(['某公司', '横店']);
  const labels = await withEngine(warehouse, (engine) => Labels.of(engine, 'origin', ['日本', 'Japan']));
  expect([labels.of('日本'), labels.of('Japan')]).toEqual([
    { zh: '日本', en: 'Japan' },
    { zh: '日本', en: 'Japan' },
  ]);
  await warehouse.close();
});
