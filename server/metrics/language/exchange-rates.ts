import { eachDay } from './calendar.ts';

/** A stated rate: on this day one unit of `currency` is worth `rate` units of `base`. */
export interface Rate {
  readonly day: string;
  readonly currency: string;
  readonly base: string;
  readonly rate: number;
}

/** A currency that cannot be turned into another on a day. */
export interface MissingRate {
  readonly currency: string;
  readonly day: string;
}

/** What one unit of `currency` is worth on a day, and the day of the oldest rate that says so. */
export interface Factor {
  readonly currency: string;
  readonly day: string;
  readonly factor: number;
  /** Null where the currency is the wanted one already. */
  readonly statedOn: string | null;
}

/** Days on which a currency occurs, both inclusive. */
export interface CurrencySpan {
  readonly currency: string;
  readonly from: string;
  readonly to: string;
}

/** Value of one unit of a currency in the currency that a chain of rates has reached. */
interface Step {
  readonly in: string;
  readonly value: number;
  readonly statedOn: string | null;
}

/**
 * Exchange rates over time. A rate holds from its day until the next of its currency, so weekends and holidays have the
 * last one before them. Two currencies are compared through the base that both lead to, also over several steps
 * (yen stated in dollars, dollars in yuan).
 */
export class ExchangeRates {
  private readonly byCurrency = new Map<string, Rate[]>();

  /** @param rates at most one per day and currency, in any order */
  constructor(rates: readonly Rate[]) {
    for (const rate of rates.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
      const own = this.byCurrency.get(rate.currency) ?? [];
      own.push(rate);
      this.byCurrency.set(rate.currency, own);
    }
  }

  /** What one unit of `currency` is worth in `target` on a day; null where no rate on or before it tells. */
  factor(currency: string, target: string, day: string): Pick<Factor, 'factor' | 'statedOn'> | null {
    const goals = new Map(this.chain(target, day).map((step) => [step.in, step]));
    const chain = this.chain(currency, day);
    // What is stated straight into the wanted currency comes before what its inverse says.
    for (const step of [...chain.filter((one) => one.in === target), ...chain]) {
      const goal = goals.get(step.in);
      if (!goal) continue;
      const stated = [step.statedOn, goal.statedOn].filter((on) => on !== null).sort();
      return { factor: step.value / goal.value, statedOn: stated[0] ?? null };
    }
    return null;
  }

  /** Factors into `target` for each day of each span, or the first currency and day that has none. */
  factors(spans: readonly CurrencySpan[], target: string): readonly Factor[] | MissingRate {
    const factors: Factor[] = [];
    for (const { currency, from, to } of spans) {
      for (const day of eachDay({ from, to })) {
        const found = this.factor(currency, target, day);
        if (found === null) return { currency: this.unstated(currency, target, day), day };
        factors.push({ currency, day, ...found });
      }
    }
    return factors;
  }

  /** Currencies that a rate is stated of, on any day. */
  get known(): readonly string[] {
    return [...this.byCurrency.keys()].sort();
  }

  /** The first day on which a rate of the currency is stated; null where none ever is. */
  firstDay(currency: string): string | null {
    return this.byCurrency.get(currency)?.[0]?.day ?? null;
  }

  /** Which of the two lacks a rate on a day; a base needs none. */
  private unstated(currency: string, target: string, day: string): string {
    const isBase = (id: string) =>
      [...this.byCurrency.values()].some((rates) => rates.some((rate) => rate.base === id));
    return [currency, target].find((id) => this.rateOn(id, day) === null && !isBase(id)) ?? currency;
  }

  /** From a currency through its bases to the last that has no rate of its own. */
  private chain(currency: string, day: string): readonly Step[] {
    const steps: Step[] = [{ in: currency, value: 1, statedOn: null }];
    for (let last = steps[0]; last !== undefined; ) {
      const rate: Rate | null = this.rateOn(last.in, day);
      // Currencies that are stated in each other would lead around for ever.
      if (rate === null || steps.some((step) => step.in === rate.base)) break;
      const statedOn: string = last.statedOn === null || rate.day < last.statedOn ? rate.day : last.statedOn;
      last = { in: rate.base, value: last.value * rate.rate, statedOn };
      steps.push(last);
    }
    return steps;
  }

  /** The latest rate on or before a day. */
  private rateOn(currency: string, day: string): Rate | null {
    const rates = this.byCurrency.get(currency) ?? [];
    let low = 0;
    let high = rates.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rates[middle]?.day ?? '') <= day) low = middle + 1;
      else high = middle;
    }
    return rates[low - 1] ?? null;
  }
}
