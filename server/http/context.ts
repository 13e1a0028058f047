import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import type { Imports } from '../ingest/queue/imports.ts';
import type { StorageFolders } from '../warehouse/storage.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Language } from '../wording.ts';
import type { AnswerLimits } from './answer-limits.ts';

/** What the routes need of the world, passed in by main. */
export interface AppContext {
  readonly warehouse: Warehouse;
  readonly imports: Imports;
  readonly folders: StorageFolders;
  readonly logger: Logger;
  /** Folder of the built page; null when only the API is served. */
  readonly webRoot: string | null;
  /** Who may ask. */
  readonly access: Access;
  /** Milliseconds without a byte of a body after which it is given up. */
  readonly longestStall?: number;
  /** False until the demo, if wanted, is committed. */
  readonly ready: () => boolean;
  readonly limits: AnswerLimits;
}

/** What routes that ask the warehouse need. */
export type AskedContext = Pick<AppContext, 'warehouse' | 'limits'>;

/** Fires when the client goes away before its answer is finished, so that the engine stops working for nobody. */
export function clientGone(res: Response): AbortSignal {
  const controller = new AbortController();
  res.on('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The language of `*_label` and of refusals: `lang`, else Accept-Language, else Chinese. */
export function languageOf(req: Request): Language {
  const asked = req.query.lang;
  if (asked === 'zh' || asked === 'en') return asked;
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}
