import { describe, expect, it } from 'vitest';
import type { AliasDimension } from '../../../../server/contract/aliases.ts';
import { isOneEditApart } from '../../../../server/ledger/names/name-keys.ts';
import { type Candidate, type Pair, suggestInPieces } from '../../../../server/ledger/names/suggest.ts';
import { spell, transcriber } from '../../../../server/vocabulary/pinyin.ts';

const transcribe = await transcriber();
const pinyin = (text: string) => spell(text, transcribe)?.letters ?? null;

const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  id: name,
  label: { zh: name, en: name },
  views: 1,
  ...more,
});
function suggest(dimension: AliasDimension, candidates: readonly Candidate[], spelled: typeof pinyin): Pair[] {
  const work = suggestInPieces(dimension, candidates, spelled);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
const reasonOf = (dimension: AliasDimension, a: string, b: string) =>
  suggest(dimension, [candidate(a), candidate(b)], pinyin)[0]?.reason ?? null;

describe('series titles', () => {
  it.each([
    ['老千', '《老千》', 'spelling'],
    ['念念，有词', '念念有词！', 'spelling'],
    ['ＳＷＥＥＴ Trap', 'sweet trap', 'spelling'],
    ['老千第二季', '老千 第2季', 'season_mark'],
    ['老千2', '老千第二季', 'season_mark'],
    ['老千 Season 2', '老千Ⅱ', 'season_mark'],
    ['老千', '老千 第一季', 'season_mark'],
    ['老千', '老千（全集）', 'decoration'],
    ['老千', '老千【全80集】', 'decoration'],
    ['盛夏芬德拉', '盛夏芬得拉', 'pinyin'],
    ['愛你萬年', '爱你万年', 'pinyin'],
    ['家里家外那些事', '家里家外这些事', 'one_character'],
  ])('%s and %s may be one: %s', (a, b, reason) => {
    expect(reasonOf('series', a, b)).toBe(reason);
  });

  it.each([
    ['老千', '老千2'],
    ['老千第一季', '老千第二季'],
    ['老千2', '老千3'],
    ['老千II', '老千III'],
    ['一胎三宝总裁爹地', '一胎四宝总裁爹地'],
    ['重生之都市修仙上', '重生之都市修仙下'],
    ['云渺我修仙多年', '云渺我修仙多年续'],
    ['十年之约', '九年之约'],
    ['爱情', '哀情'],
    ['甲乙', '丙丁'],
  ])('%s and %s are never suggested', (a, b) => {
    expect(reasonOf('series', a, b)).toBeNull();
  });

  it('count less where the rest speaks against them, and not at all where they are parts of one franchise', () => {
    const score = (a: Partial<Candidate>, b: Partial<Candidate>) =>
      suggest('series', [candidate('老千', { id: '1', ...a }), candidate('《老千》', { id: '2', ...b })], pinyin)[0]
        ?.score;
    expect(score({}, {})).toBe(0.97);
    expect(score({ producer: 'P' }, { producer: 'P' })).toBe(1);
    expect(score({ producer: 'P' }, { producer: 'Q' })).toBe(0.72);
    expect(score({ format: 'comic', producer: 'P' }, { format: 'live_action', producer: 'Q' })).toBeUndefined();
    const near = (franchise: string) =>
      suggest(
        'series',
        [candidate('家里家外那些事', { franchise }), candidate('家里家外这些事', { franchise: '家里家外' })],
        pinyin,
      );
    expect(near('别的')).toHaveLength(1);
    expect(near('家里家外')).toHaveLength(0);
  });

  it('are merged into the one that the catalogue knows, else the one with more views', () => {
    const into = (a: Partial<Candidate>, b: Partial<Candidate>) =>
      suggest('series', [candidate('老千', { id: '1', ...a }), candidate('《老千》', { id: '2', ...b })], pinyin)[0]
        ?.into.id;
    expect(into({ views: 5 }, { views: 9 })).toBe('2');
    expect(into({ views: 5, producer: 'P' }, { views: 9 })).toBe('1');
  });
});

describe('companies', () => {
  it.each([
    ['producer', '听花岛', '听花岛有限公司', 'company_suffix'],
    ['producer', '听花岛', '北京听花岛文化传媒有限公司', 'company_suffix'],
    ['producer', 'Maiya Studio', 'Maiya Co., Ltd.', 'company_suffix'],
    ['platform', '红星', '红星短剧APP', 'company_suffix'],
    ['producer', '马厩', '听花岛', null],
    ['producer', '九州影业', '九州传媒', null],
    ['producer', '一号传媒', '二号传媒', null],
    ['producer', '传媒', '文化', null],
  ] as const)('%s: %s and %s: %s', (dimension, a, b, reason) => {
    expect(reasonOf(dimension, a, b)).toBe(reason);
  });

  it('are one where one bears the other’s English name, and are not where both are credited together', () => {
    const both = [candidate('听花岛', { label: { zh: '听花岛', en: 'Tinghua Island' } }), candidate('Tinghua Island')];
    expect(suggest('producer', both, pinyin)[0]?.reason).toBe('translation');
    const [a, b] = [
      candidate('听花岛', { stands: new Set(['S1']) }),
      candidate('听花岛传媒', { stands: new Set(['S1']) }),
    ];
    expect(suggest('producer', [a, b], pinyin)).toEqual([]);
  });
});

describe('one edit', () => {
  it.each([
    ['abc', 'abd', true],
    ['abc', 'abcd', true],
    ['abc', 'bc', true],
    ['abcd', 'acbd', true],
    ['abc', 'abc', false],
    ['abc', 'adb', false],
    ['abcd', 'badc', false],
  ])('%s to %s: %s', (a, b, apart) => {
    expect(isOneEditApart(a, b)).toBe(apart);
  });
});

describe('many names', () => {
  it('are looked at in pieces, so that other requests have their turn', () => {
    const names = Array.from({ length: 5000 }, (_, n) => candidate(`series ${n}`));
    // Four keys, the English name, pinyin and one edit: each looks at all 5000, 250 at a time.
    expect([...suggestInPieces('series', names, () => null)].length).toBeGreaterThanOrEqual((5000 / 250 - 1) * 7);
  });

  it('with what speaks against two of them are told with a weight below zero', () => {
    const [pair] = suggest(
      'series',
      [candidate('老千', { producer: 'P', episodes: 80 }), candidate('《老千》', { producer: 'P', episodes: 60 })],
      pinyin,
    );
    expect(pair?.evidence).toEqual([
      { en: 'same producer', zh: '承制方相同', weight: 0.05 },
      { en: 'different numbers of episodes', zh: '集数不同', weight: -0.1 },
    ]);
  });

  it('are compared within blocks only: of 14,000 each pair is found, and nothing else', () => {
    const letters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉';
    const title = (n: number) => [1, 20, 400, 8000].map((p) => letters.charAt(Math.floor(n / p) % 20)).join('');
    // Neighbours in this numbering are one character apart; every sixth number in each place keeps them two apart.
    const spread = Array.from({ length: 300 }, (_, n) => `${title(n * 37)}${title(n * 91 + 5)}`);
    const named = spread.map((t) => candidate(t));
    const doubled = [...named, ...spread.slice(0, 50).map((t) => candidate(`《${t}》`))];
    const found = suggest('series', doubled, () => null).filter((p) => p.reason === 'spelling');
    expect(found).toHaveLength(50);
  });
});
