/** What somebody said of the views, against what their values plainly show: it holds, with a warning. */
import type { ImportOptions, Warning } from '../../../contract/imports.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import type { DataFile } from '../../read/source.ts';
import type { ImportPlan } from '../../stage/plan.ts';
import { viewSteps } from '../probe.ts';
import { sayWeighed, weigh } from './counter-evidence.ts';
import { VIEWS_ARE } from './views-kind.ts';

const LOOKS = { counter: 'cumulative', increments: 'increment', nothing: null } as const;

/** @param said by the user; what was only proposed is judged where it is proposed */
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
  const { en, zh } = sayWeighed(steps, weigh(steps), sampled);
  return {
    code: 'views_are_unlikely',
    count: 0,
    detail: {
      en: `views are read as ${said}, as was said, though by their values they are ${shown}: ${en}. If that is wrong, undo the import and import the file as ${shown}`,
      zh: `已按指定的${VIEWS_ARE[said]}读取播放量，但从数值看是${VIEWS_ARE[shown]}：${zh}。如不对，请撤销导入，再按${VIEWS_ARE[shown]}导入`,
    },
  };
}
