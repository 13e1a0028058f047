import type { AliasDimension } from '../../contract/aliases.ts';
import type { Label } from '../../contract/query.ts';
import type { Reason } from './name-keys.ts';

const IN_CHINESE: Record<AliasDimension | 'source', string> = {
  series: '剧集',
  producer: '承制方',
  platform: '平台',
  franchise: '系列 IP',
  source: '数据来源',
};

export const unknownMember = (dimension: AliasDimension | 'source', id: string): Label => ({
  en: `There is no ${dimension} “${id}” in the data; GET /api/v1/members/${dimension} lists them.`,
  zh: `数据中没有${IN_CHINESE[dimension]}“${id}”；全部成员见 GET /api/v1/members/${dimension}。`,
});

export const titleNotId = (title: string, ids: readonly string[]): Label => ({
  en: `“${title}” is a title; give the id of its series: ${ids.join(', ')}.`,
  zh: `“${title}”是剧名；请填写剧集编号：${ids.join('、')}。`,
});

export const aliasNotFound = (aliasId: string): Label => ({
  en: `There is no alias ${aliasId}; GET /api/v1/aliases lists them.`,
  zh: `没有编号为 ${aliasId} 的合并；全部合并见 GET /api/v1/aliases。`,
});

export const undoneAlready = (aliasId: string, undoneAt: string): Label => ({
  en: `Alias ${aliasId} was undone at ${undoneAt} already.`,
  zh: `合并 ${aliasId} 已于 ${undoneAt} 撤销。`,
});

export const mergedAlready = (from: string, into: string): Label => ({
  en: `“${from}” is merged into “${into}” already. Undo that first, or merge “${into}”.`,
  zh: `“${from}”已并入“${into}”。请先撤销该合并，或改为合并“${into}”。`,
});

export const mergedIntoItself = (name: string): Label => ({
  en: `“${name}” cannot be merged into itself.`,
  zh: `“${name}”不能并入自身。`,
});

export const mergedOtherWay = (from: string, into: string): Label => ({
  en: `“${into}” is merged into “${from}” already: the other way round they would lead in a circle. Undo that first.`,
  zh: `“${into}”已并入“${from}”，反向合并会形成循环。请先撤销该合并。`,
});

export const oneSeriesAlready = (from: string, into: string): Label => ({
  en: `“${from}” and “${into}” are one series already.`,
  zh: `“${from}”与“${into}”已是同一部剧。`,
});

export const notDismissed = (ids: readonly [string, string]): Label => ({
  en: `“${ids[0]}” and “${ids[1]}” are not dismissed; GET /api/v1/aliases/dismissed lists those that are.`,
  zh: `“${ids[0]}”与“${ids[1]}”没有被标记为“不是同一个”；已标记的见 GET /api/v1/aliases/dismissed。`,
});

export const SUGGESTION_REASONS: Record<Reason, Label> = {
  spelling: { en: 'the same but for signs, width or case', zh: '仅标点、全半角或大小写不同' },
  season_mark: { en: 'the same season, marked another way', zh: '同一季，写法不同' },
  decoration: { en: 'the same but for words that platforms add', zh: '仅多了平台附加的字样' },
  company_suffix: { en: 'the same but for kind or seat of the company', zh: '仅公司类型、行业或地名字样不同' },
  translation: { en: 'the same English name', zh: '英文名相同' },
  pinyin: { en: 'written with other characters, pronounced the same', zh: '用字不同，读音相同' },
  one_character: { en: 'one character apart', zh: '仅差一个字' },
};
