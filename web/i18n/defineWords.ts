import { i18n, type Language } from './i18n.ts';

type Entries = Record<string, string>;
type Base<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;
/** The keys one may ask for: plural endings (`_one`, `_other`) are chosen by `count`. */
export type WordKey<W extends Entries> = Extract<Base<keyof W>, string>;
/** Values put into `{{name}}` places; `count` also picks the plural. */
export type WordValues = Record<string, string | number>;
export type Translate<K extends string> = (key: K, values?: WordValues) => string;

/** The words of a folder. Components take them by the hook that `hookFor` (web/data/useWords.ts) makes. */
export interface Words<K extends string> {
  /** The same function for the same language, so that what is remembered by it stays. */
  say: (language: Language) => Translate<K>;
}

/**
 * The words of one folder, in both languages, as a namespace of their own so that folders never collide.
 * `en` must have the keys of `zh` (plural endings may differ). Pure.
 */
export function defineWords<const Z extends Entries, const E extends Entries>(
  namespace: string,
  words: {
    zh: Z;
    en: E & ([WordKey<Z>] extends [WordKey<E>] ? unknown : { missing: Exclude<WordKey<Z>, WordKey<E>> });
  },
): Words<WordKey<Z>> {
  i18n.addResourceBundle('zh', namespace, words.zh, true, true);
  i18n.addResourceBundle('en', namespace, words.en, true, true);
  const speaker = (language: Language): Translate<WordKey<Z>> => {
    const fixed = i18n.getFixedT(language, namespace);
    return (key, values) => String(fixed(key, { ...values }));
  };
  const speakers = { zh: speaker('zh'), en: speaker('en') };
  return { say: (language) => speakers[language] };
}
