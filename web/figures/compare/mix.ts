import type { CompareAnswer } from '../../../server/contract/analyses-depth.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type HeatData, heatmap } from '../../charts/heatmap.ts';
import { heightForRows } from '../../charts/heights.ts';
import { markOf } from '../../filters/marks.ts';
import { dimensionLabel } from '../../filters/scope.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { type Call, query } from '../calls.ts';
import { figure } from '../figure.ts';
import { within } from '../member/member.ts';
import { noRows } from '../nothing.ts';
import { type CompareScope, compareParams, comparing, memberNamed } from './compared.ts';
import { groupMix, groupsCall, type MixPart, seriesMix } from './totals.ts';
import { compareWords } from './words.ts';

const ROWS = 12;
const heightOf = (rows: number): number => heightForRows(rows, { row: 28, top: 54 });

/** What members are made of. */
export const PART_OF = { series: 'platform', producer: 'primary_genre', primary_genre: 'producer' } as const;

export const seriesMixCall = (scope: CompareScope): Call<Answer> =>
  query(within(scope, 'series', comparing(scope).ids), {
    measures: ['views'],
    dimensions: ['series', 'platform'],
  });

type Mix = { groups?: CompareAnswer; platforms?: Answer };

export const compareMix = figure<typeof compareParams, Mix, HeatData>({
  id: 'compare.mix',
  params: compareParams,
  heads: (scope) => {
    const { by } = comparing(scope);
    const t = compareWords.say(scope.language);
    return {
      title: t(`mix_${by}`),
      subtitle: t('mix_subtitle', { range: rangeText(scope.range.from, scope.range.to, scope.language) }),
      definition: t('mix_definition', { part: dimensionLabel(scope, PART_OF[by]) }),
      height: heightOf(8),
    };
  },
  asks: (scope) => {
    const { by, ids } = comparing(scope);
    return by === 'series' ? { platforms: seriesMixCall(scope) } : { groups: groupsCall(scope, by, ids) };
  },
  says: ({ groups, platforms }, scope) => {
    const { by, ids } = comparing(scope);
    const mix =
      groups !== undefined ? groupMix(groups, scope) : platforms !== undefined ? seriesMix(platforms, scope) : [];
    const label = (id: string) => groups?.rows.find(({ member }) => member === id)?.member_label;
    const rows = largestParts(mix).map((one) => ({ ...one, mark: markOf(PART_OF[by], one.id, one.name) }));
    if (rows.length === 0) return noRows(scope);
    const columns = ids.map((id) => {
      const name = memberNamed(scope, by, id, label(id));
      return { id, name, mark: markOf(by, id, name) };
    });
    const shareOf = (part: string, member: string): number | null =>
      mix.find((one) => one.part === part && one.member === member)?.share ?? null;
    const data: HeatData = {
      rows,
      columns,
      cells: rows.flatMap(({ id }, row) =>
        columns.map((column, at) => ({ row, column: at, value: shareOf(id, column.id) })),
      ),
      kind: 'fraction',
      ramp: 'sequential',
      measure: compareWords.say(scope.language)('mix_measure'),
    };
    return {
      data,
      table: {
        columns: [
          { id: 'part', header: dimensionLabel(scope, PART_OF[by]), kind: 'text' },
          ...columns.map(({ id, name, mark }) => ({ id, header: name, kind: 'fraction' as const, mark })),
        ],
        rows: rows.map(({ id, name }) => [name, ...columns.map((column) => shareOf(id, column.id))]),
        marks: rows.map(({ mark }) => mark),
      },
      height: heightOf(rows.length),
    };
  },
  draws: heatmap,
});

/** Parts by the largest share that any member has of them; the rest of all last. */
function largestParts(mix: readonly MixPart[]): { id: string; name: string }[] {
  const parts = new Map<string, { name: string; most: number }>();
  for (const { part, name, share } of mix)
    parts.set(part, { name, most: Math.max(share ?? 0, parts.get(part)?.most ?? 0) });
  return [...parts]
    .filter(([, { most }]) => most > 0)
    .sort(([a, one], [b, other]) => Number(a === '(others)') - Number(b === '(others)') || other.most - one.most)
    .slice(0, ROWS)
    .map(([id, { name }]) => ({ id, name }));
}
