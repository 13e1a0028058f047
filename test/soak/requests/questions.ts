/** Questions to the generic query: dimensions × grains × limits × others × comparison × what else it knows. */
import type { DimensionId, Filter, QueryInput } from '../../../server/contract/query.ts';
import { GRAINS } from '../../../server/contract/query.ts';
import type { Dice } from '../dice.ts';
import type { Facts } from './facts.ts';

/** Days that the calendar has, at its ends and far from any log. */
export const FAR_DAYS: readonly string[] = [
  '0000-01-01',
  '0001-01-01',
  '0001-12-31',
  '0099-06-15',
  '1025-10-01',
  '1582-10-10',
  '1899-12-31',
  '1970-01-01',
  '2024-02-29',
  '2100-02-28',
  '9998-12-31',
  '9999-01-01',
  '9999-12-31',
];

export function someFilter(dice: Dice, facts: Facts): Filter {
  const dimension = dice.pick(facts.dimensions);
  const members = facts.members[dimension] ?? [];
  const some = members.length > 0 ? [dice.pick(members), dice.pick(members)] : ['x'];
  switch (dice.int(6)) {
    case 0:
      return { dimension, op: 'in', values: some };
    case 1:
      return { dimension, op: 'not_in', values: some };
    case 2:
      return { dimension, op: dice.pick(['contains', 'not_contains']), value: (some[0] ?? 'x').slice(0, 2) || 'x' };
    case 3:
      return { dimension, op: dice.pick(['is_null', 'not_null']) };
    case 4:
      return { measure: dice.pick(facts.measures), op: dice.pick(['gt', 'gte', 'lt', 'lte']), value: dice.int(1000) };
    default:
      return { measure: dice.pick(facts.measures), op: 'between', values: [0, 10 ** dice.int(12)] };
  }
}

/** A valid question over dimensions of chance, or over these. */
export function someQuestion(
  dice: Dice,
  facts: Facts,
  over: readonly DimensionId[] = draw(dice, facts.dimensions, dice.pick([0, 1, 2, 2, 3])),
): QueryInput {
  const measures = draw(dice, facts.measures, dice.pick([1, 1, 2, 3]));
  const grain = dice.chance(0.75) ? dice.pick(GRAINS) : undefined;
  const limit = dice.chance(0.6) ? dice.pick([1, 2, 10, 100, 2000]) : undefined;
  return {
    measures,
    dimensions: [...over],
    time: { ...someTime(dice, facts, grain), ...(grain ? { grain } : {}) },
    ...(limit === undefined ? {} : { limit, others: dice.chance(0.5) }),
    ...(dice.chance(0.3) ? { totals: true } : {}),
    ...(dice.chance(0.35) ? { compare: someComparison(dice) } : {}),
    ...(dice.chance(0.15) ? { per_day: true } : {}),
    ...(dice.chance(0.2) ? { fill: true } : {}),
    ...(dice.chance(0.1) ? { include_partial: false } : {}),
    ...(dice.chance(0.1) ? { align: 'elapsed' as const } : {}),
    ...(dice.chance(0.05) ? { explain: true } : {}),
    ...(dice.chance(0.25) ? { filters: [someFilter(dice, facts)] } : {}),
    ...(dice.chance(0.25)
      ? { sort: [{ by: dice.pick([...over, ...measures]), dir: dice.pick(['asc', 'desc']) }] }
      : {}),
  };
}

/** Fine grains over short ranges: what is looked for is what breaks, not what is large. */
function someTime(dice: Dice, { from, to }: Facts, grain: string | undefined): { from?: string; to?: string } {
  if (dice.chance(0.05)) {
    const [far, other] = [dice.pick(FAR_DAYS), dice.pick([...FAR_DAYS, from, to])].sort();
    return { ...(far && dice.chance(0.8) ? { from: far } : {}), ...(other ? { to: other } : {}) };
  }
  const end = Date.parse(`${to}T00:00:00Z`);
  const ago = (days: number) => new Date(end - days * 86_400_000).toISOString().slice(0, 10);
  if (grain === 'hour') return { from: ago(dice.int(3)), to };
  if (grain === 'day') return { from: ago(dice.pick([0, 6, 20])), to };
  return dice.pick([{}, { from: ago(110) }, { from: ago(60), to: ago(20) }, { from, to }]);
}

function someComparison(dice: Dice): NonNullable<QueryInput['compare']> {
  if (dice.chance(0.9))
    return dice.pick(['previous_period', 'previous_year', { from: '2025-06-01', to: '2025-06-30' }]);
  const far = dice.pick(FAR_DAYS);
  return { from: far, to: far };
}

function draw<T>(dice: Dice, from: readonly T[], count: number): T[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(dice.int(left.length), 1)).flat();
}
