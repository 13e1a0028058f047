import { z } from 'zod';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import {
  dryRunSchema,
  type ImportRecord,
  type ImportRequest,
  importSchema,
  importsSchema,
  rejectedRowsSchema,
  type Upload,
} from '../../../server/contract/imports.ts';
import { outdatedImportsSchema } from '../../../server/contract/outdated.ts';
import type { RequestParams } from '../../figures/calls.ts';
import { addressOf, answerTo, ask, tell } from './client.ts';
import { ApiError, refusalOf } from './request.ts';

/**
 * Streams a file's bytes to the server as they are. By XMLHttpRequest, because `fetch` tells nothing of its progress.
 * @param onProgress a fraction, 0 to 1
 * @throws {ApiError}
 */
export function uploadFile(file: File, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', addressOf(ENDPOINTS.upload, { filename: file.webkitRelativePath || file.name }));
    xhr.setRequestHeader('content-type', 'application/octet-stream');
    xhr.setRequestHeader('accept', 'application/json');
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    xhr.onerror = () => reject(new ApiError('unreachable', ''));
    xhr.onabort = () => reject(new ApiError('upload_aborted', ''));
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status >= 300) return reject(refusalOf(xhr.status, xhr.responseText));
      const parsed = ENDPOINTS.upload.answer.safeParse(parseJson(xhr.responseText));
      if (parsed.success) return resolve(parsed.data);
      const issue = parsed.error.issues[0];
      reject(new ApiError('unexpected_answer', `uploads (${issue?.path.join('.')}: ${issue?.message})`, xhr.status));
    };
    signal.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(file);
  });
}

/**
 * Has a waiting upload read in another encoding, delimiter or sheet, from another header row, or by another profile (empty: by none).
 * @throws {ApiError}
 */
export const readUpload = (id: string, reading: RequestParams, signal?: AbortSignal): Promise<Upload> =>
  answerTo(ENDPOINTS.readUpload, { ...reading, id }, { signal });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const dryRunImport = (body: ImportRequest, signal?: AbortSignal) =>
  answerTo({ ...ENDPOINTS.startImport, answer: dryRunSchema }, {}, { body: { ...body, dry_run: true }, signal });

/** Starts an import and gives its id. @throws {ApiError} `duplicate_import` unless `force` */
export const startImport = async (body: ImportRequest, force: boolean): Promise<string> => {
  const endpoint = { ...ENDPOINTS.startImport, answer: z.object({ import_id: z.string() }) };
  return (await answerTo(endpoint, force ? { force: true } : {}, { body })).import_id;
};

export const removeImport = (id: string) => tell(ENDPOINTS.removeImport, { id });

export const fetchImports = (signal?: AbortSignal) =>
  answerTo({ ...ENDPOINTS.imports, answer: importsSchema }, {}, { signal });
export const fetchOutdatedImports = (signal?: AbortSignal) =>
  answerTo({ ...ENDPOINTS.imports, answer: outdatedImportsSchema }, { outdated: 'true' }, { signal });

export const fetchFirstRejects = (id: string, signal?: AbortSignal) =>
  answerTo({ ...ENDPOINTS.rejects, answer: rejectedRowsSchema }, { id, format: 'first' }, { signal });

/**
 * Has the server read the file of an import again, and waits for its end.
 * @throws {ApiError} why it could not be done; the import is then as it was
 */
export async function rereadImport(id: string): Promise<void> {
  const { import_id } = await answerTo({ ...ENDPOINTS.reread, answer: importSchema }, { id }, { body: {} });
  const ended = await new Promise<ImportRecord>((resolve, reject) => {
    watchImport(import_id, (record) => (isFinal(record) ? resolve(record) : undefined), reject);
  });
  if (ended.error !== null) throw new ApiError(ended.error.code, ended.error.detail);
}

/** Where the rejected rows of an import can be had: as a table with reasons, or as the file's own lines to mend. */
export const rejectsUrl = (id: string, format: 'table' | 'lines' = 'table'): string =>
  addressOf(ENDPOINTS.rejects, format === 'lines' ? { id, format } : { id });

export const removeProfile = (name: string) => tell(ENDPOINTS.removeProfile, { name });

export const isFinal = ({ status }: ImportRecord): boolean => status !== 'queued' && status !== 'running';

const POLL = 1500;
/** How often in a row no answer may come: a server that is restarted goes on with its imports. */
const MOST_UNANSWERED = 40;

/** Tells of an import's progress until it has ended: by server-sent events, by asking where those do not come through. */
export function watchImport(
  id: string,
  onChange: (record: ImportRecord) => void,
  onError: (error: unknown) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let unanswered = 0;
  const stop = () => {
    stopped = true;
    events.close();
    clearTimeout(timer);
  };
  const tell = (record: ImportRecord) => {
    onChange(record);
    if (isFinal(record)) stop();
  };
  const poll = () => {
    if (stopped) return;
    const again = () => {
      if (!stopped) timer = setTimeout(poll, POLL);
    };
    ask(ENDPOINTS.importRecord, { id })
      .then((record) => {
        unanswered = 0;
        tell(record);
        again();
      })
      .catch((error: unknown) => {
        unanswered += 1;
        if (error instanceof ApiError && error.code === 'unreachable' && unanswered < MOST_UNANSWERED) return again();
        stop();
        onError(error);
      });
  };
  const events = new EventSource(addressOf(ENDPOINTS.importEvents, { id }, false));
  const hear = (event: MessageEvent<unknown>) => {
    const parsed = importSchema.safeParse(typeof event.data === 'string' ? parseJson(event.data) : undefined);
    if (parsed.success) tell(parsed.data);
  };
  events.addEventListener('progress', hear);
  events.addEventListener('message', hear);
  events.onerror = () => {
    events.close();
    poll();
  };
  return stop;
}
