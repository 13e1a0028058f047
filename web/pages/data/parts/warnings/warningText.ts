import { type WarningWords, zh } from './words.ts';

type Known = Extract<keyof typeof zh, `w_${string}_text`> extends `${infer K}_text` ? K : never;

const isKnown = (key: string): key is Known => Object.hasOwn(zh, key) && Object.hasOwn(zh, `${key}_text`);

/** What a warning's code means, in plain words; null for one that only the server can explain. */
export function warningText(code: string, t: WarningWords): { title: string; text: string } | null {
  const key = `w_${code}`;
  return isKnown(key) ? { title: t(key), text: t(`${key}_text`) } : null;
}
