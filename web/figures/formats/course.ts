import type { Answer } from '../../../server/contract/query.ts';
import type { Partial } from '../../charts/frame.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import type { Scope } from '../../filters/scope.ts';
import { type TrendWindow, trendWindow } from '../../filters/trend.ts';
import { during, range as rangeText } from '../../i18n/numbers.ts';
import { formatsWords } from './words.ts';

/** The time that the page's courses are drawn over. */
export const courseOf = (scope: Scope): TrendWindow => trendWindow(scope);

/** What subtitles say of it. */
export function courseTexts(scope: Scope): { grain: string; range: string } {
  const { range, grain } = courseOf(scope);
  return {
    grain: formatsWords.say(scope.language)(`grain_${grain}`),
    range: rangeText(range.from, range.to, scope.language),
  };
}

export const partialOf = ({ meta }: Answer, scope: Scope): Partial => ({
  periods: meta.partial_periods,
  asOf: lastDrawnDay(scope.asOf, courseOf(scope).range.to),
});

/** The range that is chosen, within a sentence. */
export const chosenTime = ({ range, language }: Scope): string => during(range.from, range.to, language);

/** The range that is chosen, as the title says it. */
export const chosenRange = ({ range, language }: Scope): string => rangeText(range.from, range.to, language);
