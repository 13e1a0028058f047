import type { DimensionId } from '../../../contract/query.ts';
import { mapInTurns } from '../../../loop-turns.ts';
import { isSpelled, type Spelling, spell, transcriber } from '../../../vocabulary/pinyin.ts';
import type { DatasetState } from '../../../warehouse/warehouse.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';

const LETTERS = /^[a-z]+$/i;

interface Spelled {
  readonly id: string;
  /** Folded. */
  readonly names: readonly string[];
  readonly spellings: readonly Spelling[];
}

/** Per data version: names change only with it. */
const SPELLED = new WeakMap<DatasetState, Map<DimensionId, Promise<readonly Spelled[]>>>();

type IdsOf = () => Promise<readonly string[]>;

/** Empty unless only letters are typed. */
export async function idsBySpelling(
  engine: Engine,
  dimension: DimensionId,
  typed: string,
  idsOf: IdsOf,
): Promise<readonly string[]> {
  if (!LETTERS.test(typed)) return [];
  return idsOfThose(await spelledOf(engine, dimension, idsOf), ({ spellings }) =>
    spellings.some((spelling) => isSpelled(spelling, typed)),
  );
}

/** By a part of the id or of a name in either language, or by spelling, in no order. */
export async function idsByName(
  engine: Engine,
  dimension: DimensionId,
  typed: string,
  idsOf: IdsOf,
): Promise<readonly string[]> {
  const part = folded(typed);
  const letters = LETTERS.test(typed);
  return idsOfThose(
    await spelledOf(engine, dimension, idsOf),
    ({ names, spellings }) =>
      names.some((name) => name.includes(part)) ||
      (letters && spellings.some((spelling) => isSpelled(spelling, typed))),
  );
}

const folded = (name: string): string => name.toLowerCase();

async function idsOfThose(all: readonly Spelled[], has: (one: Spelled) => boolean): Promise<readonly string[]> {
  const found = await mapInTurns(all, (one) => (has(one) ? one.id : null));
  return found.filter((id) => id !== null);
}

function spelledOf(engine: Engine, dimension: DimensionId, idsOf: IdsOf): Promise<readonly Spelled[]> {
  const known = SPELLED.get(engine.state) ?? new Map<DimensionId, Promise<readonly Spelled[]>>();
  SPELLED.set(engine.state, known);
  const spelled = known.get(dimension) ?? spellAll(engine, dimension, idsOf);
  known.set(dimension, spelled);
  // A failed read, such as a cancelled one, must not be kept.
  spelled.catch(() => known.delete(dimension));
  return spelled;
}

async function spellAll(engine: Engine, dimension: DimensionId, idsOf: IdsOf): Promise<readonly Spelled[]> {
  const ids = await idsOf();
  const labels = await Labels.of(engine, dimension, ids);
  const transcribe = await transcriber();
  return mapInTurns(ids, (id): Spelled => {
    const { zh, en } = labels.of(id);
    const spelled = [...new Set([zh, id])].flatMap((name) => spell(name, transcribe) ?? []);
    return { id, names: [...new Set([zh, id, en])].map(folded), spellings: spelled };
  });
}
