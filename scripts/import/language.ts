/** What language the command speaks. */
import { ProblemError } from '../../server/problem.ts';
import { inLanguage, type Language, type Wording } from '../../server/wording.ts';

/** What `--lang` says, else the terminal's: Chinese where its locale is Chinese, else English. */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return asked ?? (/^zh/iu.test(locale) ? 'zh' : 'en');
}

/** A refusal of the server or of the import, fit to show. */
export class ImportError extends Error {
  constructor(readonly said: Wording) {
    super(inLanguage(said, 'en'));
  }
}

export function messageOf(error: unknown, language: Language): string {
  if (error instanceof ImportError) return inLanguage(error.said, language);
  if (error instanceof ProblemError) return error.detail[language];
  return error instanceof Error ? error.message : String(error);
}
