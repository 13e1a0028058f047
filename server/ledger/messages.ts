import type { Label } from '../contract/query.ts';

export const nothingKnownAt = (
  instant: string,
  earliest: { readonly at: string; readonly filename: string },
): Label => ({
  en: `Nothing was known at ${instant}: the earliest view log, ${earliest.filename}, was imported at ${earliest.at}.`,
  zh: `${instant} 时还没有数据：最早的播放日志 ${earliest.filename} 于 ${earliest.at} 导入。`,
});

/** @param later imports that are left out @param aliases changes of merged names that are left out */
export const asKnownAt = (instant: string, later: number, aliases: number): Label => ({
  en: `As known at ${instant}: ${later} later ${later === 1 ? 'import is' : 'imports are'} left out${aliases === 0 ? '' : `, and ${aliases} later ${aliases === 1 ? 'change' : 'changes'} of merged names`}.`,
  zh: `按 ${instant} 时所知：不计其后的 ${later} 次导入${aliases === 0 ? '' : `和 ${aliases} 次名称合并变更`}。`,
});
