import { eachDay } from './calendar.ts';

/** One unit of `currency` is worth `rate` units of `base`. */
export interface Rate {
  readonly day: string;
  readonly currency: string;
  readonly base: string;
  readonly rate: number;
}

export interface MissingRate {
  readonly currency: string;
  readonly day: string;
}

/** With the day of the oldest rate used. */
export interface Factor {
  readonly currency: string;
  readonly day: string;
  readonly factor: number;
  /** Null if the currency is already the wanted one. */
  readonly statedOn: string | null;
}

export interface CurrencySpan {
  readonly currency: string;
  readonly from: string;
  readonly to: string;
}

/** One unit's value in the currency that the chain has reached. */
interface Step {
  readonly in: string;
  readonly value: number;
  readonly statedOn: string | null;
}

/** A rate holds until the next of its currency. Currencies meet in a common base, also over several steps. */
export class ExchangeRates {
  private readonly byCurrency = new Map<string, Rate[]>();

  /** @param rates at most one per day and currency */
  constructor(rates: readonly Rate[]) {
    for (const rate of rates.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
      const own = this.byCurrency.get(rate.currency) ?? [];
      own.push(rate);
      this.byCurrency.set(rate.currency, own);
    }
  }

  /** Null if no rate on or before the day tells. */
  factor(currency: string, target: string, day: string): Pick<Factor, 'factor' | 'statedOn'> | null {
    const goals = new Map(this.chain(target, day).map((step) => [step.in, step]));
    const chain = this.chain(currency, day);
    // A rate stated straight into the wanted currency comes before an inverse.
    for (const step of [...chain.filter((one) => one.in === target), ...chain]) {
      const goal = goals.get(step.in);
      if (!goal) continue;
      const stated = [step.statedOn, goal.statedOn].filter((on) => on !== null).sort();
      return { factor: step.value / goal.value, statedOn: stated[0] ?? null };
    }
    return null;
  }

  /** For each day of each span, or the first currency and day without one. */
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

  /** On any day. */
  get known(): readonly string[] {
    return [...this.byCurrency.keys()].sort();
  }

  /** Null if no file gives a rate. */
  firstDay(currency: string): string | null {
    return this.byCurrency.get(currency)?.[0]?.day ?? null;
  }

  /** A base needs no rate. */
  private unstated(currency: string, target: string, day: string): string {
    const isBase = (id: string) =>
      [...this.byCurrency.values()].some((rates) => rates.some((rate) => rate.base === id));
    return [currency, target].find((id) => this.rateOn(id, day) === null && !isBase(id)) ?? currency;
  }

  /** Through its bases to the last without a rate of its own. */
  private chain(currency: string, day: string): readonly Step[] {
    const steps: Step[] = [{ in: currency, value: 1, statedOn: null }];
    for (let last = steps[0]; last !== undefined; ) {
      const rate: Rate | null = this.rateOn(last.in, day);
      // Currencies stated in each other would loop.
      if (rate === null || steps.some((step) => step.in === rate.base)) break;
      const statedOn: string = last.statedOn === null || rate.day < last.statedOn ? rate.day : last.statedOn;
      last = { in: rate.base, value: last.value * rate.rate, statedOn };
      steps.push(last);
    }
    return steps;
  }

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
