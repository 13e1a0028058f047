import type { ImportOptions, ViewsAre } from '../server/contract/imports.ts';
import type { FileImport } from '../server/ingest/propose/choices.ts';
import type { Imports } from '../server/ingest/queue/imports.ts';
import { ProblemError } from '../server/problem.ts';

/**
 * Imports as somebody would who is asked: a file that leaves open what its views are holds increments, if nothing else is
 * said. For tests that are about something else.
 */
export async function answering<T, O extends { readonly options?: ImportOptions | undefined }>(
  how: O,
  work: (how: O) => Promise<T>,
  views_are: ViewsAre = 'increment',
): Promise<T> {
  try {
    return await work(how);
  } catch (error) {
    const open = error instanceof ProblemError && error.code === 'unconfirmed' ? (error.errors ?? []) : [];
    if (open.length === 0 || !open.every(({ path }) => path === 'options.views_are')) throw error;
    return work({ ...how, options: { ...how.options, views_are } });
  }
}

/** Imports that answer so for everything that brings them files. */
export const answeringImports = (imports: Imports): Imports =>
  Object.assign(Object.create(imports), {
    importFile: (path: string, how: FileImport = {}) => answering(how, (said) => imports.importFile(path, said)),
  });
