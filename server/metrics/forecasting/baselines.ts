import type { Model } from './forecast.ts';

/** What a forecast has to beat, on ln(1 + views). */

/** The latest same weekday with rows, else the last day. */
export const seasonalNaive: Model = (points) => {
  const byDay = new Map(points.map((point) => [point.at, point.log]));
  const last = points.at(-1);
  const first = points[0];
  return (moment) => {
    if (last === undefined || first === undefined) return 0;
    const weeks = Math.ceil((moment.at - last.at) / 7);
    for (let at = moment.at - 7 * weeks; at >= first.at; at -= 7) {
      const log = byDay.get(at);
      if (log !== undefined) return log;
    }
    return last.log;
  };
};

/** c · age^b, by least squares of ln(1 + views) on ln(age). */
export const powerLaw: Model = (points) => {
  const x = points.map(({ age }) => Math.log(age));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = { x: mean(x), y: mean(points.map(({ log }) => log)) };
  let xx = 0;
  let xy = 0;
  points.forEach(({ log }, i) => {
    const dx = (x[i] ?? 0) - middle.x;
    xx += dx * dx;
    xy += dx * (log - middle.y);
  });
  const slope = xx > 0 ? xy / xx : 0;
  return (moment) => middle.y + slope * (Math.log(moment.age) - middle.x);
};
