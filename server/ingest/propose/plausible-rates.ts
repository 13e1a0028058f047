/** About how many units one US dollar was in 2020 to 2025. Currencies that lost most of their value are left out. */
const PER_DOLLAR: Readonly<Record<string, number>> = {
  ...{ USD: 1, EUR: 0.9, GBP: 0.78, CHF: 0.9, CAD: 1.35, AUD: 1.5, NZD: 1.6, SGD: 1.35, BRL: 5.3, MXN: 18.5 },
  ...{ CNY: 7, CNH: 7, HKD: 7.8, MOP: 8, TWD: 31, JPY: 140, KRW: 1300, MNT: 3300, INR: 82, PKR: 250, BDT: 110 },
  ...{ IDR: 15500, THB: 34, VND: 24500, MYR: 4.4, PHP: 56, KHR: 4100, LKR: 300, NPR: 132, KZT: 470, UZS: 12000 },
  ...{ SEK: 10.3, NOK: 10.3, DKK: 6.8, PLN: 4, CZK: 22.5, HUF: 355, RON: 4.6, RUB: 85, UAH: 38, ISK: 137, ILS: 3.6 },
  ...{ AED: 3.67, SAR: 3.75, QAR: 3.64, KWD: 0.31, BHD: 0.377, OMR: 0.385, JOD: 0.71, MAD: 10, ZAR: 18, KES: 130 },
  ...{ COP: 4100, CLP: 900, PEN: 3.8, CRC: 530, DOP: 57, GTQ: 7.8, UYU: 40, BOB: 6.9 },
};
/** Rates by the hundred or turned round are further off than any currency moved in ten years. */
const FAR = 30;

export const isSizeKnown = (currency: string, base: string): boolean =>
  PER_DOLLAR[currency] !== undefined && PER_DOLLAR[base] !== undefined;

/** How many times too large (below 1: too small) a rate is; null if it is plausible or unknown. */
export function offBy(currency: string, base: string, rate: number): number | null {
  const [one, into] = [PER_DOLLAR[currency], PER_DOLLAR[base]];
  if (one === undefined || into === undefined || !(rate > 0)) return null;
  const ratio = rate / (into / one);
  return ratio >= FAR || ratio <= 1 / FAR ? ratio : null;
}

export const plausibleRate = (currency: string, base: string): string =>
  String(Number(((PER_DOLLAR[base] ?? 1) / (PER_DOLLAR[currency] ?? 1)).toPrecision(1)));
