import {
  aliasesParams,
  aliasesSchema,
  aliasPreviewSchema,
  aliasRequestSchema,
  aliasSchema,
  dismissalSchema,
  dismissedPairParams,
  dismissedPairsSchema,
  dismissedParams,
  suggestionsParams,
  suggestionsSchema,
} from '../../contract/aliases.ts';
import type { Operation } from './operation.ts';

/** Merging and parting of names, in the order in which the docs list them. */
export const ALIAS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/aliases',
    tag: 'Names',
    summary: 'Names that were made one',
    description: 'Newest first; with undone=true also those that were undone.',
    params: aliasesParams,
    answer: aliasesSchema,
  },
  {
    method: 'get',
    path: '/api/v1/aliases/suggestions',
    tag: 'Names',
    summary: 'Names that may be one',
    description:
      'Pairs by similarity, the likeliest first, with the reason and what speaks for and against it. Different seasons and numbers are never suggested.',
    params: suggestionsParams,
    answer: suggestionsSchema,
  },
  {
    method: 'post',
    path: '/api/v1/aliases/preview',
    tag: 'Names',
    summary: 'What a merge would change',
    description:
      'What counts of each member before and after, and days that several of the names state. Writes nothing.',
    body: aliasRequestSchema,
    answer: aliasPreviewSchema,
  },
  {
    method: 'post',
    path: '/api/v1/aliases',
    tag: 'Names',
    summary: 'Merge members, or part one',
    description:
      'From then on all numbers are those of into, as if the files had said so. With platform or source what that one states of from becomes into. Codes: unknown_member, alias_exists, alias_cycle.',
    body: aliasRequestSchema,
    answer: aliasesSchema,
    status: 201,
  },
  {
    method: 'delete',
    path: '/api/v1/aliases/{alias_id}',
    tag: 'Names',
    summary: 'Undo a merge or a part',
    description: 'As if it had never been, in any order with imports and their undos. Code: alias_not_undoable.',
    answer: aliasSchema,
  },
  {
    method: 'post',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Two names are not one',
    description: 'The pair is not suggested again.',
    body: dismissalSchema,
    status: 204,
  },
  {
    method: 'get',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Pairs that were dismissed',
    description: 'The latest first.',
    params: dismissedParams,
    answer: dismissedPairsSchema,
  },
  {
    method: 'delete',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Take a dismissal back',
    description: 'The two (`ids`, twice, in any order) may be suggested again. Code: not_found.',
    params: dismissedPairParams,
    status: 204,
  },
];
