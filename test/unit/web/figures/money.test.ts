import { describe, expect, it } from 'vitest';
import { moneyView } from '../../../../web/figures/growth/money.ts';

const rates = { currencies: ['USD'], from: '2025-01-01', to: '2025-10-31' };

describe('money on the growth page', () => {
  it('is shown in the one currency of the dataset, with nothing to choose', () => {
    expect(moneyView({ money: true }, { currency: 'USD', currencies: ['USD'], rates: null }, 'CNY')).toEqual({
      choices: [],
      currency: 'USD',
      converts: false,
      params: {},
    });
  });

  it('is converted into the chosen currency where there are rates', () => {
    const dataset = { currency: null, currencies: ['CNY', 'USD'], rates };
    expect(moneyView({ money: true }, dataset, 'USD')).toEqual({
      choices: ['CNY', 'USD'],
      currency: 'USD',
      converts: true,
      params: { currency: 'USD' },
    });
    expect(moneyView({ money: true }, dataset, 'nonsense').currency).toBe('CNY');
  });

  it('is shown of one currency alone where there are none', () => {
    const view = moneyView({ money: true }, { currency: null, currencies: ['JPY', 'USD'], rates: null }, '');
    expect(view).toMatchObject({ currency: 'JPY', converts: false });
    expect(view.params).toEqual({ filters: [{ dimension: 'currency', op: 'in', values: ['JPY'] }] });
  });

  it('changes nothing for a measure that is no money', () => {
    expect(moneyView({ money: false }, { currency: null, currencies: ['CNY', 'USD'], rates }, 'USD')).toMatchObject({
      choices: [],
      currency: null,
      params: {},
    });
  });
});
