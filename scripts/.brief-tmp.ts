import { openDuckDB } from '../server/warehouse/duckdb/warehouse.ts';
import { engineOf } from '../server/metrics/engine.ts';
import { duckdbDialect } from '../server/metrics/sql/duckdb.ts';
import { brief } from '../server/metrics/analyses/brief.ts';
import { loadOutlookTables } from '../server/metrics/holidays.ts';
const t = loadOutlookTables();
const w = await openDuckDB({ path: process.argv[3] ?? `/tmp/w-demo/w.duckdb`, spill: '/tmp/spill', threads: 2 });
await w.read(async (s) => {
  const e = engineOf(s, duckdbDialect, 'zh');
  const b = await brief(e, { month: process.argv[2], limit: 25 }, t);
  console.log(b.month, b.meta.elapsed_ms, b.candidates);
  for (const r of b.rows) console.log(r.score.toFixed(2), r.kind, r.size.toFixed(3), r.surprise.toFixed(2), r.sentence.en, r.sentence.zh);
  const b2 = await brief(e, { month: process.argv[2], limit: 25 }, t); console.log(b2.meta.elapsed_ms);
});
await w.close();
