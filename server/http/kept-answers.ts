import { LRUCache } from 'lru-cache';
import type { Meta } from '../contract/query.ts';
import type { Language } from '../wording.ts';

interface Asking {
  readonly version: string;
  readonly language: Language;
  readonly asked: unknown;
}

/** The part of the room that one answer may take; larger ones are few and rarely asked twice. */
const LARGEST = 1 / 4;

/** Answers of one kind, kept as long as the data stay the same: a page that many open is computed once. */
export class KeptAnswers<A extends { readonly meta: Meta }> {
  private readonly answers: LRUCache<string, A>;

  /** @param room bytes, about */
  constructor(room: number) {
    this.answers = new LRUCache<string, A>({ maxSize: room, maxEntrySize: room * LARGEST, sizeCalculation: bytesOf });
  }

  find(asking: Asking): A | undefined {
    return this.answers.get(keyOf(asking));
  }

  keep(asking: Asking, answer: A): void {
    this.answers.set(keyOf(asking), answer);
  }
}

const keyOf = ({ version, language, asked }: Asking): string =>
  JSON.stringify([version, language, asked], (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );

const WORD = 8;

/** About what a value takes in memory. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 2 * WORD + 2 * value.length;
  if (value === null || typeof value !== 'object') return WORD;
  let bytes = 4 * WORD;
  for (const one of Object.values(value)) bytes += WORD + bytesOf(one);
  return bytes;
}
