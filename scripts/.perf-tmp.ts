import { openDuckDB } from '../server/warehouse/duckdb/warehouse.ts';
import { engineOf } from '../server/metrics/engine.ts';
import { duckdbDialect } from '../server/metrics/sql/duckdb.ts';
import { brief } from '../server/metrics/analyses/brief.ts';
import { forecast } from '../server/metrics/analyses/forecast.ts';
import { anomalies } from '../server/metrics/analyses/anomalies.ts';
import { forecastParams, anomaliesParams } from '../server/contract/analyses-outlook.ts';
import { loadOutlookTables } from '../server/metrics/holidays.ts';
const t = loadOutlookTables();
const w = await openDuckDB({ path: `/tmp/w-bench/w.duckdb`, spill: '/tmp/spill', threads: 2 });
await w.read(async (s) => {
  const e = engineOf(s, duckdbDialect, 'zh');
  for (let i=0;i<3;i++) {
  const b = await brief(e, { month: '2025-10', limit: 15 }, t); console.log('brief', b.meta.elapsed_ms, b.candidates);
  const a = await anomalies(e, anomaliesParams.parse({}), t.holidays); console.log('anomalies top', a.meta.elapsed_ms, a.rows.length);
  const id = a.rows[0]?.series ?? 'MD011000';
  for (const x of [id, 'MD011500']) { const a1 = await anomalies(e, anomaliesParams.parse({series:x}), t.holidays); console.log('anomalies one', a1.meta.elapsed_ms, a1.rows.length);
  const f = await forecast(e, forecastParams.parse({series:x}), t.holidays); console.log('forecast', f.meta.elapsed_ms, f.days_of_data, f.reason?.code, f.backtest?.mase); }
  }
});
await w.close();
