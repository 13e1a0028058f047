import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import type { Imports } from '../ingest/queue/imports.ts';
import type { StorageFolders } from '../warehouse/storage.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Language } from '../wording.ts';
import type { AnswerLimits } from './answer-limits.ts';

export interface AppContext {
  readonly warehouse: Warehouse;
  readonly imports: Imports;
  readonly folders: StorageFolders;
  readonly logger: Logger;
  /** Null if only the API is served. */
  readonly webRoot: string | null;
  readonly access: Access;
  /** Milliseconds without a byte of a body before it is given up. */
  readonly longestStall?: number;
  readonly ready: () => boolean;
  readonly limits: AnswerLimits;
}

export type AskedContext = Pick<AppContext, 'warehouse' | 'limits'>;

/** The engine stops working once nobody waits. */
export function clientGone(res: Response): AbortSignal {
  const controller = new AbortController();
  res.on('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** `lang`, else Accept-Language, else Chinese. */
export function languageOf(req: Request): Language {
  const asked = req.query.lang;
  if (asked === 'zh' || asked === 'en') return asked;
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}
