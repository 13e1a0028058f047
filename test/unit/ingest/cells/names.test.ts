import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { genresOf } from '../../../../server/ingest/cells/genres.ts';
import { members } from '../../../../server/ingest/cells/lists.ts';
import { FactsGatherer } from '../../../../server/ingest/read/facts.ts';
import { isRegion, regionLabel, regionOf } from '../../../../server/vocabulary/regions.ts';
import { INVISIBLE } from '../../../../server/vocabulary/text.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../desk.ts';
import { row, workbook } from '../read/formats/workbooks.ts';

const vocabulary = loadVocabulary();

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

describe('a list of names in one cell', () => {
  it.each([
    ['Beijing Acme Culture Media Co., Ltd.', ['Beijing Acme Culture Media Co., Ltd.']],
    ['Crazy Oak Studio, Inc.', ['Crazy Oak Studio, Inc.']],
    ['Red Film, LLC, Blue Film, GmbH & Co. KG', ['Red Film, LLC', 'Blue Film, GmbH & Co. KG']],
    ['Grupo Rojo, S.A. de C.V., Azul, S.L.', ['Grupo Rojo, S.A. de C.V.', 'Azul, S.L.']],
    ['Acme,Co.,Ltd', ['Acme,Co.,Ltd']],
    ['甲方传媒，有限公司', ['甲方传媒，有限公司']],
    ['Acme Co., Ltd. / Beta, Inc.', ['Acme Co., Ltd.', 'Beta, Inc.']],
    ['Ltd., Acme', ['Ltd.', 'Acme']],
    ['House "Q", Ltd', ['House "Q", Ltd']],
    ['House "Q, Ltd', ['House "Q, Ltd']],
    ['"A, B", C', ['A, B', 'C']],
    ['“甲、乙”组、丙', ['“甲、乙”组', '丙']],
    ['12" Vinyl, 7" Single', ['12" Vinyl', '7" Single']],
    ['甲、乙，丙', ['甲', '乙，丙']],
    ['甲，乙', ['甲', '乙']],
    ['甲／乙｜丙；丁丨戊', ['甲', '乙', '丙', '丁', '戊']],
    ['甲\r\n乙\n丙', ['甲', '乙', '丙']],
    ['[甲、乙]', ['甲', '乙']],
    ['["A, Inc.","B"]', ['A, Inc.', 'B']],
    ['[甲] / [乙]', ['[甲]', '[乙]']],
    ['A, , A, -', ['A']],
  ])('%s', (cell, names) => {
    expect(members(cell)).toEqual(names);
  });

  it('comes back from any mark that parts names, with forms of companies at their ends', () => {
    const word = fc.constantFrom('甲', '乙方', 'Acme', 'House "Q"', '丁丁', 'Béta', '7" Single');
    const form = fc.constantFrom('', ', Ltd.', ', Inc.', ' Co., Ltd', ', S.A.', '，有限公司');
    const names = fc.uniqueArray(
      fc.tuple(word, form).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 4 },
    );
    const mark = fc.constantFrom('/', ' | ', ';', '；', '、', '丨', '\n', '\r\n', ' ／ ');
    fc.assert(
      fc.property(names, mark, (list, between) => {
        // A mark parts only where it stands: one name alone goes by commas.
        expect(members(list.join(between))).toEqual(list.length > 1 ? list : members(list[0] ?? ''));
        expect(members(JSON.stringify(list))).toEqual(list);
      }),
    );
    const bare = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bare, fc.constantFrom(',', ', ', '，'), (list, comma) => {
        expect(members(list.join(comma))).toEqual(list);
      }),
    );
  });

  it('gives each producer of a log its views', async () => {
    await desk.import(
      '日期,剧名,承制方,播放量\n2025-10-01,剧0,"Beijing Acme Culture Media Co., Ltd.",1000\n2025-10-01,剧1,"Huafang Pictures Co., Ltd.",999\n' +
        '2025-10-01,剧2,"Crazy Oak Studio, Inc.",998\n2025-10-01,剧3,"Red Film, LLC",997\n',
      { options: { views_are: 'increment' } },
    );
    expect(await desk.rows('SELECT member FROM series_producer ORDER BY member')).toEqual(
      [
        'Beijing Acme Culture Media Co., Ltd.',
        'Crazy Oak Studio, Inc.',
        'Huafang Pictures Co., Ltd.',
        'Red Film, LLC',
      ].map((member) => ({ member })),
    );
    await desk.clear();
  });
});

