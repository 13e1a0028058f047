/** Whether a proposal may be imported without a confirmation. */
import { CATALOG_FIELDS, type Field, type ImportOptions, type ImportWarning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import type { Doubt } from '../read/doubt.ts';
import type { Choices } from './choices.ts';
import {
  encodingGuessed,
  NO_SERIES_COLUMN,
  NOTHING_DESCRIBED,
  notConfirmed,
  ratesAgainstSaid,
  reasonWithValue,
  takenByValues,
  takenUnconfirmed,
  waitsForAnswers,
  withoutWatchOut,
} from './messages.ts';
import type { ProfiledProposal } from './proposal.ts';

const SURE = 0.7;
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

/** What to look at first; if a profile says how to read the file, only what its values contradict. */
export function doubtsOf({ profile, proposed, inspected }: ProfiledProposal): Doubt[] {
  if (profile)
    return proposed.reasons.flatMap(({ option, reason, doubt }) =>
      doubt === 'answer' ? [{ option, reason, doubt }] : [],
    );
  const doubts: Doubt[] = [];
  const ask = (reason: Label, option = 'mapping') => doubts.push({ option, reason, doubt: 'ask' });
  const fields = new Set(Object.keys(proposed.mapping));
  // No confirmation helps: a column must be named.
  if (proposed.kind !== 'rates' && !fields.has('series_id') && !fields.has('title'))
    doubts.push({ option: 'mapping', reason: NO_SERIES_COLUMN, doubt: 'mention' });
  else if (proposed.kind === 'catalog' && ![...described].some((f) => fields.has(f))) ask(NOTHING_DESCRIBED);
  for (const [column, { field, byValues }] of proposed.columns)
    if ((field === 'views' || field === 'title') && byValues)
      doubts.push({
        option: field === 'views' ? 'views' : 'mapping',
        reason: takenByValues(column, field),
        doubt: field === 'views' ? 'answer' : 'ask',
      });
  for (const { option, reason, doubt } of proposed.reasons) if (doubt) doubts.push({ option, reason, doubt });
  const { encoding } = inspected;
  if (encoding?.confidence != null && encoding.confidence < SURE)
    ask(encodingGuessed(encoding.encoding, encoding.reason), 'encoding');
  return doubts;
}

export function unconfirmedOf(proposal: ProfiledProposal, chosen: Choices): Doubt[] {
  return doubtsOf(proposal).filter(({ doubt, option }) => doubt !== 'mention' && !answers(chosen, option));
}

function answers({ kind, mapping, map = {}, profile, options = {} }: Choices, option: string): boolean {
  const mapped = mapping !== undefined || Object.keys(map).length > 0;
  // Whether a chosen mapping has views is judged again.
  if (option === 'views')
    return options.views_are === 'event' || mapping?.views !== undefined || map.views !== undefined;
  if (option === 'day') return options.day !== undefined || kind === 'catalog';
  if (option === 'mapping') return mapped;
  // A catalogue takes no numbers, however they are laid out.
  if (option === 'across') return options.across !== undefined || kind === 'catalog';
  if (option === 'kind') return kind !== undefined || mapped;
  if (option === 'profile') return profile !== undefined || mapped;
  return Object.keys(options).includes(option);
}

/** Rates whose sizes do not fit the chosen direction. */
export function warnOfUnlikelyRates(proposal: ProfiledProposal, { options }: Choices): ImportWarning | null {
  const odd = doubtsOf(proposal).find(({ option, doubt }) => option === 'rates_are' && doubt === 'answer');
  if (!odd || options?.rates_are === undefined) return null;
  return { code: 'rates_unlikely', count: 0, detail: ratesAgainstSaid(odd.reason) };
}

export function warnOfUnconfirmed(doubts: readonly Doubt[], options: ImportOptions): ImportWarning | null {
  if (doubts.length === 0) return null;
  const taken: Record<string, unknown> = options;
  const reasons = doubts.map(({ option, reason }) => {
    const value = taken[option];
    return reasonWithValue(withoutWatchOut(reason), option, typeof value === 'string' ? value : null);
  });
  const named = [...new Set(doubts.map(({ option }) => saidAs(option)))];
  const say = doubts.some(({ doubt }) => doubt === 'answer') ? waitsForAnswers : takenUnconfirmed;
  return { code: 'unconfirmed', count: doubts.length, detail: say(reasons, named) };
}

/** What decides a total needs an answer first. @throws ProblemError `unconfirmed` naming the option for each */
export function refuseUnanswered(proposal: ProfiledProposal, doubts: readonly Doubt[]): void {
  const open = doubts.filter(({ doubt }) => doubt === 'answer');
  if (open.length > 0) throw refusal(proposal, open);
}

/** For strict requests. @param doubts unanswered @throws ProblemError `unconfirmed` naming each, and the answer */
export function refuseUnconfirmed(proposal: ProfiledProposal, doubts: readonly Doubt[]): void {
  if (doubts.length > 0) throw refusal(proposal, doubts);
}

/** The questions, and the place of each answer in a request; worded as in `doubtsOf`. */
export function questionsOf(proposal: ProfiledProposal): { path: string; message: Label }[] {
  return doubtsOf(proposal).flatMap(({ option, reason, doubt }) =>
    doubt === 'answer' ? [{ path: pathOf(option), message: reason }] : [],
  );
}

const saidAs = (option: string) => (option === 'views' ? 'mapping.views' : option);

const pathOf = (option: string) =>
  option === 'views'
    ? 'mapping.views'
    : option === 'mapping' || option === 'kind' || option === 'profile'
      ? option
      : `options.${option}`;

function refusal({ inspected }: ProfiledProposal, doubts: readonly Doubt[]): ProblemError {
  const found = doubts.map(({ option, reason }) => ({ path: pathOf(option), message: withoutWatchOut(reason) }));
  const detail = notConfirmed(
    found.map(({ message }) => message),
    {
      options: [...new Set(doubts.map(({ option }) => saidAs(option)))],
      columns: inspected.columns.map(({ name }) => name),
      mayTake: doubts.every(({ doubt }) => doubt !== 'answer'),
    },
  );
  return new ProblemError('unconfirmed', detail, found);
}
