/** Answers that the demo data do not have: no row of theirs is of an episode. */
import type { RetentionAnswer } from '../../server/contract/analyses-depth.ts';

const EPISODES = 72;
const PAYWALL = 11;
const DROP = 0.312;

function retention(): RetentionAnswer {
  const rows: RetentionAnswer['rows'] = [];
  let retained = 1;
  for (let episode = 1; episode <= EPISODES; episode++) {
    const drop = episode === 1 ? null : episode === PAYWALL ? DROP : Number((0.09 / episode ** 0.7).toFixed(4));
    retained = Number((retained * (1 - (drop ?? 0))).toFixed(4));
    const marks = { largest_drop: episode === PAYWALL, paywall: episode === PAYWALL };
    rows.push({ episode, views: Math.round(retained * 48_000_000), series: 1, retained, drop, ...marks });
  }
  return {
    columns: [],
    rows,
    meta: {
      ...{ version: '1', as_of: '2025-10-31', source: { table: 'episode_day', refused: [] }, sources: ['views'] },
      ...{ elapsed_ms: 1, truncated: false, partial_periods: [], alignment: 'calendar', currency: null, notes: [] },
      synthetic: true,
    },
  };
}

export const byHand = (sight: string): Record<string, unknown> | undefined =>
  sight === 'series.retention' ? { retention: retention() } : undefined;
