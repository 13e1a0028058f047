/** Gathers what tells of a file's views: its own steps, its header, what its source holds. */
import { SUMMED_COLUMNS } from '../../../contract/columns.ts';
import type { ImportOptions } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { listEntries, viewsOfSource } from '../../../ledger/history.ts';
import type { Vocabulary } from '../../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import type { OptionReason } from '../../read/doubt.ts';
import type { DataFile } from '../../read/source.ts';
import { planImport } from '../../stage/plan.ts';
import { stepsByField, viewSteps } from '../probe.ts';
import type { Proposal } from '../proposed.ts';
import { type Steps, sayWeighed, weigh } from './counter-evidence.ts';
import { stepsFromSource } from './source-steps.ts';
import { decideViews, VIEWS_ARE, type ViewsVerdict } from './views-kind.ts';

/**
 * @param proposal of the mapping that holds
 * @param options what the user says already
 * @returns null where it is said already, or there is nothing to judge
 */
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

/** Whether rows have a series and a day: of which day a file is, somebody may have to say first. */
const canBePlanned = ({ mapping, options: proposed }: Proposal, options: ImportOptions): boolean =>
  Boolean(mapping.series_id ?? mapping.title ?? options.series) && Boolean(mapping.time ?? options.day ?? proposed.day);

/**
 * Columns of numbers beside the views that are plainly of the other kind, as total likes beside the views of each day:
 * `views_are` is said of the whole file, so they would count wrongly.
 */
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
    return [
      { option: 'mapping', reason: sayOtherKind(proposal.mapping[field] ?? '', is, found, sampled), doubt: 'ask' },
    ];
  });
}

function sayOtherKind(column: string, is: 'increment' | 'cumulative', steps: Steps, sampled: boolean): Label {
  const { en, zh } = sayWeighed(steps, weigh(steps), sampled);
  return {
    en: `watch out: the views are read as ${is}, and so would “${column}” be, though by its values it is not: ${en}. Leave the column out, or import it as a file of its own`,
    zh: `请确认：播放量按${VIEWS_ARE[is]}读取，“${column}”列也会如此，但从数值看并非这样：${zh}。请不导入该列，或单独存为一个文件导入`,
  };
}

/** Earlier imports named at most. */
const NAMED = 3;

async function takenForIncrements(session: ReadSession, source: string): Promise<Label> {
  const taken = (await listEntries(session)).filter(
    (e) => e.source === source && e.status === 'committed' && e.kind === 'log' && e.viewsAre === 'increment',
  );
  const names = taken.slice(0, NAMED).map((e) => ({
    en: `${e.import_id} (“${e.filename}”)`,
    zh: `${e.import_id}（“${e.filename}”）`,
  }));
  const more = taken.length - names.length;
  return {
    en: `earlier imports were taken as increments: if these are counters, undo import ${names.map(({ en }) => en).join(', ')}${more > 0 ? ` and ${more} more` : ''} and import ${taken.length > 1 ? 'them' : 'it'} again as counters`,
    zh: `此前的导入按增量计算：若是累计值，请撤销导入 ${names.map(({ zh }) => zh).join('、')}${more > 0 ? `等 ${taken.length} 个` : ''}，再按累计值重新导入`,
  };
}
