import { describe, expect, it } from 'vitest';
import { FIGURES } from '../../../../web/figures/all.ts';
import { askedOf, scopeOf } from './told.ts';

describe('every figure', () => {
  it('has an id of its own, that its page begins', () => {
    const ids = FIGURES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^(overview|club|series|genres?|producers?|compare|growth|formats|overseas|data)\.[a-z_]+$/);
  });

  it.each(FIGURES.map((one) => [one.id, one] as const))(
    '%s reads any address, and heads in both languages',
    (_, one) => {
      one.take((figure) => {
        const address = {
          by: 'nonsense',
          threshold: '-1',
          base: '',
          split: '"',
          trend: 'x',
          hit: '0',
          days: '',
          id: '~',
        };
        expect(Object.keys(askedOf(figure, address)).length).toBeGreaterThan(0);
        const [zh, en] = [figure.heads(scopeOf(figure, address, 'zh')), figure.heads(scopeOf(figure, address, 'en'))];
        expect(zh.title).toMatch(/\p{Script=Han}/u);
        expect(en.title).toMatch(/^[A-Z]/);
        expect(`${zh.title}${zh.subtitle}${en.title}${en.subtitle}`).not.toMatch(/\{\{|undefined|null/);
      });
    },
  );
});
