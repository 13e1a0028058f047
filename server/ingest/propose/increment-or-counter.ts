/** “Increment or counter?”: by the values, else the earlier days of the source, else the header, else a question. */
import { SUMMED_COLUMNS } from '../../contract/columns.ts';
import type { ImportOptions, ViewsAre, Warning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { listEntries, viewsOfSource } from '../../ledger/history.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { joined } from '../../wording.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { DataFile } from '../read/source.ts';
import { type ImportPlan, planImport } from '../stage/plan.ts';
import { watchOut } from './messages.ts';
import { type Looks, type Steps, stepsByField, stepsFromSource, viewSteps } from './probe/view-steps.ts';
import type { Proposal } from './proposal.ts';
import {
  columnOfOtherKind,
  EARLIER_WERE_COUNTERS,
  headerAgrees,
  headerDecides,
  headerSounds,
  NO_COUNTER_SHOWN,
  NOTHING_TELLS_VIEWS,
  sayWeighed,
  sourceWas,
  stepsFromEarlierDays,
  stepsLeaveOpen,
  undoIncrements,
  viewsAgainstSaid,
} from './views-messages.ts';

/** So many steps decide; fewer can only contradict other evidence. */
const ENOUGH = 20;
/** Platforms correct counters, in at most one step of twenty. */
const HELD = 0.95;
/** Views of single days fall in at least one step of five. */
const FALLS = 0.2;
/** What a day adds to a counter is small beside it; views of single days differ by more. */
const SMALL = 0.1;
/** Steps per series that cannot all rise for one reason, such as a weekend. */
const LONG = 7;

export function likeness({ keys, steps, held, grew, change }: Steps): Looks {
  if (steps === 0) return 'nothing';
  const small = change !== null && change <= SMALL;
  if (held >= HELD && grew > 0.5 && (small || steps >= LONG * keys)) return 'counter';
  // Exactly a fifth: 1 − 0.8 is below 0.2 in floats.
  return held <= 1 - FALLS ? 'increments' : 'nothing';
}

export const weigh = (found: Steps): Looks => (found.steps < ENOUGH ? 'nothing' : likeness(found));

type Stated = Exclude<ViewsAre, 'event'>;
type SaidOfViews = Pick<OptionReason, 'reason' | 'doubt'>;

export interface ViewsVerdict {
  /** Null if nothing tells: then it is a question. */
  readonly value: Stated | null;
  readonly byValues: Stated | null;
  readonly said: readonly SaidOfViews[];
}

export interface ViewsEvidence {
  readonly steps: Steps;
  /** Only some of the series were looked at. */
  readonly sampled: boolean;
  readonly header: string;
  readonly named: Stated | null;
  readonly before: {
    readonly source: string;
    readonly views: Stated;
    /** From the source's last days into the file's; null if nothing can be compared. */
    readonly steps: Steps | null;
    /** Which imports were taken for increments, and what to do if they are counters. */
    readonly taken: Label;
  } | null;
}

export const LOOKS = { counter: 'cumulative', increments: 'increment', nothing: null } as const;
/** From so many steps on a header decides, if they do not contradict it. */
const FEW = 10;
/** So few steps beside an earlier import may be chance. */
const CHANCE = 5;

export function decideViews(evidence: ViewsEvidence): ViewsVerdict {
  const { steps, sampled, named, header, before } = evidence;
  const byValues = LOOKS[weigh(steps)];
  if (byValues !== null) {
    const odd = named !== null && named !== byValues;
    const reason = sayWeighed(steps, weigh(steps), sampled);
    const clash = before !== null && before.views !== byValues;
    const said: SaidOfViews = clash
      ? { reason: joined(watchOut(reason), sayEarlier(before)), doubt: 'answer' }
      : { reason };
    return { value: byValues, byValues, said: [said, ...(named ? [sayHeader(header, named, odd)] : [])] };
  }
  if (before !== null) return bySource(before, evidence);
  if (named !== null && steps.steps >= FEW && LOOKS[likeness(steps)] !== other(named))
    return {
      value: named,
      byValues,
      said: [{ reason: sayWeighed(steps, 'nothing', sampled) }, { reason: headerDecides(header, named) }],
    };
  const said = [
    { reason: stepsLeaveOpen(sayWeighed(steps, 'nothing', sampled)), doubt: 'answer' as const },
    ...(named === null ? [] : [{ reason: headerSounds(header, named) }]),
  ];
  return { value: null, byValues, said };
}

function bySource(
  before: NonNullable<ViewsEvidence['before']>,
  { steps, sampled, named, header }: ViewsEvidence,
): ViewsVerdict {
  const { source, views } = before;
  const said = (reason: Label, doubt?: 'answer' | 'ask'): ViewsVerdict => ({
    value: views,
    byValues: null,
    said: [doubt ? { reason, doubt } : { reason }],
  });
  const beside = before.steps;
  const looks = beside ? likeness(beside) : 'nothing';
  if (beside && LOOKS[looks] === other(views) && beside.steps >= CHANCE) {
    const reason = joined(stepsFromEarlierDays(source, sayWeighed(beside, looks)), sayEarlier(before));
    return said(reason, LOOKS[weigh(beside)] === null ? 'ask' : 'answer');
  }
  if (LOOKS[likeness(steps)] === other(views) && steps.steps >= CHANCE)
    return said(joined(watchOut(sayWeighed(steps, likeness(steps), sampled)), sayEarlier(before)), 'ask');
  if (named === 'cumulative' && views === 'increment' && looks !== 'increments')
    return said(joined(watchOut(headerSounds(header, named)), before.taken), 'ask');
  return said(sourceWas(source, views));
}

const other = (views: Stated): Stated => (views === 'increment' ? 'cumulative' : 'increment');

const sayEarlier = ({ views, taken }: NonNullable<ViewsEvidence['before']>): Label =>
  views === 'increment' ? taken : EARLIER_WERE_COUNTERS;

const sayHeader = (header: string, named: Stated, odd: boolean): SaidOfViews =>
  odd ? { reason: watchOut(headerSounds(header, named)), doubt: 'ask' } : { reason: headerAgrees(header, named) };

export const NOT_JUDGED: ViewsVerdict = {
  value: null,
  byValues: null,
  said: [{ reason: NOTHING_TELLS_VIEWS, doubt: 'answer' }],
};

export const NO_VIEWS: ViewsVerdict = {
  value: 'increment',
  byValues: null,
  said: [{ reason: NO_COUNTER_SHOWN }],
};

/** Null if the user has said it, or there is nothing to judge. @param proposal of the chosen mapping */
export async function viewsVerdict(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  options: ImportOptions,
  vocabulary: Vocabulary,
): Promise<ViewsVerdict | null> {
  if (options.views_are !== undefined || !proposal.mapping.views || !canBePlanned(proposal, options)) return null;
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const { steps, sampled } = await viewSteps(session, file, plan);
  const source = options.source ?? proposal.options.source ?? '';
  const views = await viewsOfSource(session, source);
  const header = proposal.mapping.views;
  const before = views === null || views === 'event' ? null : views;
  const open = weigh(steps) === 'nothing';
  return decideViews({
    steps,
    sampled,
    header,
    named: proposal.headerSays ?? null,
    before: before && {
      source,
      views: before,
      steps: open ? await stepsFromSource(session, file, plan, { source, before, vocabulary }) : null,
      taken: await takenForIncrements(session, source),
    },
  });
}

/** Whether rows have a series and a day. */
const canBePlanned = ({ mapping, options: proposed }: Proposal, options: ImportOptions): boolean =>
  Boolean(mapping.series_id ?? mapping.title ?? options.series) && Boolean(mapping.time ?? options.day ?? proposed.day);

/** Measures of the other kind, such as total likes beside daily views: `views_are` is said of the whole file. */
export async function measuresOfOtherKind(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  options: ImportOptions,
): Promise<OptionReason[]> {
  const is = options.views_are ?? proposal.options.views_are;
  const beside = SUMMED_COLUMNS.filter((field) => field !== 'views' && proposal.mapping[field] !== undefined);
  if ((is !== 'increment' && is !== 'cumulative') || beside.length === 0 || !canBePlanned(proposal, options)) return [];
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const { steps, sampled } = await stepsByField(session, file, plan, beside);
  return beside.flatMap((field) => {
    const found = steps.get(field);
    const looks = found ? weigh(found) : 'nothing';
    if (!found || looks === 'nothing' || (looks === 'counter') === (is === 'cumulative')) return [];
    const reason = columnOfOtherKind(proposal.mapping[field] ?? '', is, sayWeighed(found, looks, sampled));
    return [{ option: 'mapping', reason, doubt: 'ask' }];
  });
}

async function takenForIncrements(session: ReadSession, source: string): Promise<Label> {
  const entries = await listEntries(session);
  return undoIncrements(
    entries.filter(
      (e) => e.source === source && e.status === 'committed' && e.kind === 'log' && e.viewsAre === 'increment',
    ),
  );
}

/** Only for what the user said: proposals of ours are judged already. */
export async function warnOfUnlikelyViews(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  said: ImportOptions['views_are'],
): Promise<Warning | null> {
  if (plan.kind !== 'log' || !plan.uses.has('views') || (said !== 'increment' && said !== 'cumulative')) return null;
  const { steps, sampled } = await viewSteps(session, file, { ...plan, viewsAre: 'increment' });
  const shown = LOOKS[weigh(steps)];
  if (shown === null || shown === said) return null;
  return {
    code: 'views_are_unlikely',
    count: 0,
    detail: viewsAgainstSaid(said, shown, sayWeighed(steps, weigh(steps), sampled)),
  };
}
