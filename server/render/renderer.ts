import { LRUCache } from 'lru-cache';
import type { Params } from '../../web/filters/grammar.ts';
import type { Language } from '../../web/i18n/i18n.ts';
import type { AnsweredFigure } from './ask-figure.ts';
import type { FigureInWords, PictureWanted } from './draw-figure.ts';
import type { Page, PictureKind } from './render-thread.ts';
import { type JobGiven, Threads } from './threads.ts';

/** A figure at an address, on a version of the data. */
export interface FigureAsked {
  readonly id: string;
  readonly address: Params;
  readonly language: Language;
  readonly version: string;
  /** Asks the data; only if what is wanted is not kept. */
  readonly answered: () => Promise<AnsweredFigure>;
}

export interface Renderer {
  /** The file, or null if there is nothing to draw. */
  picture(asked: FigureAsked, kind: PictureKind, wanted: PictureWanted): Promise<Uint8Array | null>;
  words(asked: FigureAsked): Promise<FigureInWords>;
  deck(title: string, pages: readonly Page[]): Promise<Uint8Array>;
  close(): void;
}

const ROOM = 64 * 1024 ** 2;
const THREADS = 2;

type WithoutFigure<J> = J extends { figure: unknown } ? Omit<J, 'figure'> : never;
type Wanted = WithoutFigure<JobGiven>;
type Kept = { readonly bytes: Uint8Array | null } | { readonly words: FigureInWords };

/** Draws in threads; what was drawn is kept while the data stay the same, and asked for twice at once is drawn once. */
export function createRenderer(): Renderer {
  const threads = new Threads(THREADS);
  const kept = new LRUCache<string, Kept>({ maxSize: ROOM, sizeCalculation: bytesOf });
  const underway = new Map<string, Promise<Kept>>();

  async function made(asked: FigureAsked, rest: Wanted): Promise<Kept> {
    const done = await threads.run({ ...rest, figure: await asked.answered() });
    if ('error' in done) throw new Error(done.error);
    return 'words' in done ? { words: done.words } : { bytes: done.bytes };
  }

  async function get(asked: FigureAsked, rest: Wanted): Promise<Kept> {
    const key = JSON.stringify([asked.version, asked.id, sorted(asked.address), asked.language, rest]);
    const found = kept.get(key);
    if (found !== undefined) return found;
    const running = underway.get(key);
    if (running !== undefined) return running;
    const run = made(asked, rest).finally(() => underway.delete(key));
    underway.set(key, run);
    const one = await run;
    kept.set(key, one);
    return one;
  }

  return {
    picture: async (asked, kind, wanted) => {
      const one = await get(asked, { kind, wanted });
      return 'bytes' in one ? one.bytes : null;
    },
    words: async (asked) => {
      const one = await get(asked, { kind: 'words' });
      if (!('words' in one)) throw new Error('the thread drew what was to be told');
      return one.words;
    },
    deck: async (title, pages) => {
      const done = await threads.run({ kind: 'deck', title, pages });
      if (!('bytes' in done) || done.bytes === null) throw new Error('error' in done ? done.error : 'there is no deck');
      return done.bytes;
    },
    close: () => threads.close(),
  };
}

const sorted = (address: Params): object =>
  Object.fromEntries(Object.entries(address).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const LEAST = 64;
const bytesOf = (one: Kept): number =>
  LEAST + ('bytes' in one ? (one.bytes?.byteLength ?? 0) : 2 * JSON.stringify(one.words).length);
