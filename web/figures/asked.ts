import { membersIn, type Scope } from '../filters/scope.ts';

/** Whether the filters ask for a member by name: that it leads is no finding then. */
export const isAsked = (
  { filters }: Pick<Scope, 'filters'>,
  id: string | undefined,
  ...dimensions: readonly string[]
): boolean =>
  membersIn(filters).some(
    (filter) =>
      filter.op === 'in' &&
      dimensions.includes(filter.dimension) &&
      id !== undefined &&
      filter.values.length === 1 &&
      filter.values[0] === id,
  );
