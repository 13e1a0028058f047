/** SQL of all rows that imports state, whether they count or not; what is derived from counters is not stated. */
export const STATED_ROWS = `(SELECT * EXCLUDE (reason) FROM view_log_hidden WHERE NOT derived
  UNION ALL BY NAME SELECT * FROM view_log WHERE NOT derived UNION ALL BY NAME SELECT * EXCLUDE (rounding) FROM snapshot)`;
