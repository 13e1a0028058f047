/**
 * Which series a name is. It leads on by an alias (the user's word), else as the title of exactly one catalogued
 * series, as written or ignoring case; at the end it is the series. Rows keep what was stated (`stated_key`), so that
 * all can be resolved again: aliases and imports come and go in any order.
 */
import { flagOf, numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { type ActiveAlias, activeAliases, follow, type Way } from './aliases.ts';
import { KEYED_TABLES } from './log-rows-sql.ts';
import * as names from './names-sql.ts';

/**
 * Resolves all names and moves rows. Makes the temporary tables `moved` (series concerned) and `title_edge` (titles).
 * @param platformsMoved rows of another platform may belong to another part
 * @returns whether any row's series may have changed
 */
export async function resolveNames(session: WriteSession, platformsMoved: boolean): Promise<boolean> {
  const graph = await findRenamed(session);
  const parted = graph.parts.length > 0;
  await session.run(names.makePartedNow);
  if (parted) await graph.part(session);
  await session.run(names.makeAffected);
  if (platformsMoved) await session.run(names.affectAllParted);
  await session.run(names.makeMoved);
  const [affected] = await session.all(names.countAffected);
  if (numberOf(affected, 'n') === 0) return false;
  for (const step of names.resolve) await session.run(step);
  for (const table of KEYED_TABLES) {
    await session.run(names.moveSeriesRows(table));
    if (!parted) continue;
    // A part of a platform goes before a part of a source: written last, it counts.
    await session.run(names.movePartedRows(table, 'source_key'));
    await session.run(names.movePartedRows(table, 'platform_key'));
  }
  return true;
}

export async function findRenamed(session: WriteSession): Promise<AliasGraph> {
  const graph = await AliasGraph.of(session, await activeAliases(session, 'series'));
  await session.run(names.makePairs('alias_root', ['series_key', 'root'], graph.roots()));
  await session.run(names.makeTitleEdges);
  await graph.addTitles(session);
  await session.run(names.makePairs('alias_final', ['series_key', 'final_key'], graph.ends()));
  await session.run(names.makeRenamed);
  return graph;
}

/**
 * Resolves names without rows, so that the rows to come have the right series at once. @param after the last older key
 * @returns whether one may be the title of a series: then call `resolveNames`
 */
export async function resolveNewNames(session: WriteSession, after: number): Promise<boolean> {
  const [row] = await session.all(names.anyNewTitle(after));
  if (!flagOf(row, 'titled')) return false;
  await findRenamed(session);
  await session.run(names.resolveNew(after));
  return true;
}

interface Part {
  readonly node: number;
  readonly into: number;
  readonly alias: ActiveAlias;
}

class AliasGraph {
  private readonly titles = new Map<number, number>();

  private constructor(
    private readonly ids: ReadonlyMap<number, string>,
    private readonly next: ReadonlyMap<number, number>,
    /** Names that are another series for a platform or a source. */
    readonly parts: readonly Part[],
  ) {}

  static async of(session: WriteSession, aliases: readonly ActiveAlias[]): Promise<AliasGraph> {
    const named = [...new Set(aliases.flatMap((alias) => [alias.from, alias.into]))];
    const rows = named.length === 0 ? [] : await session.all(names.keysOfNames(named));
    const ids = new Map(rows.map((row) => [numberOf(row, 'series_key'), textOf(row, 'series_id')]));
    const keys = new Map([...ids].map(([key, id]) => [id, key]));
    const next = new Map<number, number>();
    const parts: Part[] = [];
    for (const alias of aliases) {
      const node = keys.get(alias.from);
      const into = keys.get(alias.into);
      if (node === undefined || into === undefined) continue;
      if (alias.platform === null && alias.source === null) next.set(node, into);
      else parts.push({ node, into, alias });
    }
    return new AliasGraph(ids, next, parts);
  }

  private way(start: number, next: (node: number) => number | undefined): Way<number> {
    const id = (key: number) => this.ids.get(key) ?? '';
    return follow(start, next, (a, b) => (id(a) < id(b) ? a : b));
  }

  *roots(): Iterable<readonly [number, number]> {
    for (const key of this.next.keys()) yield [key, this.way(key, (node) => this.next.get(node)).end];
  }

  async addTitles(session: WriteSession): Promise<void> {
    if (this.ids.size === 0) return;
    const rows = await session.all(names.titleEdgesOf([...this.ids.keys()]));
    for (const row of rows) this.titles.set(numberOf(row, 'series_key'), numberOf(row, 'target'));
  }

  private wayOf(start: number): Way<number> {
    return this.way(start, (node) => this.next.get(node) ?? this.titles.get(node));
  }

  *ends(): Iterable<readonly [number, number]> {
    for (const key of this.ids.keys()) yield [key, this.wayOf(key).end];
  }

  /** Fills `parted_now`. Titles lead no further: a part of a title's series may have that title. */
  async part(session: WriteSession): Promise<void> {
    for (const { node, into, alias } of this.parts) {
      const passing = [...this.ids.keys()].filter((key) => this.wayOf(key).passed.includes(node));
      await session.run(
        names.insertParted(alias.platform === null ? 'source' : 'platform', {
          names: passing,
          elsewhere: [...this.next.keys()],
          into: this.way(into, (at) => this.next.get(at)).end,
          id: alias.platform ?? alias.source,
        }),
      );
    }
  }
}
