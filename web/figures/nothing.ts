import { FILTER_DIMENSIONS, type Params } from '../filters/grammar.ts';
import { comparedRange, ends, presetRange } from '../filters/ranges.ts';
import type { Scope } from '../filters/scope.ts';
import { day, range as rangeText } from '../i18n/numbers.ts';
import type { Mend, Nothing } from './figure.ts';
import { figureWords } from './words.ts';

/** There are no rows within the filters. */
export function noRows(scope: Scope): Nothing {
  const { language, filters } = scope;
  const t = figureWords.say(language);
  const nothing = { nothing: t('empty'), remedy: t('empty_text') };
  if (filters.length > 0) return { ...nothing, mend: { label: t('clear'), change: NO_FILTERS } };
  return { ...nothing, mend: seeAll(scope) };
}

/** All of the data, unless that is what is looked at. */
export function seeAll({ language, since, asOf, range }: Scope): Mend | undefined {
  if (range.from <= since && range.to >= asOf) return undefined;
  return { label: figureWords.say(language)('all'), change: { ...NO_TIME, range: 'all' } };
}

const NO_TIME: Params = { range: undefined, from: undefined, to: undefined };
const NO_FILTERS: Params = Object.fromEntries(['where', ...FILTER_DIMENSIONS].map((name) => [name, undefined]));

/** From the longest to the shortest: the first whose comparison the data hold is offered. */
const COMPARABLE = ['12m', '6m', '3m', 'month'] as const;

/** The longest range up to the last whole month that can be compared; undefined if there is none. */
function comparable({ since, asOf, language, preset }: Scope): Mend | undefined {
  const t = figureWords.say(language);
  for (const one of COMPARABLE) {
    const range = presetRange(one, { from: since, to: asOf });
    const compared = comparedRange(range, 'previous_period', asOf);
    if (one === preset || compared === null || compared.from < since) continue;
    const told = { range: rangeText(...ends(range), language), compared: rangeText(...ends(compared), language) };
    return { label: t('compare_range', told), change: { ...NO_TIME, range: one, compare: undefined } };
  }
  return undefined;
}

/** There is nothing that the range is compared with. */
export function notCompared(scope: Scope): Nothing {
  const { language, uncomparable, since } = scope;
  const t = figureWords.say(language);
  if (uncomparable === null)
    return { nothing: t('off'), remedy: t('off_text'), mend: { label: t('compare'), change: { compare: undefined } } };
  return {
    nothing: t('uncomparable'),
    remedy: t('uncomparable_text', { range: rangeText(...ends(uncomparable), language), since: day(since, language) }),
    mend: comparable(scope),
  };
}
