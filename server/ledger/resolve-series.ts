/**
 * Which series a name in a file stands for. A name leads to another by an alias (the user's word), else by being the
 * title of exactly one catalogued series, as written or in other case; if nothing follows, it is the series. What a
 * file stated stays with each row (`stated_key`), so all of it can be resolved again: aliases and imports come and go in
 * any order.
 */
import { flagOf, numberOf, textOf } from '../warehouse/row-values.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { follow, type Way } from './alias-walk.ts';
import { type ActiveAlias, activeAliases } from './aliases.ts';
import { KEYED_TABLES } from './log-rows-sql.ts';
import * as names from './names-sql.ts';

/**
 * Resolves every name again and moves the rows of those whose series changed. Makes the temporary tables `moved` of the
 * series concerned, and `title_edge` of the names that are titles.
 * @param platformsMoved rows whose platform changed may fall under another condition of a part
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
    // What is said of a platform goes before what is said of a source: written last, it counts.
    await session.run(names.movePartedRows(table, 'source_key'));
    await session.run(names.movePartedRows(table, 'platform_key'));
  }
  return true;
}

/** Makes the temporary tables `renamed`, of the names that are to lead elsewhere than they do, and `title_edge`. */
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
 * Resolves names that have no rows yet, so that the rows to come are written under the right series from the start.
 * @param after the last key that was given before them
 * @returns whether one of them may be the title of a series; what else follows of it, `resolveNames` does
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

/** The names that aliases touch, and what each of them leads to. */
class AliasGraph {
  private readonly titles = new Map<number, number>();

  private constructor(
    private readonly ids: ReadonlyMap<number, string>,
    private readonly next: ReadonlyMap<number, number>,
    /** What a platform or a source states of a name is another series. */
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

  /** Where aliases alone lead, titles left aside. */
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

  /** Each name that an alias touches, and the series it ends at. */
  *ends(): Iterable<readonly [number, number]> {
    for (const key of this.ids.keys()) yield [key, this.wayOf(key).end];
  }

  /**
   * Fills `parted_now`: names on whose way a condition stands, with the series that it leads to. Titles lead no further:
   * what is parted from the series of a title may bear that title.
   */
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
