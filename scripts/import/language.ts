/** What language the command speaks. */
import { Option } from 'commander';
import type { Problem } from '../../server/contract/problem.ts';
import { ProblemError } from '../../server/problem.ts';
import { StartError } from '../../server/start-error.ts';
import { inLanguage, type Language, languageOfTerminal, type Wording } from '../../server/wording.ts';

/** The flag `--lang` of every command. */
export const languageFlag = (): Option =>
  new Option('--lang <language>', 'of what is said (default: zh where the locale is Chinese, else en)').choices([
    'en',
    'zh',
  ]);

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

/** The import of the same bytes, where that is why a file is refused, and the profile that was saved all the same. */
export function duplicateOf(error: unknown): { already: string; saved: string | null } | null {
  const problem = error instanceof ImportError ? error.problem : error instanceof ProblemError ? error : undefined;
  if (problem?.code !== 'duplicate_import') return null;
  const said = (at: string) => {
    const message = problem.errors?.find(({ path }) => path === at)?.message;
    return typeof message === 'string' ? message : null;
  };
  const already = said('upload_id');
  return already === null ? null : { already, saved: said('save_profile') };
}

/** Code and detail of a refusal, for programs. */
export function problemOf(error: unknown, language: Language): Pick<Problem, 'code' | 'detail'> | undefined {
  if (error instanceof ImportError) return error.problem && { code: error.problem.code, detail: error.problem.detail };
  return error instanceof ProblemError ? { code: error.code, detail: error.detail[language] } : undefined;
}

export function messageOf(error: unknown, language: Language): string {
  if (error instanceof ImportError) return inLanguage(error.said, language);
  if (error instanceof ProblemError || error instanceof StartError) return error.detail[language];
  return error instanceof Error ? error.message : String(error);
}
