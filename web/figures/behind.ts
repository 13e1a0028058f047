import type { Filter } from '../../server/contract/query.ts';
import type { Mark } from '../filters/marks.ts';
import type { Call } from './calls.ts';

/** Calls that take filters and a range: all but those of the whole log. */
export const canNarrow = ({ name }: Pick<Call<unknown>, 'name'>): boolean => name !== 'coverage';

/** The same question about what a mark stands for alone, with what its answer rests on (`meta.lineage`). */
export function behind<A>(call: Call<A>, { members, span }: Mark): Call<A> {
  const own = members.map(({ dimension, id }): Filter => ({ dimension, op: 'in', values: [id] }));
  const { body } = call;
  if (body !== undefined) {
    const time = span === undefined ? body.time : { ...body.time, ...span };
    const filters = [...(body.filters ?? []), ...own];
    return { ...call, body: { ...body, filters, explain: true, ...(time === undefined ? {} : { time }) } };
  }
  const filters = 'filters' in call.given && Array.isArray(call.given.filters) ? call.given.filters : [];
  return { ...call, given: { ...call.given, ...span, filters: [...filters, ...own], explain: 'true' } };
}
