import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AliasRequest } from '../../../../server/contract/aliases.ts';
import { createAliases } from '../../../../server/ledger/names/merging.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../../ingest/desk.ts';
import { effective, type ModelAlias, type StatedRow, type Titles } from './model.ts';

const vocabulary = loadVocabulary();
const NAMES = ['甲', '乙', '丙', '丁'] as const;
const PLATFORMS = ['某平台', 'douyin', 'reelshort'] as const;
const SOURCES = ['s', 't'] as const;

const name = fc.constantFrom(...NAMES);
const platform = fc.constantFrom(...PLATFORMS);
const source = fc.constantFrom(...SOURCES);
const row = fc.record({
  name,
  platform,
  region: fc.constantFrom('', '', 'US', 'JP'),
  day: fc.integer({ min: 1, max: 3 }),
  episode: fc.constantFrom(null, null, 1, 2),
  views: fc.integer({ min: 0, max: 999 }),
});
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('log' as const),
      source,
      mode: fc.constantFrom('upsert' as const, 'upsert' as const, 'append' as const, 'replace_range' as const),
      rows: fc.array(row, { minLength: 4, maxLength: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mend' as const),
      which: fc.nat(20),
      rows: fc.array(row, { minLength: 1, maxLength: 5 }),
      again: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('catalogue' as const), name, id: fc.constantFrom('S1', 'S2') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      from: fc.constantFrom(...NAMES, 'S1'),
      into: fc.constantFrom(...NAMES, 'S1'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge platforms' as const), from: platform, into: platform }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('part' as const),
      from: name,
      into: fc.constantFrom('戊', '甲'),
      by: fc.oneof(fc.record({ platform }), fc.record({ source })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo import' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo alias' as const), which: fc.nat(20) }) },
);
type Drawn = Omit<StatedRow, 'import' | 'place' | 'source' | 'mode'>;
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Every name and platform is stated once, so that later steps find them. */
const OPENING: readonly Step[] = SOURCES.map((source, i) => ({
  do: 'log',
  source,
  mode: 'upsert',
  rows: NAMES.flatMap((name, n) =>
    PLATFORMS.map((platform, p) => ({
      name,
      platform,
      region: '',
      day: 1 + ((n + p) % 3),
      episode: null,
      views: 1000 * (i + 1) + 10 * n + p,
    })),
  ),
}));

interface Imported {
  readonly no: number;
  readonly id: string;
  readonly rows: readonly StatedRow[];
  readonly says: readonly [string, string] | null;
  /** What it mends, the nearest first. */
  readonly mends: readonly number[];
}

/** A dataset and, beside it, what the model knows of it. */
class World {
  private imports: Imported[] = [];
  private aliases: { id: string; alias: ModelAlias }[] = [];
  private steps = 0;

  private readonly desk: Desk;
  private readonly merging;

  constructor(desk: Desk) {
    this.desk = desk;
    this.merging = createAliases({ warehouse: desk.warehouse, vocabulary });
  }

  async take(step: Step): Promise<void> {
    this.steps += 1;
    if (step.do === 'log') await this.log(step.source, step.mode, step.rows);
    else if (step.do === 'mend') await this.mend(step);
    else if (step.do === 'catalogue') {
      const record = await this.desk.import(`series_id,title,producer\n${step.id},${step.name},P${this.steps}\n`);
      this.imports.push({
        no: this.steps,
        id: record.import_id,
        rows: [],
        says: [step.id, step.name],
        mends: [],
      });
    } else if (step.do === 'merge') await this.merge({ dimension: 'series', from: [step.from], into: step.into });
    else if (step.do === 'merge platforms')
      await this.merge({ dimension: 'platform', from: [step.from], into: step.into });
    else if (step.do === 'part')
      await this.merge({ dimension: 'series', from: [step.from], into: step.into, ...step.by });
    else if (step.do === 'undo import' && this.imports.length > 0) {
      const [gone] = this.imports.splice(step.which % this.imports.length, 1);
      await this.desk.imports.remove(gone?.id ?? '');
    } else if (step.do === 'undo alias' && this.aliases.length > 0) {
      const [gone] = this.aliases.splice(step.which % this.aliases.length, 1);
      await this.merging.undo(gone?.id ?? '');
    }
  }

  private async log(source: string, mode: StatedRow['mode'], drawn: readonly Drawn[], mended?: Imported) {
    const own = new Map<string, StatedRow>();
    const place = this.steps;
    for (const r of drawn)
      own.set([r.name, r.platform, r.region, r.day, r.episode].join('|'), { ...r, import: place, place, source, mode });
    const lines = [...own.values()].map(
      (r) => `2025-10-0${r.day},${r.name},${r.platform},${r.region},${r.episode ?? ''},${r.views}`,
    );
    const record = await this.desk.import(`time,title,platform,region,episode,views\n${lines.join('\n')}\n`, {
      options: { source, mode, views_are: 'increment', ...(mended ? { mends: mended.id } : {}) },
    });
    this.imports.push({
      no: this.steps,
      id: record.import_id,
      rows: [...own.values()],
      says: null,
      mends: mended ? [mended.no, ...mended.mends] : [],
    });
  }

