/** Paths, stacks and the engine's own words: nothing of them belongs in an answer. */
const LEAKS = [
  /\/(tmp|work|home|usr|root)\//u,
  /node_modules|node:internal/u,
  /\.m?[jt]s:\d+/u,
  /\n\s+at \S/u,
  /\b(read_csv|read_parquet|duckdb|(Binder|Parser|Conversion|Catalog|Constraint|Invalid Input|Out of Range|INTERNAL|IO|Serialization|Invalid) (Error|Exception))\b/iu,
  /\bSELECT\b.+\bFROM\b|\bVARCHAR\b|\bTIMESTAMPTZ?\b/u,
  /TypeError|RangeError|SyntaxError|Cannot read prop|is not a function|\[object /u,
  /\bundefined\b/u,
];

/** What an answer tells that it must not; null if it tells nothing of the kind. */
export const leakIn = (text: string): string | null => {
  for (const pattern of LEAKS) {
    const found = pattern.exec(text);
    if (found) return found[0];
  }
  return null;
};
