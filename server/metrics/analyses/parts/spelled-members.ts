import type { DimensionId } from '../../../contract/query.ts';
import { mapInTurns } from '../../../loop-turns.ts';
import { isSpelled, type Spelling, spell, transcriber } from '../../../vocabulary/pinyin.ts';
import type { DatasetState } from '../../../warehouse/warehouse.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';

const LETTERS = /^[a-z]+$/i;

interface Spelled {
  readonly id: string;
  readonly spellings: readonly Spelling[];
}

/** Per data version: names change only with it. */
const SPELLED = new WeakMap<DatasetState, Map<DimensionId, Promise<readonly Spelled[]>>>();

/** Empty unless only letters are typed. */
export async function idsBySpelling(
  engine: Engine,
  dimension: DimensionId,
  typed: string,
  idsOf: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (!LETTERS.test(typed)) return [];
  const known = SPELLED.get(engine.state) ?? new Map<DimensionId, Promise<readonly Spelled[]>>();
  SPELLED.set(engine.state, known);
  const spelled = known.get(dimension) ?? spellAll(engine, dimension, idsOf);
  known.set(dimension, spelled);
  // A failed read, such as a cancelled one, must not be kept.
  spelled.catch(() => known.delete(dimension));
  const found = await mapInTurns(await spelled, ({ id, spellings }) =>
    spellings.some((spelling) => isSpelled(spelling, typed)) ? id : null,
  );
  return found.filter((id) => id !== null);
}

async function spellAll(
  engine: Engine,
  dimension: DimensionId,
  idsOf: () => Promise<readonly string[]>,
): Promise<readonly Spelled[]> {
  const ids = await idsOf();
  const labels = await Labels.of(engine, dimension, ids);
  const transcribe = await transcriber();
  const spelled = await mapInTurns(ids, (id): Spelled => {
    const names = [...new Set([labels.of(id).zh, id])];
    return { id, spellings: names.flatMap((name) => spell(name, transcribe) ?? []) };
  });
  return spelled.filter(({ spellings }) => spellings.length > 0);
}
