import type { Scope } from '../filters/scope.ts';
import type { Nothing } from './figure.ts';
import { figureWords } from './words.ts';

/** There are no rows within the filters. */
export function noRows({ language }: Scope): Nothing {
  const t = figureWords.say(language);
  return { nothing: t('empty'), remedy: t('empty_text') };
}

/** There is nothing that the range is compared with. */
export function notCompared({ language, uncomparable }: Scope): Nothing {
  const t = figureWords.say(language);
  return uncomparable === null
    ? { nothing: t('off'), remedy: t('off_text') }
    : { nothing: t('uncomparable'), remedy: t('uncomparable_text') };
}
