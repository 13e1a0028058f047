/** What a chart takes unless its rows, or its shape, ask for another. */
export const CHART_HEIGHT = 400;
export const LOW_CHART = 300;
/** For what is read in both directions. */
export const TALL_CHART = 520;

export const heightForRows = (rows: number, room: { row?: number; top?: number; foot?: number } = {}): number =>
  Math.max(96, rows * (room.row ?? 28) + (room.top ?? 8) + (room.foot ?? 8));

/** Rows beside another chart: roomy if they are few, never too close. */
export const rowsBeside = (rows: number, beside: number = CHART_HEIGHT): number =>
  heightForRows(rows, { row: Math.min(56, Math.max(26, (beside - 16) / Math.max(1, rows))) });
