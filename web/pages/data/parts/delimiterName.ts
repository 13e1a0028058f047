import type { SharedWords } from './words.ts';

export const DELIMITERS = [',', '\t', ';', '|'] as const;

export function delimiterName(delimiter: string, t: SharedWords): string {
  if (delimiter === '\t') return t('delimiter_tab');
  if (delimiter === ',') return t('delimiter_comma');
  if (delimiter === ';') return t('delimiter_semicolon');
  return delimiter === '|' ? t('delimiter_pipe') : delimiter;
}
