/** METRICS §1 with aliases, once more in plain JavaScript: the rows that count, as if files had said the merged names. */

export interface StatedRow {
  readonly import: number;
  readonly source: string;
  readonly mode: 'upsert' | 'append';
  readonly name: string;
  readonly platform: string;
  /** As written; empty where the file leaves it out. */
  readonly region: string;
  readonly day: number;
  readonly episode: number | null;
  readonly views: number;
}

export interface ModelAlias {
  readonly dimension: 'series' | 'platform';
  readonly from: string;
  readonly into: string;
  readonly platform?: string;
  readonly source?: string;
}

/** Ids of a catalogue by the title that it states for them. */
export type Titles = ReadonlyMap<string, string>;

/** Home regions of the platforms that stand in the tests. */
const HOMES: Record<string, string> = { douyin: 'CN', reelshort: 'US' };

function end(name: string, aliases: readonly ModelAlias[], titles: Titles): { end: string; passed: string[] } {
  const passed = [name];
  let now = name;
  for (;;) {
    const here = now;
    const alias = aliases.find((a) => a.from === here && a.platform === undefined && a.source === undefined);
    const then = alias ? alias.into : titles.get(here);
    if (then === undefined || then === now) return { end: now, passed };
    if (passed.includes(then)) {
      const circle = passed.slice(passed.indexOf(then)).sort();
      return { end: circle[0] ?? now, passed };
    }
    passed.push(then);
    now = then;
  }
}

/** A row's series, platform and region once the aliases hold. */
export function resolved(row: StatedRow, aliases: readonly ModelAlias[], titles: Titles) {
  const ofSeries = aliases.filter((a) => a.dimension === 'series');
  const ofPlatforms = aliases.filter((a) => a.dimension === 'platform');
  const platformEnd = (id: string) => end(id, ofPlatforms, new Map()).end;
  const platform = platformEnd(row.platform);
  const way = end(row.name, ofSeries, titles);
  const onTheWay = ofSeries.filter((a) => way.passed.includes(a.from));
  const part =
    onTheWay.find((a) => a.platform !== undefined && platformEnd(a.platform) === platform) ??
    onTheWay.find((a) => a.source === row.source);
  const series = part ? end(part.into, ofSeries, new Map()).end : way.end;
  return { series, platform, region: row.region === '' ? (HOMES[platform] ?? '(unknown)') : row.region };
}

/** `series platform region day [episode] views`, sorted. */
export function effective(
  imports: readonly (readonly StatedRow[])[],
  aliases: readonly ModelAlias[],
  titles: Titles,
): string[] {
  const rows = imports.flat().map((row) => ({ ...row, ...resolved(row, aliases, titles) }));
  const cell = (r: (typeof rows)[number]) => [r.source, r.series, r.platform, r.region, r.day].join('|');
  const key = (r: (typeof rows)[number]) => `${cell(r)}|${r.episode}`;
  const counting = rows.filter(
    (r) => !rows.some((later) => later.mode !== 'append' && later.import > r.import && key(later) === key(r)),
  );
  const split = new Set(counting.filter((r) => r.episode !== null).map(cell));
  return counting
    .filter((r) => r.episode !== null || !split.has(cell(r)))
    .map((r) => `${r.series} ${r.platform} ${r.region} ${r.day} ${r.episode ?? '-'} ${r.views}`)
    .sort();
}
