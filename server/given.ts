/** Repeats what a user gave: short, and safe to print. */
import { closest } from './closest.ts';
import type { Label } from './contract/query.ts';

const LONGEST = 60;
/** Control characters, half characters and marks that turn the text's direction. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Texts as they are, anything else as JSON; cut, control characters escaped. */
export function quoted(value: unknown): Label {
  if (typeof value === 'string') {
    const text = cut(value);
    return { en: `"${text}"`, zh: `“${text}”` };
  }
  const text = cut(written(value, 2));
  return { en: text, zh: text };
}

/** Not given at all, unlike `undefined`. */
export const MISSING = Symbol('missing');

export function said(value: unknown): Label {
  if (value === MISSING || value === undefined) return { en: 'nothing is given', zh: '未给出' };
  if (value === '') return { en: 'an empty text is given', zh: '给出的是空文本' };
  const { en, zh } = quoted(value);
  return { en: `${en} is given`, zh: `给出的是${spaced(zh)}` };
}

/** Between Chinese and Latin letters or digits there is a gap. */
export const spaced = (zh: string): string => (/^[\x21-\x7e]/u.test(zh) ? ` ${zh}` : zh);

export function allQuoted(values: readonly string[], most = 5): Label {
  const shown = values.slice(0, most).map(quoted);
  const more = values.length - shown.length;
  return {
    en: shown.map(({ en }) => en).join(', ') + (more > 0 ? ` and ${more} more` : ''),
    zh: shown.map(({ zh }) => zh).join('、') + (more > 0 ? `等 ${values.length} 项` : ''),
  };
}

function cut(text: string): string {
  // A character takes at most two units; the rest of a huge text is not looked at.
  const [...characters] = text.slice(0, 2 * LONGEST + 2);
  const shown = characters.slice(0, LONGEST).join('');
  const escaped = shown.replaceAll(UNSEEN, (c) => `\\u${hex(c)}`);
  return escaped + (characters.length > LONGEST ? '…' : '');
}

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');

function written(value: unknown, levels: number): string {
  if (typeof value === 'string') return `"${value.slice(0, LONGEST)}"`;
  if (Array.isArray(value)) {
    if (levels === 0) return '[…]';
    const parts = value.slice(0, 5).map((one) => written(one, levels - 1));
    return `[${[...parts, ...(value.length > 5 ? ['…'] : [])].join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    if (levels === 0) return '{…}';
    const names = Object.keys(value);
    const parts = names
      .slice(0, 5)
      .map(
        (name) =>
          `"${name.slice(0, LONGEST)}": ${written(Object.getOwnPropertyDescriptor(value, name)?.value, levels - 1)}`,
      );
    return `{${[...parts, ...(names.length > 5 ? ['…'] : [])].join(', ')}}`;
  }
  return String(value);
}

/** Empty if no known word is near. */
export function didYouMean(given: unknown, words: readonly string[]): Label {
  const word = closest(given, words);
  return word === undefined ? { en: '', zh: '' } : { en: ` Did you mean "${word}"?`, zh: `您是否想写“${word}”？` };
}

export function noSuchName(name: string, known: readonly string[]): Label {
  const { en, zh } = quoted(name);
  const meant = didYouMean(name, known);
  return {
    en: `${en} is not known here.${meant.en} Known: ${known.join(', ')}.`,
    zh: `此处没有${zh}。${meant.zh}可用的有：${known.join('、')}。`,
  };
}
