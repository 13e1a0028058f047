/** What lies between two lines: a stack of nothing up to the low one, and the difference, filled. */
export function bandSeries(
  id: string,
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  fill: { color: string; opacity: number; z?: number },
): object[] {
  const common = {
    type: 'line',
    stack: `band ${id}`,
    stackStrategy: 'all',
    silent: true,
    symbol: 'none',
    lineStyle: { width: 0, opacity: 0 },
    emphasis: { disabled: true },
    animation: false,
    z: fill.z ?? 1,
  };
  const apart = high.map((value, at) => {
    const from = low[at] ?? null;
    return value === null || from === null ? null : Math.max(0, value - from);
  });
  return [
    { ...common, id: `${id} low`, name: `${id} low`, data: [...low] },
    { ...common, id: `${id} band`, name: `${id} band`, data: apart, areaStyle: { ...fill, origin: 'auto' } },
  ];
}
