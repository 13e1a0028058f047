import { useSyncExternalStore } from 'react';
import { isLanguage, type Language } from '../i18n/i18n.ts';

const STORED = 'dramascope.language';

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** `?lang=` wins, then what the reader chose before, then the browser's language. */
function initialLanguage(search: string): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  const before = stored();
  if (isLanguage(before)) return before;
  // Without a browser (tests) there is nobody to ask.
  const browser = typeof navigator === 'undefined' ? 'zh' : (navigator.language ?? 'zh');
  return browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

let current = initialLanguage(globalThis.location?.search ?? '');
const listeners = new Set<() => void>();

function speak(language: Language): void {
  current = language;
  if (typeof document !== 'undefined') document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}
speak(current);

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentLanguage = (): Language => current;

export const useLanguage = (): Language => useSyncExternalStore(listen, currentLanguage);

/** Switches the words, `<html lang>`, and, if `keep`, the choice of this browser. */
export function setLanguage(language: Language, keep: boolean): void {
  speak(language);
  if (keep) {
    try {
      localStorage.setItem(STORED, language);
    } catch {
      // Storage may be refused (private window); the choice then holds for this page only.
    }
  }
}
