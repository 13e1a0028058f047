export type Language = 'zh' | 'en';

export function isLanguage(value: unknown): value is Language {
  return value === 'zh' || value === 'en';
}
