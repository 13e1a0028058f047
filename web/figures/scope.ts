import type { z } from 'zod';
import type { Catalog } from '../../server/contract/catalog.ts';
import { type Params, parseFilters } from '../filters/grammar.ts';
import { type MemberNames, resolveScope } from '../filters/scope.ts';
import type { Language } from '../i18n/i18n.ts';
import type { Answers, Figure, FigureScope } from './figure.ts';

/** What the parameters of an address are for a figure; null while the dataset is empty. */
export function figureScope<P extends z.ZodObject, A extends Answers, D>(
  { params }: Figure<P, A, D>,
  address: Params,
  catalog: Catalog,
  language: Language,
  names: MemberNames = {},
): FigureScope<z.output<P>> | null {
  const scope = resolveScope(parseFilters(address), catalog, language, names);
  return scope === null ? null : { ...scope, params: params.parse(address) };
}
