/** Gathers what tells of a file's views: its own steps, its header, what its source holds. */
import type { ImportOptions } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import type { ReadSession } from '../warehouse/warehouse.ts';
import { weigh } from './counter-evidence.ts';
import { listEntries, viewsOfSource } from './history.ts';
import { planImport } from './plan.ts';
import { viewSteps } from './probe.ts';
import type { Proposal } from './propose.ts';
import type { DataFile } from './source.ts';
import { stepsFromSource } from './source-steps.ts';
import { decideViews, type ViewsVerdict } from './views-kind.ts';
import type { Vocabulary } from './vocabulary.ts';

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
  if (options.views_are !== undefined || !proposal.mapping.views) return null;
  if (!proposal.mapping.series_id && !proposal.mapping.title && !options.series) return null;
  // Nothing can be planned until somebody says of which day the file is.
  if (!proposal.mapping.time && !(options.day ?? proposal.options.day)) return null;
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
