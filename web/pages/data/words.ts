import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';
import * as flow from './words/flow.ts';
import * as history from './words/history.ts';
import * as options from './words/options.ts';
import * as review from './words/review.ts';
import * as warnings from './words/warnings.ts';

/** Words of the data page. */
const words = defineWords('data', {
  zh: { ...flow.zh, ...review.zh, ...options.zh, ...history.zh, ...warnings.zh },
  en: { ...flow.en, ...review.en, ...options.en, ...history.en, ...warnings.en },
});

export const useWords = hookFor(words);
export type DataWords = ReturnType<typeof useWords>['t'];
