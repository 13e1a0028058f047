/** What the views of a file are: by its values, else by what its source holds; what speaks against it is asked about. */
import type { ImportOptions } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import type { ReadSession } from '../warehouse/warehouse.ts';
import { FEW_STEPS, SMALL, sayWeighed, weigh } from './counter-evidence.ts';
import { matchHeader } from './headers.ts';
import { listEntries, viewsOfSource } from './history.ts';
import { planImport } from './plan.ts';
import { judgeViews, type ViewsVerdict } from './probe.ts';
import { type Proposal, VIEWS_ARE } from './propose.ts';
import type { DataFile } from './source.ts';
import { stepsFromSource } from './source-steps.ts';
import type { Vocabulary } from './vocabulary.ts';

/** @param options what the user says already */
export async function viewsVerdict(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  options: ImportOptions,
  vocabulary: Vocabulary,
): Promise<ViewsVerdict | null> {
  if (options.views_are !== undefined || proposal.options.views_are === 'event') return null;
  if (!proposal.mapping.series_id && !proposal.mapping.title && !options.series) return null;
  // Nothing can be planned until somebody says of which day the file is.
  if (!proposal.mapping.time && !(options.day ?? proposal.options.day)) return null;
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const judged = await judgeViews(session, file, plan);
  const source = options.source ?? proposal.options.source ?? '';
  const before = await viewsOfSource(session, source);
  if (judged === null || before === null || before === 'event') return judged ?? null;
  const named = matchHeader(proposal.mapping.views ?? '', vocabulary.headers)?.viewsAre ?? null;
  const other = before === 'increment' ? 'cumulative' : 'increment';
  if (judged.sure) {
    if (judged.verdict !== 'cumulative' || before !== 'increment') return judged;
    return { ...judged, doubt: 'ask', reason: joined(judged.reason, await takenForIncrements(session, source)) };
  }
  if (named === 'increment') return before === named ? bySource(source, before) : judged;
  const steps = await stepsFromSource(session, file, plan, { source, before, vocabulary });
  const weighed = steps && weigh(steps);
  const counter = steps && weighed?.looks === 'counter' && (steps.change ?? 1) <= SMALL && steps.steps >= FEW_STEPS;
  if (before === 'increment' && (counter || (named === 'cumulative' && weighed?.looks !== 'increments')))
    return {
      verdict: before,
      sure: true,
      doubt: 'ask',
      reason: joined(
        steps && counter
          ? besideSource(source, sayWeighed(steps, { looks: 'counter', sure: true }))
          : soundsCumulative(proposal.mapping.views ?? ''),
        await takenForIncrements(session, source),
      ),
    };
  if (before === 'cumulative' && steps && weighed?.looks === 'increments' && weighed.sure)
    return {
      verdict: before,
      sure: true,
      doubt: 'ask',
      reason: joined(besideSource(source, sayWeighed(steps, weighed)), {
        en: `though its earlier imports were counters; say which, and for ${VIEWS_WORD[other]} give another source`,
        zh: `而该来源此前导入的是累计值；请指定，若为${VIEWS_ARE[other]}请改用其他来源名称`,
      }),
    };
  return bySource(source, before);
}

const VIEWS_WORD = { increment: 'increments', cumulative: 'counters' } as const;

const bySource = (source: string, before: 'increment' | 'cumulative'): ViewsVerdict => ({
  verdict: before,
  sure: true,
  reason: {
    en: `earlier imports of the source “${source}” were ${before}`,
    zh: `来源“${source}”此前导入的是${VIEWS_ARE[before]}`,
  },
});

const joined = (one: Label, other: Label): Label => ({ en: `${one.en}; ${other.en}`, zh: `${one.zh}；${other.zh}` });

const besideSource = (source: string, said: Label): Label => ({
  en: `watch out: beside the earlier days of the source “${source}”, ${said.en}`,
  zh: `请确认：与来源“${source}”此前的日期相比，${said.zh}`,
});

const soundsCumulative = (header: string): Label => ({
  en: `watch out: the header “${header}” sounds cumulative`,
  zh: `请确认：列名“${header}”像是累计值`,
});

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
