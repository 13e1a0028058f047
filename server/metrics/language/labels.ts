import { type DimensionId, type Label, OTHERS_MEMBER, TOTAL_MEMBER, UNKNOWN_MEMBER } from '../../contract/query.ts';
import { mapInTurns } from '../../loop-turns.ts';
import { languageLabel, placeLabel } from '../../vocabulary/place-names.ts';
import type { DatasetState } from '../../warehouse/warehouse.ts';
import { among, column, type Sql, sql, TRUE } from '../sql/sql.ts';
import { labelDimension } from './dimensions.ts';
import type { Engine } from './engine.ts';

const fixed = (pairs: readonly (readonly [string, string, string])[]): ReadonlyMap<string, Label> =>
  new Map(pairs.map(([id, en, zh]) => [id, { en, zh }]));

const SPECIAL = fixed([
  [UNKNOWN_MEMBER, 'Unknown', '未知'],
  [OTHERS_MEMBER, 'Others', '其他'],
  [TOTAL_MEMBER, 'Total', '合计'],
]);

const LONG_LIST = 200;

/** Ids that are this product's own (docs/definitions.md#dimensions). */
const FIXED: Partial<Record<DimensionId, ReadonlyMap<string, Label>>> = {
  format: fixed([
    ['live_action', 'Live action', '真人剧'],
    ['comic', 'Comic', '漫剧'],
    ['ai', 'AI format', 'AI 形态'],
    ['other', 'Other', '其他形态'],
  ]),
  channel: fixed([
    ['female', 'Female', '女频'],
    ['male', 'Male', '男频'],
    ['general', 'General', '综合'],
  ]),
  production: fixed([
    ['human', 'Human', '人工制作'],
    ['hybrid', 'Hybrid', '混合制作'],
    ['ai', 'AI-made', 'AI 制作'],
  ]),
  market: fixed([
    ['domestic', 'Domestic', '国内'],
    ['overseas', 'Overseas', '海外'],
  ]),
  weekday: fixed([
    ['1', 'Monday', '周一'],
    ['2', 'Tuesday', '周二'],
    ['3', 'Wednesday', '周三'],
    ['4', 'Thursday', '周四'],
    ['5', 'Friday', '周五'],
    ['6', 'Saturday', '周六'],
    ['7', 'Sunday', '周日'],
  ]),
};

/** False for dimensions named by the data. */
export function fixedNameContains(dimension: DimensionId, id: string, part: string): boolean {
  const label = FIXED[dimension]?.get(id) ?? SPECIAL.get(id);
  return label !== undefined && [label.en, label.zh].some((name) => name.toLowerCase().includes(part.toLowerCase()));
}

/** Empty for dimensions named by the data. */
export function fixedMembers(dimension: DimensionId): readonly string[] {
  return [...(FIXED[dimension]?.keys() ?? []), UNKNOWN_MEMBER];
}

async function namesOf(
  engine: Engine,
  dimension: DimensionId,
  only: (id: Sql) => Sql,
): Promise<ReadonlyMap<string, Label>> {
  const rows = await engine.all(
    dimension === 'series'
      ? sql`SELECT s.series_id AS id, s.title AS zh, coalesce(s.title_en, s.title) AS en FROM series s WHERE ${only(column('s', 'series_id'))}`
      : sql`SELECT l.id, l.zh, l.en FROM label l WHERE l.dimension = ${labelDimension(dimension)} AND ${only(column('l', 'id'))}`,
  );
  return new Map(
    await mapInTurns(rows, (row) => {
      const id = String(row.id);
      return [id, { en: String(row.en ?? id), zh: String(row.zh ?? id) }] as const;
    }),
  );
}

/** Per data version: asking for a long list costs more than the whole dimension. */
const WHOLE = new WeakMap<DatasetState, Map<DimensionId, Promise<ReadonlyMap<string, Label>>>>();

function allNames(engine: Engine, dimension: DimensionId): Promise<ReadonlyMap<string, Label>> {
  const known = WHOLE.get(engine.state) ?? new Map<DimensionId, Promise<ReadonlyMap<string, Label>>>();
  WHOLE.set(engine.state, known);
  const names = known.get(dimension) ?? namesOf(engine, dimension, () => TRUE);
  known.set(dimension, names);
  // A failed read, such as a cancelled one, must not be kept.
  names.catch(() => known.delete(dimension));
  return names;
}

/** What the vocabulary calls a place or a language that the data name in one language only. */
const KNOWN: Partial<Record<DimensionId, (id: string) => Label | null>> = {
  producer_region: placeLabel,
  origin: placeLabel,
  language: languageLabel,
};

const HAN = /\p{Script=Han}/u;

/** Stated names stay; the vocabulary's takes the place of the other language's that would repeat them. */
function withVocabulary(id: string, stated: Label | undefined, known: Label | null): Label {
  const { zh, en } = stated ?? { zh: id, en: id };
  if (known === null || zh !== en) return { zh, en };
  return HAN.test(zh) ? { zh, en: known.en } : { zh: known.zh, en: id === en ? known.en : en };
}

/** A member without a name is shown by its id. */
export class Labels {
  private constructor(
    private readonly names: ReadonlyMap<string, Label>,
    private readonly known: (id: string) => Label | null = () => null,
  ) {}

  static async of(engine: Engine, dimension: DimensionId, ids: readonly string[]): Promise<Labels> {
    const own = FIXED[dimension];
    if (own || ids.length === 0) return new Labels(own ?? new Map());
    const wanted = [...new Set(ids)];
    const known = KNOWN[dimension];
    if (wanted.length > LONG_LIST) return new Labels(await allNames(engine, dimension), known);
    return new Labels(await namesOf(engine, dimension, (id) => among(id, wanted)), known);
  }

  of(id: string): Label {
    return SPECIAL.get(id) ?? withVocabulary(id, this.names.get(id), this.known(id));
  }
}
