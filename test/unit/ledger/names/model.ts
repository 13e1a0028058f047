/**
 * docs/definitions.md#which-rows-count with aliases, once more in plain JavaScript: the rows that count, as if files
 * had said the merged names.
 */

export interface StatedRow {
  readonly import: number;
  /** The import in whose place it counts: its own, or that of the file whose rejects it mends. */
  readonly place: number;
  readonly source: string;
  readonly mode: 'upsert' | 'append' | 'replace_range';
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
  // What a mended line says just as a line of its file does counts once; else lines of one place add.
  const stated = (r: StatedRow) =>
    [r.place, r.source, r.name, r.platform, r.region, r.day, r.episode, r.views].join('|');
  const ranges = rows.flatMap(({ mode, place, source }) => {
    if (mode !== 'replace_range') return [];
    const days = rows.filter((r) => r.place === place).map((r) => r.day);
    return [{ place, source, from: Math.min(...days), to: Math.max(...days) }];
  });
  const counting = rows.filter(
    (r) =>
      !ranges.some((g) => g.source === r.source && g.place > r.place && g.from <= r.day && r.day <= g.to) &&
      !rows.some((later) => later.mode !== 'append' && later.place > r.place && key(later) === key(r)) &&
      !rows.some((other) => other.import < r.import && stated(other) === stated(r)),
  );
  const split = new Set(counting.filter((r) => r.episode !== null).map(cell));
  return counting
    .filter((r) => r.episode !== null || !split.has(cell(r)))
    .map((r) => `${r.series} ${r.platform} ${r.region} ${r.day} ${r.episode ?? '-'} ${r.views}`)
    .sort();
}
