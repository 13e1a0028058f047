import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';
const STORED = 'dramascope.language';

/** The one i18next instance; words come in by `defineWords`, page by page. */
export const i18n: I18n = i18next.createInstance();

export function isLanguage(value: unknown): value is Language {
  return value === 'zh' || value === 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** `?lang=` wins, then what the reader chose before, then the browser's language. */
export function initialLanguage(search: string): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  const before = stored();
  if (isLanguage(before)) return before;
  // Without a browser (tests, charts drawn on the server) there is nobody to ask.
  const browser = typeof navigator === 'undefined' ? 'zh' : (navigator.language ?? 'zh');
  return browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Switches the words, `<html lang>`, and, if `keep`, the choice of this browser. */
export function setLanguage(language: Language, keep: boolean): void {
  void i18n.changeLanguage(language);
  if (keep) {
    try {
      localStorage.setItem(STORED, language);
    } catch {
      // Storage may be refused (private window); the choice then holds for this page only.
    }
  }
}

i18n.on('languageChanged', (language) => {
  if (typeof document !== 'undefined') document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
});

void i18n.use(initReactI18next).init({
  lng: initialLanguage(globalThis.location?.search ?? ''),
  fallbackLng: 'en',
  supportedLngs: ['zh', 'en'],
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});
