/** What language the command speaks. */
import type { Problem } from '../../server/contract/problem.ts';
import { ProblemError } from '../../server/problem.ts';
import { StartError } from '../../server/start-error.ts';
import { inLanguage, type Language, languageOfTerminal, type Wording } from '../../server/wording.ts';

/** What `--lang` says, else the terminal's: Chinese where its locale is Chinese, else English. */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  return asked ?? languageOfTerminal(env);
}

/** A refusal of the server or of the import, fit to show. */
export class ImportError extends Error {
  /** @param problem the server's answer, where it is one */
  constructor(
    readonly said: Wording,
    readonly problem?: Problem,
  ) {
    super(inLanguage(said, 'en'));
  }
}

/** The import of the same bytes, where that is why a file is refused. */
export function duplicateOf(error: unknown): string | null {
  const problem = error instanceof ImportError ? error.problem : error instanceof ProblemError ? error : undefined;
  const message = problem?.code === 'duplicate_import' ? problem.errors?.[0]?.message : undefined;
  return typeof message === 'string' ? message : null;
}

export function messageOf(error: unknown, language: Language): string {
  if (error instanceof ImportError) return inLanguage(error.said, language);
  if (error instanceof ProblemError || error instanceof StartError) return error.detail[language];
  return error instanceof Error ? error.message : String(error);
}
