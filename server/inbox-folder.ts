import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Config } from './config.ts';
import { StartError } from './start-error.ts';

/** @throws StartError `inbox_unusable`: cannot be read and written, or overlaps the data folder */
export function refuseInbox(inbox: string, { dataFolder, uploadFolder, spillFolder }: Config): void {
  const overlaps = isWatched(inbox, dataFolder) || [uploadFolder, spillFolder].some((own) => isWithin(own, inbox));
  if (overlaps)
    throw new StartError('inbox_unusable', {
      en: `DRAMASCOPE_INBOX (${inbox}) cannot hold the data folder (${dataFolder}), nor lie in what the server keeps there: its own files would be taken for files to import. Give a folder of its own, such as ${join(dataFolder, 'inbox')}.`,
      zh: `DRAMASCOPE_INBOX（${inbox}）不能包含数据文件夹（${dataFolder}），也不能位于其内部文件夹中：否则会把服务器自身的文件当作待导入文件。请另设文件夹，如 ${join(dataFolder, 'inbox')}。`,
    });
  try {
    mkdirSync(inbox, { recursive: true });
    accessSync(inbox, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw inboxUnusable(inbox, cause);
  }
}

export function inboxUnusable(inbox: string, cause: unknown): StartError {
  return new StartError(
    'inbox_unusable',
    {
      en: `DRAMASCOPE_INBOX (${inbox}) cannot be read and written by this user, or is no folder. Change its permissions, or give another folder.`,
      zh: `当前用户无法读写 DRAMASCOPE_INBOX（${inbox}），或它不是文件夹。请修改权限，或另设文件夹。`,
    },
    { cause },
  );
}

const isWithin = (folder: string, path: string) => !relative(folder, path).split(sep).includes('..');

/** Names that begin with a dot are not watched. */
const isWatched = (inbox: string, path: string) =>
  isWithin(inbox, path) &&
  !relative(inbox, path)
    .split(sep)
    .some((part) => part.startsWith('.'));
