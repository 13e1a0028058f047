import type { Measure } from '../../language/measures.ts';
import type { Plan } from '../plan.ts';
import { activityFamily } from './activity-family.ts';
import { cumulativeFamily } from './cumulative-family.ts';
import type { Family } from './family.ts';
import { releaseFamily } from './release-family.ts';

export function familiesOf(plan: Plan, zone: string): Family[] {
  const groups = { activity: [] as Measure[], releases: [] as Measure[], cumulative: [] as Measure[] };
  for (const measure of plan.measures) {
    if (measure.aggregation.kind === 'cumulative') groups.cumulative.push(measure);
    else if (measure.aggregation.kind === 'new_series' && !plan.usesLogDimension) groups.releases.push(measure);
    else groups.activity.push(measure);
  }
  const families: Family[] = [];
  if (groups.activity.length > 0) families.push(activityFamily(plan, groups.activity, zone));
  if (groups.releases.length > 0) families.push(releaseFamily(plan, groups.releases));
  if (groups.cumulative.length > 0) families.push(cumulativeFamily(plan, groups.cumulative));
  return families;
}
