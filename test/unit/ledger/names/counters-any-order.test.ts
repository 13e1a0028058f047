import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAliases } from '../../../../server/ledger/names/merging.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../../ingest/desk.ts';

const vocabulary = loadVocabulary();
const NAMES = ['甲', '乙', '丙'] as const;
const PLATFORMS = ['pa', 'pb'] as const;

interface Snapshot {
  /** The import in whose place it counts. */
  readonly import: number;
  readonly name: string;
  readonly platform: string;
  readonly day: number;
  readonly views: number;
}

/**
 * docs/definitions.md#counters-and-openings in plain JavaScript: one chain per merged name and platform, of one moment
 * the latest import's highest value.
 */
function increments(snapshots: readonly Snapshot[], endOf: (name: string) => string): string[] {
  const counterOf = ({ name, platform }: Snapshot) => `${endOf(name)} ${endOf(platform)}`;
  return [...new Set(snapshots.map(counterOf))].flatMap((series) => {
    const own = snapshots.filter((s) => counterOf(s) === series);
    const days = [...new Set(own.map(({ day }) => day))].sort((a, b) => a - b);
    const chain = days.map((day) => {
      const there = own.filter((s) => s.day === day);
      const latest = Math.max(...there.map((s) => s.import));
      return { day, views: Math.max(...there.filter((s) => s.import === latest).map((s) => s.views)) };
    });
    return chain.flatMap(({ day, views }, i) => {
      const before = chain[i - 1];
      if (!before) return [`${series} ${day} opening ${views}`];
      const rise = Math.max(0, views - before.views);
      const length = day - before.day;
      return Array.from({ length }, (_, k) => {
        const share = Math.floor(rise / length) + (k >= length - (rise % length) ? 1 : 0);
        return `${series} ${before.day + 1 + k} increment ${share}`;
      });
    });
  });
}

const snapshot = fc.record({
  name: fc.constantFrom(...NAMES),
  platform: fc.constantFrom(...PLATFORMS),
  day: fc.integer({ min: 1, max: 9 }),
  views: fc.integer({ min: 0, max: 999 }),
});
const merge = (dimension: 'series' | 'platform', names: readonly string[]) =>
  fc.record({ dimension: fc.constant(dimension), from: fc.constantFrom(...names), into: fc.constantFrom(...names) });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      rows: fc.array(snapshot, { minLength: 2, maxLength: 7 }),
      mode: fc.constantFrom('upsert' as const, 'upsert' as const, 'replace_range' as const),
    }),
  },
  { weight: 2, arbitrary: merge('series', NAMES) },
  { weight: 1, arbitrary: merge('platform', PLATFORMS) },
  {
    weight: 2,
    arbitrary: fc.record({ mend: fc.nat(9), rows: fc.array(snapshot, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ undo: fc.constantFrom('import' as const, 'alias' as const), which: fc.nat(9) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const OPENING: Step = {
  rows: NAMES.map((name, i) => ({ name, platform: PLATFORMS[i % 2] ?? 'pa', day: 2 + i, views: 100 * (i + 1) })),
  mode: 'upsert',
};

interface Imported {
  readonly no: number;
  readonly id: string;
  readonly rows: readonly Omit<Snapshot, 'import'>[];
  readonly mode: 'upsert' | 'replace_range';
  /** What it mends, the nearest first. */
  readonly mends: readonly number[];
}

/**
 * Snapshots in the place of the earliest import that is still there of those that they come from, without those in a
 * range that a later one replaced.
 */
function placed(imports: readonly Imported[]): Snapshot[] {
  const there = new Set(imports.map(({ no }) => no));
  const placeOf = ({ no, mends }: Imported) => [no, ...mends].filter((n) => there.has(n)).at(-1) ?? no;
  const all = imports.flatMap((one) => one.rows.map((r) => ({ ...r, import: placeOf(one) })));
  const ranges = imports.flatMap((one) => {
    if (one.mode !== 'replace_range') return [];
    const days = all.filter((s) => s.import === placeOf(one)).map((s) => s.day);
    return [{ place: placeOf(one), from: Math.min(...days), to: Math.max(...days) }];
  });
  return all.filter((s) => !ranges.some((r) => r.place > s.import && r.from <= s.day && s.day <= r.to));
}

/** Takes the steps one after the other, and holds the derived increments against the model after each. */
async function play(steps: readonly Step[]): Promise<void> {
  const desk = await Desk.open();
  const aliases = createAliases({ warehouse: desk.warehouse, vocabulary });
  const imports: Imported[] = [];
  const merged: { id: string; from: string; into: string }[] = [];
  const endOf = (name: string): string => {
    const alias = merged.find(({ from, into }) => from === name && into !== name);
    return alias ? endOf(alias.into) : name;
  };
  try {
    for (const [number, step] of [OPENING, ...steps].entries()) {
      if ('undo' in step) {
        const list = step.undo === 'import' ? imports : merged;
        const [gone] = list.splice(step.which % Math.max(1, list.length), 1);
        if (gone) await (step.undo === 'import' ? desk.imports.remove(gone.id) : aliases.undo(gone.id));
      } else if ('from' in step) {
        const made = await aliases
          .merge({ dimension: step.dimension, from: [step.from], into: step.into })
          .catch(() => []);
        for (const { alias_id } of made) merged.push({ id: alias_id, from: step.from, into: step.into });
      } else {
        const mended = 'mend' in step ? imports[step.mend % Math.max(1, imports.length)] : undefined;
        const mode = 'mode' in step ? step.mode : 'upsert';
        const rows = new Map(step.rows.map((s) => [`${s.name} ${s.platform} ${s.day}`, s]));
        const lines = [...rows.values()].map((s) => `2025-10-0${s.day},${s.name},${s.platform},${s.views}`);
        const { import_id } = await desk.import(`snapshot_date,title,platform,views\n${lines.join('\n')}\n`, {
          options: { source: 's', views_are: 'cumulative', mode, ...(mended ? { mends: mended.id } : {}) },
        });
        const mends = mended ? [mended.no, ...mended.mends] : [];
        imports.push({ no: number, id: import_id, rows: [...rows.values()], mode, mends });
      }
      const rows =
        await desk.rows(`SELECT series_id || ' ' || p.id || ' ' || date_part('day', day) || ' ' || kind || ' ' || views AS line
        FROM view_log JOIN series_key USING (series_key) JOIN platform p USING (platform_key)`);
      const expected = increments(placed(imports), endOf).sort();
      expect(rows.map(({ line }) => String(line)).sort()).toEqual(expected);
      expect(
        await desk.rows(`SELECT series_key, sum(views) FILTER (kind = 'increment') AS views FROM view_log GROUP BY ALL
          EXCEPT SELECT series_key, sum(views) FROM series_month GROUP BY ALL`),
      ).toEqual([]);
    }
  } finally {
    await desk.close();
  }
}

describe('any sequence of counter files, merges and their undos', () => {
  it('leaves the increments of one chain per merged name and platform', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 10 }), play), {
      numRuns: Number(process.env.ENTITY_RUNS ?? 3),
      seed: Number(process.env.ENTITY_SEED ?? 11),
      endOnFailure: true,
    });
  }, 900_000);
});
