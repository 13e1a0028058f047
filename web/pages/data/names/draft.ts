import type {
  AliasDimension,
  AliasExtent,
  AliasPreview,
  AliasRequest,
  Suggestion,
  Suggestions,
} from '../../../../server/contract/aliases.ts';
import type { Label } from '../../../../server/contract/query.ts';
import type { Numeric } from '../../../i18n/numbers.ts';

/** What is to be merged, or parted, before anybody has confirmed it. Pure. */

export interface NamedMember {
  readonly id: string;
  readonly label: Label;
  readonly views: Numeric;
}

const plain = (name: string) => name.normalize('NFKC').replace(/[《》\s]/gu, '');

/** An id that says more than the name shown: `MD012940`, but not a title written with other signs. */
export const ownId = ({ id, label }: NamedMember): string | null =>
  plain(id) === plain(label.zh) || plain(id) === plain(label.en) ? null : id;

export interface Draft {
  readonly dimension: AliasDimension;
  readonly members: readonly NamedMember[];
  /** Id of the member that holds, or the name of what is parted. */
  readonly into: string;
  /** Only what this platform or source states; undefined to merge everything. */
  readonly part?: { readonly by: 'platform' | 'source'; readonly value: string } | undefined;
}

/** Both names of a suggestion, to be merged as the server proposes. */
export const draftOf = ({ dimension, from, into }: Suggestion): Draft => ({
  dimension,
  members: [from, into],
  into: into.id,
});

export function requestOf({ dimension, members, into, part }: Draft): AliasRequest | null {
  const name = into.trim();
  if (name === '') return null;
  const from = members.map(({ id }) => id).filter((id) => part !== undefined || id !== name);
  if (from.length === 0) return null;
  if (part === undefined) return members.some(({ id }) => id === name) ? { dimension, from, into: name } : null;
  return part.value === '' || from.includes(name) ? null : { dimension, from, into: name, [part.by]: part.value };
}

/** Adds or removes a member; the first one holds until another is chosen. */
export function toggled(draft: Draft, member: NamedMember): Draft {
  const there = draft.members.some(({ id }) => id === member.id);
  const members = there ? draft.members.filter(({ id }) => id !== member.id) : [...draft.members, member];
  const holds = members.some(({ id }) => id === draft.into);
  return { ...draft, members, into: holds ? draft.into : (members[0]?.id ?? '') };
}

const keeping = (kept: Suggestions, wanted: (suggestion: Suggestion) => boolean): Suggestions => {
  const rows = kept.rows.filter(wanted);
  return { rows, total: kept.total - (kept.rows.length - rows.length) };
};

/** Suggestions without this pair, whichever way round. */
export const withoutPair = (kept: Suggestions, ids: readonly [string, string]): Suggestions =>
  keeping(kept, ({ from, into }) => !(ids.includes(from.id) && ids.includes(into.id)));

/** Suggestions without those that name one of these: merged, they are no members any more. */
export const withoutMembers = (kept: Suggestions, ids: readonly string[]): Suggestions =>
  keeping(kept, ({ from, into }) => !ids.includes(from.id) && !ids.includes(into.id));

/** What has just been done with names, to be said in whichever language is read. */
export interface NamesSaid {
  readonly key: 'merged' | 'parted' | 'undone' | 'dismissed';
  readonly from: readonly Label[];
  readonly into: Label;
}

export interface ExtentRow {
  readonly id: string;
  readonly label: Label;
  readonly extent: AliasExtent;
}

export interface Outcome {
  readonly before: readonly ExtentRow[];
  /** Members that have something left, and the one that holds in any case. */
  readonly after: readonly ExtentRow[];
  /** What is counted no more; below zero where more is counted. */
  readonly fewer: bigint;
  /** Days stated under several of the names by different sources only. */
  readonly otherSourceDays: number;
  /** Whether the days after are fewer than those before added up: several names have some of them. */
  readonly daysShared: boolean;
}

export function outcomeOf({ members, conflicts, views_before, views_after }: AliasPreview): Outcome {
  const holds = members[members.length - 1];
  const row = (at: 'before' | 'after') => (member: AliasPreview['members'][number]) => ({
    id: member.id,
    label: member.label,
    extent: member[at],
  });
  const days = (at: 'before' | 'after') => members.reduce((sum, member) => sum + member[at].days, 0);
  return {
    before: members.filter((member) => member !== holds || member.before.rows > 0).map(row('before')),
    after: members.filter((member) => member === holds || member.after.rows > 0).map(row('after')),
    fewer: BigInt(views_before) - BigInt(views_after),
    otherSourceDays: conflicts.days - conflicts.same_source_days,
    daysShared: days('after') < days('before'),
  };
}
