import type { Label } from '../../contract/query.ts';
import { VIEWS_ARE } from '../propose/views-messages.ts';

interface Reading {
  readonly source: string;
  readonly viewsAre: string;
}

// Refused

export const noLogToMend = (id: string): Label => ({
  en: `There is no committed import ${id} of a log that this file could mend; it may have been undone. Import the file without mends.`,
  zh: `没有可供修正的日志导入 ${id}，可能已被撤销。请不带 mends 导入此文件。`,
});

export const mendsOtherReading = (entry: Reading & { readonly import_id: string }, file: Reading): Label => ({
  en: `Import ${entry.import_id} is of the source “${entry.source}” and states ${entry.viewsAre} views, this file ${file.viewsAre} views of “${file.source}”: mended lines are read as the others were. Choose the same, or leave mends empty.`,
  zh: `导入 ${entry.import_id} 的来源为“${entry.source}”、播放量类型为 ${entry.viewsAre}，而此文件为“${file.source}”、${file.viewsAre}：修正后的行须与原文件一致。请改为一致，或将 mends 留空。`,
});

export const CANNOT_MEND: Label = { en: 'not an import that this file can mend', zh: '此文件不能修正该导入' };

export const tooManyPlaces = (most: number): Label => ({
  en: `The columns mapped to platform and region have more than ${most} different values together; map other columns to them, or none.`,
  zh: `映射为平台与地区的列合计超过 ${most} 个不同的值。请改选其他列，或不映射。`,
});

export const tooManyCurrencies = (most: number): Label => ({
  en: `The column mapped to currency has more than ${most} different values; map another column to it, or none.`,
  zh: `映射为币种的列超过 ${most} 个不同的值。请改选其他列，或不映射。`,
});

export const NO_CURRENCIES: Label = { en: 'no currencies', zh: '不是币种' };

// What another reading of the same file changes

export type Part = 'region' | 'platform' | 'series' | 'producers' | 'genres' | 'cast';

const PART_NAMES: Readonly<Record<Part, Label>> = {
  region: { en: 'regions', zh: '地区' },
  platform: { en: 'platforms', zh: '平台' },
  series: { en: 'series', zh: '剧集' },
  producers: { en: 'producers', zh: '承制方' },
  genres: { en: 'genres', zh: '题材' },
  cast: { en: 'cast', zh: '演员' },
};

export const wouldBe = (part: Part, before: string, after: string, more: number): Label => {
  const { en, zh } = PART_NAMES[part];
  return {
    en: `${en}: “${before}” is “${after}” by today’s rules${more > 0 ? `, and ${more} more like it` : ''}`,
    zh: `${zh}：“${before}”按现行规则是“${after}”${more > 0 ? `，另有 ${more} 个类似` : ''}`,
  };
};

export const viewsWouldBe = (
  before: 'cumulative' | 'increment',
  after: 'cumulative' | 'increment',
  why: Label,
): Label => ({
  en: `views were taken as ${before} and are ${after} by their values: ${why.en}`,
  zh: `播放量按${VIEWS_ARE[before]}导入，而从数值看是${VIEWS_ARE[after]}：${why.zh}`,
});

export const readAgainInPlaceOf = (import_id: string): Label => ({
  en: `read again by today’s rules, in the place of import ${import_id}, which is undone`,
  zh: `已按现行规则重新读取，取代导入 ${import_id}（已撤销）`,
});

export const REJECTED_ROWS: Label = { en: 'rejected rows', zh: '拒绝的行' };

export const COUNTED_ROWS: Label = { en: 'rows that count', zh: '计入的行' };

export const becomes = (name: Label, before: string, after: string, more: number): Label => ({
  en: `${name.en}: “${before}” becomes “${after}”${more > 0 ? `, and ${more} more` : ''}`,
  zh: `${name.zh}：“${before}”变为“${after}”${more > 0 ? `，另有 ${more} 种` : ''}`,
});

export const VIEWS_ARE_NAME: Label = { en: 'views are', zh: '播放量的含义' };

export const UNKNOWN_PLACE: Label = { en: 'unknown', zh: '未知' };