  /** Mended rejects of an earlier log, one of them a line that stands in it, too. */
  private async mend(step: Extract<Step, { do: 'mend' }>): Promise<void> {
    const logs = this.imports.filter(({ rows }) => rows.length > 0);
    const mended = logs[step.which % Math.max(1, logs.length)];
    const first = mended?.rows[0];
    const again = mended?.rows[step.again % mended.rows.length];
    if (!mended || !first || !again) return;
    const mode = first.mode === 'append' ? 'append' : 'upsert';
    await this.log(first.source, mode, [...step.rows, again], mended);
  }

  /** Rows in the place of the earliest import that is still there of those that they come from. */
  private placed(): StatedRow[][] {
    const there = new Set(this.imports.map(({ no }) => no));
    return this.imports.map(({ no, rows, mends }) => {
      const place = [no, ...mends].filter((n) => there.has(n)).at(-1) ?? no;
      return rows.map((r) => ({ ...r, place }));
    });
  }

  /** Refusals are the same as none made: a name that no file has, a circle, one alias twice. */
  private async merge(request: AliasRequest): Promise<void> {
    const told = await this.merging.preview(request).catch(() => null);
    const made = await this.merging.merge(request).catch((refused: unknown) => {
      expect(refused).toMatchObject({
        code: expect.stringMatching(/^(unknown_member|alias_exists|alias_cycle|invalid_request)$/u),
      });
      return [];
    });
    // What the preview foretold has come.
    for (const { id, after } of made.length > 0 ? (told?.members ?? []) : []) {
      const [now] =
        await this.desk.rows(`SELECT coalesce(sum(views), 0)::BIGINT AS views, count(*) AS rows FROM view_log
        JOIN series_key s USING (series_key) JOIN platform p USING (platform_key)
        WHERE ${request.dimension === 'series' ? 's.series_id' : 'p.id'} = '${id}'`);
      expect([id, now?.views, now?.rows]).toEqual([id, after.views, after.rows]);
    }
    for (const { alias_id } of made) {
      const { dimension, from, into, platform, source } = request;
      if (dimension !== 'series' && dimension !== 'platform') throw new Error('not drawn');
      const alias = {
        dimension,
        from: from[0] ?? '',
        into,
        ...(platform ? { platform } : {}),
        ...(source ? { source } : {}),
      };
      this.aliases.push({ id: alias_id, alias });
    }
  }

  /** The latest title of each id; a title that several ids have names none, unless aliases alone made them one. */
  private titles(): Titles {
    const latest = new Map(this.imports.flatMap(({ says }) => (says ? [says] : [])));
    const root = (id: string): string => {
      const alias = this.aliases.find(
        ({ alias: a }) => a.dimension === 'series' && a.from === id && a.into !== id && !a.platform && !a.source,
      );
      return alias ? root(alias.alias.into) : id;
    };
    return new Map(
      [...new Set(latest.values())].flatMap((title) => {
        const ids = [...latest].filter(([, own]) => own === title);
        const roots = new Set(ids.map(([id]) => root(id)));
        const [one] = roots;
        if (one === undefined || roots.size > 1) return [];
        return [[title, ids.length === 1 ? (ids[0]?.[0] ?? one) : one] as const];
      }),
    );
  }

  async check(): Promise<void> {
    const rows =
      await this.desk.rows(`SELECT k.series_id || ' ' || p.id || ' ' || r.id || ' ' || date_part('day', v.day)
        || ' ' || coalesce(v.episode::VARCHAR, '-') || ' ' || v.views AS line
      FROM view_log v JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key)`);
    const expected = effective(
      this.placed(),
      this.aliases.map(({ alias }) => alias),
      this.titles(),
    );
    expect(rows.map((r) => String(r.line)).sort()).toEqual(expected);
    const sums = await this.desk.rows(`SELECT (SELECT coalesce(sum(views), 0)::BIGINT FROM view_log) AS log,
      (SELECT coalesce(sum(views), 0)::BIGINT FROM series_day) AS days, (SELECT coalesce(sum(views), 0)::BIGINT FROM series_month) AS months,
      (SELECT count(*) FROM (SELECT series_key, platform_key, region_key, sum(views) FROM view_log GROUP BY ALL
        EXCEPT SELECT series_key, platform_key, region_key, sum(views) FROM platform_month GROUP BY ALL)) AS apart`);
    const sum = expected.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    expect(sums).toEqual([{ log: sum, days: sum, months: sum, apart: 0 }]);
    // Every series that counts is in the catalogue, once.
    expect(await this.desk.rows('SELECT series_id FROM series GROUP BY series_id HAVING count(*) > 1')).toEqual([]);
  }
}

describe('any sequence of imports, merges, parts and their undos', () => {
  it('leaves the rows that files with the merged names would have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        const desk = await Desk.open();
        try {
          const world = new World(desk);
          for (const opening of OPENING) await world.take(opening);
          for (const step of steps) {
            await world.take(step);
            await world.check();
          }
        } finally {
          await desk.close();
        }
      }),
      { numRuns: Number(process.env.ENTITY_RUNS ?? 3), seed: Number(process.env.ENTITY_SEED ?? 7), endOnFailure: true },
    );
  }, 900_000);
});
