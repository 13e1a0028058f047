/** The fixed ids of formats, channels and ways of production, and their spellings. */
import { fold, isBlank, normalName } from './text.ts';

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['ai', /仿真人/u],
  ['comic', /(漫|动画|comic|animat|anime|manga|cartoon)/u],
  ['ai', /((^|[^a-z])ai([^a-z]|$)|aigc|^ai(drama|generated|made|photoreal|liveaction|shortdrama))/u],
  ['live_action', /(真人|实拍|liveaction|^短剧$|^微短剧$|^竖屏短剧$)/u],
  ['other', /^(other|其他|其它)$/u],
];
const CHANNELS: readonly (readonly [string, RegExp])[] = [
  ['female', /^(女|女频|女性|女性向|female|women|f|femaleoriented)$/u],
  ['male', /^(男|男频|男性|男性向|male|men|m|maleoriented)$/u],
  ['general', /^(通用|全|全年龄|大众|双频|男女频|general|all|both|综合|无分频)$/u],
];
const PRODUCTIONS: readonly (readonly [string, RegExp])[] = [
  ['ai', /^(ai|aigc|是|yes|true|1|ai生成|ai制作|全ai|aigenerated|aimade|y)$/u],
  ['hybrid', /(hybrid|混合|辅助|assisted|人机|半ai)/u],
  ['human', /^(human|人工|真人|传统|否|no|false|0|实拍|traditional|n)$/u],
];

const termOf = (table: typeof FORMATS) => (text: string | null) => {
  if (isBlank(text) || text === null) return null;
  const folded = fold(text);
  return table.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
};

/** `live_action`, `comic`, `ai` or `other`; an unknown spelling is `other`. */
export const formatOf = (text: string | null) => (isBlank(text) ? null : (termOf(FORMATS)(text) ?? 'other'));
/** `female`, `male` or `general`, else null. */
export const channelOf = termOf(CHANNELS);
/** `human`, `hybrid` or `ai`, else null. */
export const productionOf = termOf(PRODUCTIONS);

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['中文', 'zh'],
  ['汉语', 'zh'],
  ['国语', 'zh'],
  ['普通话', 'zh'],
  ['chinese', 'zh'],
  ['mandarin', 'zh'],
  ['英语', 'en'],
  ['英文', 'en'],
  ['english', 'en'],
  ['日语', 'ja'],
  ['日文', 'ja'],
  ['japanese', 'ja'],
  ['韩语', 'ko'],
  ['韩文', 'ko'],
  ['korean', 'ko'],
  ['西班牙语', 'es'],
  ['spanish', 'es'],
  ['葡萄牙语', 'pt'],
  ['portuguese', 'pt'],
  ['印尼语', 'id'],
  ['indonesian', 'id'],
  ['泰语', 'th'],
  ['thai', 'th'],
  ['越南语', 'vi'],
  ['vietnamese', 'vi'],
]);

/** ISO 639-1 if the spelling is known, else the text. */
export function languageOf(text: string | null): string | null {
  if (isBlank(text) || text === null) return null;
  return LANGUAGES.get(fold(text)) ?? normalName(text);
}

/** A whole number such as `80`, `80集` or `1,024`, else null. */
export function countOf(text: string | null): number | null {
  const match = /^(\d[\d,]*)(?:\.0+)?\s*(?:集|话|eps?|episodes?)?$/iu.exec(text?.normalize('NFKC').trim() ?? '');
  const value = Number(match?.[1]?.replaceAll(',', ''));
  return match && value <= 2_000_000_000 ? value : null;
}
