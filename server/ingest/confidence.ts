/** Whether a proposal may be imported without anybody looking at it; pure. */
import { CATALOG_FIELDS, type Field } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { MEASURES } from './plan.ts';
import type { ProfiledProposal } from './profiled.ts';

/** An encoding that is less sure than this is asked about. */
const SURE = 0.7;
/** How a proposal says that a column's name told nothing. */
const GUESSED = /no column is named/u;
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

/** What somebody would have to confirm first; empty where a profile says it, or nothing is in doubt. */
export function doubtsOf({ profile, proposed, inspected }: ProfiledProposal): string[] {
  if (profile) return [];
  const doubts: string[] = [];
  const mapped = new Set<string>(Object.values(proposed.mapping));
  const fields = new Set(Object.keys(proposed.mapping));
  const strange = inspected.columns.filter((c) => !mapped.has(c.name) && isNumeric(c.type)).map((c) => `“${c.name}”`);
  if (proposed.kind === 'log' && ![...MEASURES].some((f) => fields.has(f)) && strange.length > 0)
    doubts.push(`no column is known to state views, though ${strange.join(', ')} hold numbers`);
  if (proposed.kind === 'catalog' && ![...described].some((f) => fields.has(f)))
    doubts.push('beside titles or ids, no column is known');
  for (const [column, { field, reason }] of proposed.columns)
    if ((field === 'views' || field === 'title') && GUESSED.test(reason))
      doubts.push(`“${column}” is taken for ${field} by its values only`);
  for (const { option, reason } of proposed.reasons)
    if (option === 'profile' || reason.startsWith('watch out')) doubts.push(reason);
  const { encoding } = inspected;
  if (encoding?.confidence != null && encoding.confidence < SURE)
    doubts.push(`its encoding is a guess: ${encoding.encoding} (${encoding.reason})`);
  return doubts;
}

const isNumeric = (type: string) =>
  /^(integer|number|u?(tiny|small|big|huge)?int(eger)?|double|float|decimal)/iu.test(type);

/** @throws ProblemError `mapping_incomplete` naming every doubt */
export function refuseDoubts(proposal: ProfiledProposal): void {
  const doubts = doubtsOf(proposal);
  if (doubts.length === 0) return;
  throw new ProblemError(
    'mapping_incomplete',
    `Nobody is there to confirm how this file is read: ${doubts.join('; ')}. Its columns are: ${proposal.inspected.columns.map((c) => c.name).join(', ')}.`,
    doubts.map((message) => ({ path: 'mapping', message })),
  );
}
