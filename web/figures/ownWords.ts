import type { Params } from '../filters/grammar.ts';

/** Words that a reader put in place of a figure's own, for what leaves the building; an empty one leaves the figure's out. */
export interface OwnWords {
  readonly title?: string;
  readonly subtitle?: string;
  readonly note?: string;
}

/**
 * In the address of a page, by the figure's id: `t.overview.formats=…`. An address has no empty parameters, so a word that is left
 * out is a dash there.
 */
const NAMES = { title: 't', subtitle: 's', note: 'n' } as const;
const LEFT_OUT = '-';
const KINDS = ['title', 'subtitle', 'note'] as const;

const read = (text: string | undefined) => (text === LEFT_OUT ? '' : text);

/** A figure's words in the address of its page. */
export const ownWords = (params: Params, id: string): OwnWords =>
  Object.fromEntries(
    KINDS.flatMap((kind) => {
      const text = read(params[`${NAMES[kind]}.${id}`]);
      return text === undefined ? [] : [[kind, text]];
    }),
  );

/** The same words as parameters of the page; those that are not given are taken out of it. */
export const ownWordsParams = (words: OwnWords, id: string): Params =>
  Object.fromEntries(
    KINDS.map((kind) => {
      const text = words[kind]?.trim();
      return [`${NAMES[kind]}.${id}`, text === '' ? LEFT_OUT : text];
    }),
  );

/** The address without the words of any figure. */
export const withoutOwnWords = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !/^[tsn]\.\w+\.\w+$/u.test(name)));
