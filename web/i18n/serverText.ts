import type { Language } from './i18n.ts';

/** A text that the server wrote: in both languages, or in English only. */
export type ServerText = string | Readonly<Record<Language, string>>;

/** What to show of it. The one place that knows in what shape the server's reasons, details and warnings come. */
export const serverText = (text: ServerText, language: Language): string =>
  typeof text === 'string' ? text : text[language];

const ENDED = /[.!?…:;。！？：；][”’」』)）]*$/u;

/** Sentences one after the other, blank ones left out; a reason that the server put as a half sentence becomes a whole one. */
export const sentences = (texts: readonly string[], language: Language): string =>
  texts
    .filter((text) => text !== '')
    .map((text) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()))
    .map((text) => (ENDED.test(text) ? text : `${text}${language === 'zh' ? '。' : '.'}`))
    .join(language === 'zh' ? '' : ' ');
