import i18next, { type i18n as I18n } from 'i18next';

export type Language = 'zh' | 'en';

export function isLanguage(value: unknown): value is Language {
  return value === 'zh' || value === 'en';
}

/** The one i18next instance; words come in by `defineWords`, folder by folder. Whose language is spoken is said at each call. */
export const i18n: I18n = i18next.createInstance();

void i18n.init({
  lng: 'zh',
  fallbackLng: 'en',
  supportedLngs: ['zh', 'en'],
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
});
