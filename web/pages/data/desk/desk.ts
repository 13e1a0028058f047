import { useSyncExternalStore } from 'react';
import { readUpload, removeImport, startImport, uploadFile, watchImport } from '../../../data/api/imports.ts';
import { FileDesk } from './fileDesk.ts';

export const desk = new FileDesk({
  upload: uploadFile,
  readAgain: (id, reading) => readUpload(id, { ...reading }),
  start: startImport,
  watch: watchImport,
  removeImport,
  now: () => performance.now(),
});

export const useQueuedFiles = () => useSyncExternalStore(desk.subscribe, desk.files);
