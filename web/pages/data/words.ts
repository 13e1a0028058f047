import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';
import * as shared from './parts/words.ts';

const words = defineWords({
  zh: {
    ...shared.zh,
    title: '数据',
    sections: '数据的各个页面',
    files_and_history: '文件与记录',
    names: '名称归并',
    coverage: '数据覆盖',
    subtitle: '导入平台导出的播放数据；每次导入都可整体撤销，重复的文件会被识别。',
  },
  en: {
    ...shared.en,
    title: 'Data',
    sections: 'Pages of the data',
    files_and_history: 'Files and history',
    names: 'Names',
    coverage: 'Coverage',
    subtitle:
      'Import what platforms export. Every import can be undone as a whole, and a file you already sent is recognised.',
  },
});

export const useWords = hookFor(words);
