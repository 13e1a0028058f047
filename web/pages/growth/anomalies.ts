import type { AnomaliesAnswer } from '../../../server/contract/analyses-outlook.ts';
import type { Language } from '../../i18n/i18n.ts';
import { grown, toNumber } from '../../i18n/numbers.ts';

type Anomaly = Pick<AnomaliesAnswer['rows'][number], 'views' | 'expected' | 'by_platform'>;

/** How far the day is from what was expected: +46.0%; far more, as times. */
export function timesText({ views, expected }: Anomaly, language: Language): string {
  const value = toNumber(views);
  return value === null || expected === null || expected <= 0 ? '' : grown(value / expected - 1, language);
}

/** The platform that most of the difference is on, if it has more than half of it. */
export function platformOf({ views, expected, by_platform: platforms }: Anomaly): string | null {
  const whole = (toNumber(views) ?? 0) - (expected ?? 0);
  if (platforms.length < 2 || whole === 0) return null;
  const [first] = platforms
    .map((one) => ({ name: one.platform_label, part: ((toNumber(one.views) ?? 0) - one.expected) / whole }))
    .toSorted((a, b) => b.part - a.part);
  return first !== undefined && first.part > 0.5 ? first.name : null;
}
