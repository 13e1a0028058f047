import type { DimensionId } from '../contract/query.ts';
import { mapInTurns } from '../loop-turns.ts';
import type { DatasetState } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { Labels } from './labels.ts';

/** A Chinese name as it is typed: 家里家外 is `jialijiawai`, a syllable starting at 0, 3, 5 and 8; ü is `v`. */
export interface Spelling {
  readonly letters: string;
  readonly starts: readonly number[];
  /** `jljw`. */
  readonly initials: string;
}

/** One item per Chinese character (its syllable) or per run of other characters. */
type Transcribe = (text: string) => readonly string[];

const CHINESE = /\p{Script=Han}/u;
const LETTERS = /^[a-z]+$/i;

/**
 * Spells a name in pinyin; null where it has no Chinese character. Latin words in it count as one syllable each,
 * digits and signs are left out.
 */
export function spell(name: string, transcribe: Transcribe): Spelling | null {
  if (!CHINESE.test(name)) return null;
  let letters = '';
  const starts: number[] = [];
  for (const item of transcribe(name)) {
    for (const [syllable] of item.toLowerCase().matchAll(/[a-z]+/g)) {
      starts.push(letters.length);
      letters += syllable;
    }
  }
  return { letters, starts, initials: starts.map((at) => letters.charAt(at)).join('') };
}

/** Whether a spelling holds the typed letters, as initials or as pinyin that begins with a syllable. */
export function isSpelled({ letters, starts, initials }: Spelling, typed: string): boolean {
  const wanted = typed.toLowerCase();
  return initials.includes(wanted) || starts.some((at) => letters.startsWith(wanted, at));
}

interface Spelled {
  readonly id: string;
  readonly spellings: readonly Spelling[];
}

/** Spellings of whole dimensions, per version of the data: names change only with it. */
const SPELLED = new WeakMap<DatasetState, Map<DimensionId, Promise<readonly Spelled[]>>>();

/** Ids of the members whose Chinese name is spelled as typed; none unless letters alone are typed. */
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
  // A failed read, such as a cancelled one, is nobody else's answer.
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

/** The dictionary of readings is large: read when it is first asked for, not at the start. */
export async function transcriber(): Promise<Transcribe> {
  const { pinyin } = await import('pinyin-pro');
  return (text) => pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
}
