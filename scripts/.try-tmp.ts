import { openDuckDB } from '../server/warehouse/duckdb/warehouse.ts';
import { engineOf } from '../server/metrics/engine.ts';
import { duckdbDialect } from '../server/metrics/sql/duckdb.ts';
import { forecast } from '../server/metrics/analyses/forecast.ts';
import { anomalies } from '../server/metrics/analyses/anomalies.ts';
import { forecastParams, anomaliesParams } from '../server/contract/analyses-outlook.ts';
import { loadOutlookTables } from '../server/metrics/holidays.ts';
const { holidays } = loadOutlookTables();
for (const p of ['demo','varied']) {
const w = await openDuckDB({ path: `/tmp/w-${p}/w.duckdb`, spill: '/tmp/spill', threads: 2 });
await w.read(async (s) => {
  const e = engineOf(s, duckdbDialect, 'zh');
  const top = await e.all((await import('../server/metrics/sql/sql.ts')).sql`SELECT s.series_id, s.title FROM series s JOIN series_day d ON d.series_key=s.series_key WHERE s.release_day >= DATE '2025-09-01' GROUP BY ALL ORDER BY sum(d.views) DESC LIMIT 3`);
  for (const r of top) { const f = await forecast(e, forecastParams.parse({ series: r.series_id, horizon: '5' }), holidays); console.log(f.series_label, f.meta.elapsed_ms, f.days_of_data, f.cumulative_views, f.next_milestone, f.backtest, f.rows[0], f.rows[4]);
    const t=performance.now(); const a = await anomalies(e, anomaliesParams.parse({ series: r.series_id }), holidays); console.log('anom', performance.now()-t, a.rows.map(x=>[x.day,x.kind,x.days,x.views,Math.round(x.expected??0),x.z?.toFixed(1),x.by_platform.length].join(' '))); }
  const a = await anomalies(e, anomaliesParams.parse({ top: '50' }), holidays); console.log(p, a.meta.elapsed_ms, a.rows.length, a.not_judged.length, a.rows.slice(0,12).map(x=>[x.series_label,x.day,x.kind,x.days,x.views,Math.round(x.expected??0),x.z?.toFixed(1)].join(' ')));
});
await w.close();
}
