/** The platform in the name of a file or its folder, if no column has it: `抖音日报.csv`, `kuaishou/views.csv`. */
import { latestLogOf } from '../../ledger/history.ts';
import { fold } from '../../vocabulary/text.ts';
import { ALL_PLATFORMS, type Platform, type Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { isPlatformKey, keyOfFolder } from './folders.ts';
import { platformOfFileName, platformOverProfile, sourceHasNoPlatform } from './messages.ts';
import { isPartName } from './part-names.ts';
import type { ProfiledProposal, Proposal } from './proposal.ts';

export interface NamedPlatform {
  readonly platform: Platform;
  readonly part: string;
}

/** Shorter Latin names (`FB`, `RED`) are words and abbreviations of much else. */
const SHORTEST_LATIN = 4;

/** The platform in the file name, else in the nearest folder with one; null if there is none, or several. */
export function platformOfName(filename: string, { platforms }: Pick<Vocabulary, 'platforms'>): NamedPlatform | null {
  const parts = filename.split(/[\\/]/u).filter((part) => part !== '');
  const name = parts.pop() ?? '';
  const found = platformsIn(name, platforms);
  const [platform] = found;
  if (platform) return found.size === 1 && platform.id !== ALL_PLATFORMS ? { platform, part: name } : null;
  // `dt=2025-10-03/hour=5` is no folder of its own.
  const telling = parts.reverse().filter((folder) => isPlatformKey(keyOfFolder(folder)?.key ?? 'platform'));
  for (const folder of telling.slice(0, NEAREST_FOLDERS)) {
    const named = platforms.get(fold(keyOfFolder(folder)?.value ?? folder.replace(BESIDE, '')));
    if (named) return named.id === ALL_PLATFORMS ? null : { platform: named, part: folder };
  }
  return null;
}

const NEAREST_FOLDERS = 3;
/** A folder must be named as the platform, but for these: `WeChat Files` and `百度网盘` may hold any files. */
const BESIDE = /[\d\s_.-]+[年月日]?|(短剧|数据|日报|周报|月报|榜单?|导出|报表)+$/gu;

/**
 * The file name, after those of its folders that say something about it: its platform (`/data/douyin/09/views.csv` →
 * `douyin/views.csv`), `key=value`, and the table of a part (`/data/views/dt=2025-10-03/part-0.parquet` →
 * `views/dt=2025-10-03/part-0.parquet`). So files of one name from two platforms have two sources.
 * @param given the part of the path that the user named: a program's own folder says nothing
 */
export function nameWithFolders(path: string, vocabulary: Pick<Vocabulary, 'platforms'>, given = path): string {
  const folders = path.split(/[\\/]/u).filter((part) => part !== '');
  const name = folders.pop() ?? path;
  const platform = folders.lastIndexOf(platformOfName(path, vocabulary)?.part ?? '');
  const table = isPartName(name) ? folders.findLastIndex((folder) => isPlain(folder)) : -1;
  const named = folders.length - (given.split(/[\\/]/u).filter((part) => !/^\.*$/u.test(part)).length - 1);
  const kept = folders.filter(
    (folder, at) => at === platform || at === table || (at >= named && keyOfFolder(folder) !== null),
  );
  return [...kept, name].join('/');
}

const isPlain = (folder: string) => keyOfFolder(folder) === null && folder.replace(BESIDE, '') !== '';

/** Longer names first, and each place of the text once: `抖音海外版` is TikTok and not Douyin. */
function platformsIn(part: string, platforms: Vocabulary['platforms']): Set<Platform> {
  let text = ` ${part.normalize('NFKC').toLowerCase()} `;
  const byId = new Map<string, Platform>();
  const names = [...platforms].sort(([a], [b]) => b.length - a.length);
  for (const [name, platform] of names) {
    const pattern = patternOf(name);
    const left = pattern === null ? text : text.replace(pattern, ' ');
    if (left === text) continue;
    text = left;
    byId.set(platform.id, platform);
  }
  return new Set(byId.values());
}

const patterns = new Map<string, RegExp | null>();

/** A folded Latin spelling must stand alone, between other characters than letters. */
function patternOf(name: string): RegExp | null {
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const latin = /^[a-z0-9+]+$/u.test(name);
  const escaped = [...name].map((c) => c.replace(/[+]/u, '\\+')).join(latin ? '[ _-]?' : '[ ]?');
  const pattern = latin ? `(?<![a-z])${escaped}(?![a-z])` : escaped;
  const made = [...name].length < (latin ? SHORTEST_LATIN : 2) ? null : new RegExp(pattern, 'gu');
  patterns.set(name, made);
  return made;
}

/** Unless earlier imports of the source had no platform: the same row would become another row. */
export async function withNamedPlatform(
  session: ReadSession,
  filename: string,
  { proposed, inspected }: ProfiledProposal,
  said: { readonly source?: string | undefined; readonly platform?: string | undefined },
  vocabulary: Vocabulary,
): Promise<Proposal> {
  if (proposed.kind !== 'log' || proposed.mapping.platform || said.platform) return proposed;
  const { workbook } = inspected;
  const sheet =
    workbook && workbook.sheets.length > 1 ? platformOfName(workbook.sheet.replace(/[\\/]/gu, ' '), vocabulary) : null;
  const named = sheet ?? platformOfName(filename, vocabulary);
  if (!named) return proposed;
  const { platform, part } = named;
  const profiles = proposed.options.platform;
  if (profiles !== undefined)
    return vocabulary.platforms.get(fold(profiles))?.id === platform.id || profiles === platform.id
      ? proposed
      : overProfile(proposed, profiles, named);
  const source = said.source ?? proposed.options.source ?? '';
  const before = await latestLogOf(session, source);
  const withoutOne = before !== null && before.options.platform === undefined && before.mapping.platform === undefined;
  const reason = withoutOne ? sourceHasNoPlatform(part, platform, source) : platformOfFileName(part, platform);
  return {
    ...proposed,
    options: withoutOne ? proposed.options : { ...proposed.options, platform: platform.id },
    reasons: [...proposed.reasons, { option: 'platform', reason }],
  };
}

/** A profile from a file of one platform must not name the rows of another. */
function overProfile(proposed: Proposal, profiles: string, { platform, part }: NamedPlatform): Proposal {
  const reason = platformOverProfile(part, platform, profiles);
  return {
    ...proposed,
    options: { ...proposed.options, platform: platform.id },
    reasons: [...proposed.reasons, { option: 'platform', reason }],
  };
}
