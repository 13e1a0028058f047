import type { Language } from './i18n.ts';
import { exact } from './numbers.ts';

type Entries = Record<string, string>;
type Base<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;
/** The keys one may ask for: plural endings (`_one`, `_other`) are chosen by `count`. */
export type WordKey<W extends Entries> = Extract<Base<keyof W>, string>;
export type WordValues = Record<string, string | number>;
export type Translate<K extends string> = (key: K, values?: WordValues) => string;

/** The words of a folder. Components take them by the hook that `hookFor` (web/data/useWords.ts) makes. */
export interface Words<K extends string> {
  /** The same function for the same language, so that what is remembered by it stays. */
  say: (language: Language) => Translate<K>;
}

const PLURALS = { zh: new Intl.PluralRules('zh'), en: new Intl.PluralRules('en') };

/** How many there are is read with its thousands apart; a year would not be. */
const written = (name: string, value: string | number = ''): string =>
  name === 'count' && typeof value === 'number' ? exact(value) : String(value);

/** The words of one folder, in both languages. `en` must have the keys of `zh` (plural endings may differ). Pure. */
export function defineWords<const Z extends Entries, const E extends Entries>(words: {
  zh: Z;
  en: E & ([WordKey<Z>] extends [WordKey<E>] ? unknown : { missing: Exclude<WordKey<Z>, WordKey<E>> });
}): Words<WordKey<Z>> {
  const speaker = (entries: Entries, plurals: Intl.PluralRules): Translate<WordKey<Z>> => {
    const textOf = (key: string, count: unknown): string =>
      (typeof count === 'number' ? entries[`${key}_${plurals.select(count)}`] : undefined) ?? entries[key] ?? key;
    return (key, values = {}) =>
      textOf(key, values.count).replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => written(name, values[name]));
  };
  const speakers = { zh: speaker(words.zh, PLURALS.zh), en: speaker(words.en, PLURALS.en) };
  return { say: (language) => speakers[language] };
}
