import type { Label } from './contract/query.ts';

export type Language = keyof Label;

/** A plain string is the same in both languages, such as a name. */
export type Wording = string | Label;

export const bothOf = (text: Wording): Label => (typeof text === 'string' ? { en: text, zh: text } : text);

export const inLanguage = (text: Wording, language: Language): string =>
  typeof text === 'string' ? text : text[language];

/** Chinese if its locale is Chinese, else English. */
export function languageOfTerminal(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh/iu.test(locale) ? 'zh' : 'en';
}

/** `1 step`, `20 steps`. */
export const numbered = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export const quoted = (names: readonly string[]): Label => {
  const each = names.map((name) => `“${name}”`);
  return { en: each.join(', '), zh: each.join('、') };
};

export const joined = (...parts: readonly Label[]): Label => ({
  en: parts.map(({ en }) => en).join('; '),
  zh: parts.map(({ zh }) => zh).join('；'),
});
