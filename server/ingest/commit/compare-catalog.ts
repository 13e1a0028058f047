import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { Language } from '../../wording.ts';
import { type Comparison, fieldLabel, outcomesOf } from './compare.ts';
import {
  CATALOG_FIELDS,
  changedSeries,
  countOutcomes,
  dropComparedSeries,
  keepCatalogBefore,
  makeComparedSeries,
  was,
} from './compare-sql.ts';

/** Copies the catalogue to a temporary table; call it before the import's statements are derived. */
export async function keepCatalog(session: WriteSession): Promise<void> {
  await session.run(keepCatalogBefore);
}

/** Compares by series. A field that a later import or the series' own name overrules changes nothing. */
export async function compareCatalog(session: WriteSession, importNo: number): Promise<Comparison> {
  await session.run(makeComparedSeries(importNo));
  const of = outcomesOf(await session.all(countOutcomes('compared_series')));
  const samples = await session.all(changedSeries);
  for (const drop of dropComparedSeries) await session.run(drop);
  return {
    overlaps: false,
    new: of('new'),
    changed: of('changed'),
    identical: of('identical'),
    samples: samples.map((row) => {
      const fields = CATALOG_FIELDS.filter((c) => say(row[c]) !== say(row[was(c)]));
      const told = (name: (column: string) => string, comma: string) => ({
        key: say(row.series_id),
        before: fields.map((c) => `${name(c)} ${say(row[was(c)])}`).join(comma),
        after: fields.map((c) => `${name(c)} ${say(row[c])}`).join(comma),
      });
      const inLanguage = (language: Language, comma: string) => told((c) => fieldLabel(c, language), comma);
      return { ...told((c) => c, ', '), label: { en: inLanguage('en', ', '), zh: inLanguage('zh', '，') } };
    }),
  };
}

function say(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return Array.isArray(value) ? value.join('/') : String(value);
}
