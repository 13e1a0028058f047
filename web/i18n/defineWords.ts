import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n, isLanguage, type Language } from './i18n.ts';

type Entries = Record<string, string>;
type Base<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;
/** The keys one may ask for: plural endings (`_one`, `_other`) are chosen by `count`. */
export type WordKey<W extends Entries> = Extract<Base<keyof W>, string>;
/** Values put into `{{name}}` places; `count` also picks the plural. */
export type WordValues = Record<string, string | number>;
export type Translate<K extends string> = (key: K, values?: WordValues) => string;

/**
 * The words of one page or part, in both languages, as a namespace of their own so that pages never collide.
 * `en` must have the keys of `zh` (plural endings may differ). Gives a hook: `const { t, language } = useWords()`.
 */
export function defineWords<const Z extends Entries, const E extends Entries>(
  namespace: string,
  words: {
    zh: Z;
    en: E & ([WordKey<Z>] extends [WordKey<E>] ? unknown : { missing: Exclude<WordKey<Z>, WordKey<E>> });
  },
): {
  useWords: () => { t: Translate<WordKey<Z>>; language: Language };
  say: (language: Language) => Translate<WordKey<Z>>;
} {
  i18n.addResourceBundle('zh', namespace, words.zh, true, true);
  i18n.addResourceBundle('en', namespace, words.en, true, true);
  return {
    useWords: () => {
      const { t: translate, i18n: used } = useTranslation(namespace);
      const language: Language = isLanguage(used.language) ? used.language : 'zh';
      // The same function as long as the language stays: what is remembered by it is made anew with the language.
      const t = useCallback(
        (key: WordKey<Z>, values?: WordValues) => String(translate(key, { ...values })),
        [translate],
      );
      return { t, language };
    },
    say: (language) => {
      const fixed = i18n.getFixedT(language, namespace);
      return (key, values) => String(fixed(key, { ...values }));
    },
  };
}