describe('genres', () => {
  it.each([
    ['都市剧', ['urban']],
    ['#都市', ['urban']],
    ['都市 言情', ['urban', 'romance']],
    ['#都市#言情', ['urban', 'romance']],
    ['都市-言情', ['urban', 'romance']],
    ['都市+言情·悬疑', ['urban', 'romance', 'suspense']],
    ['urban & romance', ['urban', 'romance']],
    ['都市，言情', ['urban', 'romance']],
    ['slice of life', ['urban_daily']],
    ['female-oriented', ['female_oriented']],
    ['喜剧', ['comedy']],
    ['言情类', ['romance']],
    ['Family drama', ['family']],
    ['都市 没听过', null],
    ['悲剧', null],
  ])('%s', (tag, ids) => {
    expect(genresOf(tag, vocabulary)).toEqual(ids);
  });
});

describe('regions', () => {
  it('are known by their long and short names in six languages, in current codes only', () => {
    for (const [id, names] of Object.entries({
      FR: ['法国', '法國', 'France', 'フランス', '프랑스', 'França', 'Francia'],
      RU: ['俄罗斯', '俄羅斯', 'Russia', 'ロシア', '러시아', 'Rússia', 'Rusia', 'RU'],
      US: [
        '美国',
        '美國',
        'United States',
        'US',
        'USA',
        'アメリカ',
        'アメリカ合衆国',
        '미국',
        'EUA',
        'EE. UU.',
        'Estados Unidos',
        '美国市场',
      ],
      GB: ['英国', '英國', 'UK', 'イギリス', '영국', 'Reino Unido'],
      KR: ['韩国', '韓国', '南韓', '韓國', '대한민국', '한국', 'South Korea', 'Coreia do Sul', 'Corea del Sur'],
      VN: ['越南', 'Viet Nam', 'Vietname', 'Vietnã', 'ベトナム', '베트남'],
      MX: ['墨西哥', 'México', 'Mexico'],
      CI: ["Côte d'Ivoire", "Cote d'Ivoire", '科特迪瓦', '象牙海岸'],
      HK: ['香港', '中国香港', 'Hong Kong', 'Hong Kong SAR China', '홍콩'],
    }))
      expect([id, ...names.map(regionOf)]).toEqual([id, ...names.map(() => id)]);
  });

  it('of every country CLDR names are told apart and go back to their id', () => {
    const ids = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko', 'pt', 'es'].flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      return ['AE', 'AR', 'BR', 'CD', 'CG', 'DE', 'DO', 'DM', 'GN', 'GQ', 'ID', 'IN', 'KP', 'NE', 'NG', 'YE'].map(
        (id) => [id, regionOf(names.of(id) ?? '')],
      );
    });
    expect(ids.filter(([id, read]) => id !== read)).toEqual([]);
  });

  it('that are no countries are what they are', async () => {
    expect(
      ['北美', 'North America', '东南亚', '東南アジア', '海外', 'overseas', '其他', 'Others', '世界'].map(regionOf),
    ).toEqual(['003', '003', '035', '035', '(overseas)', '(overseas)', '(unknown)', '(unknown)', '(unknown)']);
    expect(regionLabel('035')).toEqual({ zh: '东南亚', en: 'Southeast Asia' });
    expect(['境内', '北美', '其他', '法国', '没听过'].map(isRegion)).toEqual([true, true, false, true, false]);
    const rows = ['境内', '中国大陆', '海外', '其他', '北美', '东南亚', '亚洲', '美国', '法国', '没听过'].map(
      (region, i) => `2025-10-01,S${i},${region},${2 ** i}`,
    );
    await desk.import(`date,series_id,region,views\n${rows.join('\n')}\n`, { options: { views_are: 'increment' } });
    expect(
      await desk.rows(`SELECT r.market::VARCHAR AS market, r.id, sum(views)::INTEGER AS views
        FROM view_log JOIN region r USING (region_key) GROUP BY ALL ORDER BY ALL`),
    ).toEqual([
      { market: '(unknown)', id: '(unknown)', views: 8 },
      { market: '(unknown)', id: '142', views: 64 },
      { market: 'domestic', id: 'CN', views: 3 },
      { market: 'overseas', id: '(overseas)', views: 4 },
      { market: 'overseas', id: '003', views: 16 },
      { market: 'overseas', id: '035', views: 32 },
      { market: 'overseas', id: 'FR', views: 256 },
      { market: 'overseas', id: 'US', views: 128 },
      { market: 'overseas', id: '没听过', views: 512 },
    ]);
    await desk.clear();
  });
});

