/** A running server of the data folder, as the command line asks it. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { type Announcement, announcedIn } from '../../server/announcement.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import type { Language } from '../../server/wording.ts';
import { ImportError } from './language.ts';
import type { ProgressLine } from './progress.ts';

/** The server that serves this data folder, or null when none runs. */
export async function runningServer(dataFolder: string): Promise<Announcement | null> {
  const announced = announcedIn(dataFolder);
  if (!announced) return null;
  try {
    const answer = await fetch(`${announced.url}/healthz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? announced : null;
  } catch {
    // Left behind by a server that was killed: nothing answers there.
    return null;
  }
}

/** Asks a call of the API. @throws ImportError with what the server refuses */
export type Call = <T>(schema: z.ZodType<T>, path: string, init?: RequestInit) => Promise<T>;

/** @param language of what the server refuses */
export function caller(url: string, token: string | undefined, language: Language): Call {
  const authorization = token ? { Authorization: `Bearer ${token}` } : {};
  return async (schema, path, init) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { ...init?.headers, ...authorization, 'Accept-Language': language },
    });
    const body: unknown = await answer.json();
    if (!answer.ok) {
      const problem = problemSchema.parse(body);
      throw new ImportError(problem.detail, problem);
    }
    return schema.parse(body);
  };
}

/** A file as the body of a request. */
export function sending(path: string, progress?: ProgressLine, signal?: AbortSignal): RequestInit {
  const total = statSync(path).size;
  let sent = 0;
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  file.on('data', (chunk) => {
    sent += chunk.length;
    progress?.sent(sent, total);
  });
  return { method: 'POST', body: Readable.toWeb(file), duplex: 'half', signal } as RequestInit;
}
