import type { Translate, Words } from '../i18n/defineWords.ts';
import type { Language } from '../i18n/i18n.ts';
import { commonWords } from '../i18n/words.ts';
import { useLanguage } from './language.ts';

/** The hook of a folder's words, in the reader's language: `const { t, language } = useWords()`. */
export const hookFor =
  <K extends string>({ say }: Words<K>) =>
  (): { t: Translate<K>; language: Language } => {
    const language = useLanguage();
    return { t: say(language), language };
  };

export const useWords = hookFor(commonWords);