it('WeChat’s mini programs are another platform than its channels', async () => {
  await desk.import(
    'date,series_id,platform,views\n2025-10-01,S,微信小程序,1\n2025-10-01,S,视频号,2\n2025-10-01,S,WeChat Mini Program,4\n2025-10-01,S,微信,8\n',
    { options: { views_are: 'increment' } },
  );
  expect(
    await desk.rows(
      'SELECT p.id, sum(views)::INTEGER AS views FROM view_log JOIN platform p USING (platform_key) GROUP BY ALL ORDER BY ALL',
    ),
  ).toEqual([
    { id: 'wechat_channels', views: 10 },
    { id: 'wechat_mini_programs', views: 5 },
  ]);
  await desk.clear();
});

describe('characters that nobody sees', () => {
  const zero = '\u200b';
  /** Headers, a day, a number, names and a region, each with such characters within. */
  const header = [`\ufeff日${zero}期`, `剧${'\u2060'}名`, `承制${'\u00ad'}方`, `地${'\u200e'}区`, `播放${zero}量`];
  const rows = [
    [`2025-10-${'\u200f'}01`, `盛夏${zero}芬德拉`, `听花${'\u00ad'}岛`, `美${'\u2060'}国`, `1,2${zero}34`],
    ['2025-10-02', '盛夏芬德拉', '听花岛', '美国', `5${'\ufeff'}`],
  ];
  const csv = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n');
  const sheet = [header, ...rows].map((cells, i) => row(i + 1, cells)).join('');
  const json = rows.map((cells) => JSON.stringify(Object.fromEntries(header.map((name, i) => [name, cells[i]]))));

  it.each([
    ['delimited text', 'a.csv', csv],
    ['a workbook', 'a.xlsx', workbook([{ name: 'A', rows: sheet }])],
    ['JSON with escapes', 'a.ndjson', json.join('\n').replaceAll(zero, '\\u200b')],
    ['Parquet', 'a.parquet', null],
  ])('are gone from %s before anything is read', async (_format, name, bytes) => {
    if (bytes === null) {
      const source = await desk.write('source.csv', csv);
      await desk.rows(`COPY (FROM read_csv('${source}', all_varchar = true)) TO '${desk.folder}/${name}'`);
    }
    const options = { views_are: 'increment' as const };
    const record = await (bytes === null
      ? desk.imports.importFile(`${desk.folder}/${name}`, { options })
      : desk.import(bytes, { name, options }));
    expect(record).toMatchObject({ rows_rejected: 0, rows_committed: 2 });
    expect(await desk.views()).toEqual(['盛夏芬德拉 2025-10-01 1234', '盛夏芬德拉 2025-10-02 5']);
    expect(await desk.rows('SELECT title, producers FROM series')).toEqual([
      { title: '盛夏芬德拉', producers: ['听花岛'] },
    ]);
    expect(await desk.rows('SELECT DISTINCT id FROM view_log JOIN region USING (region_key)')).toEqual([{ id: 'US' }]);
    await desk.clear();
  });

  it('are seen wherever a chunk ends, and a byte order mark alone is none', () => {
    const found = (source: string, size: number) => {
      const gatherer = new FactsGatherer();
      const bytes = Buffer.from(source);
      for (let at = 0; at < bytes.length; at += size) gatherer.push(bytes.subarray(at, at + size));
      return gatherer.end().invisible;
    };
    for (const size of [1, 2, 3, 4, 7, 1000]) {
      expect(found('\ufeff日期,“剧名”…，播放量—é\n2025-10-01,盛夏,1\n', size)).toBe(false);
      for (const character of INVISIBLE) {
        expect(found(`日期,剧${character}名\n`, size)).toBe(true);
        expect(found(`\ufeff日期,剧名${character}`, size)).toBe(true);
      }
    }
  });
});
