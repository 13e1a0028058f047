import * as words from './words/warnings.ts';
import type { DataWords } from './words.ts';

type Known = Extract<keyof typeof words.zh, `w_${string}_text`> extends `${infer K}_text` ? K : never;

const isKnown = (key: string): key is Known => Object.hasOwn(words.zh, key) && Object.hasOwn(words.zh, `${key}_text`);

/** What a warning's code means, in plain words; null for one that only the server can explain. */
export function warningText(code: string, t: DataWords): { title: string; text: string } | null {
  const key = `w_${code}`;
  return isKnown(key) ? { title: t(key), text: t(`${key}_text`) } : null;
}
