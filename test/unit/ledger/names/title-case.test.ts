import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAliases } from '../../../../server/ledger/names/merging.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../../ingest/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const titles = async () =>
  (await desk.rows('SELECT series_id, title FROM series ORDER BY series_id')).map(Object.values);
const catalogue = 'series_id,title,producer\nS1,Love Story,P1\n';
const source = (name: string) => ({ options: { source: name } });

describe('titles that differ in case', () => {
  it('are one series, with the id that the first import gives and the latest writing shown', async () => {
    const first = await desk.import('date,title,views\n2025-10-01,Love Story,5\n', source('a'));
    await desk.import('date,title,views\n2025-10-01,《LOVE story》,7\n2025-10-02,love story,1\n', source('b'));
    expect(await desk.views()).toEqual([
      'Love Story 2025-10-01 5',
      'Love Story 2025-10-01 7',
      'Love Story 2025-10-02 1',
    ]);
    expect(await titles()).toMatchObject([['Love Story', expect.stringMatching(/^love story$/iu)]]);
    await desk.imports.remove(first.import_id);
    expect(await desk.views()).toEqual(['LOVE story 2025-10-01 7', 'LOVE story 2025-10-02 1']);
  });

  it.each([
    ['the catalogue', [catalogue, 'date,title,views\n2025-10-01,LOVE STORY,5\n']],
    ['the log', ['date,title,views\n2025-10-01,LOVE STORY,5\n', catalogue]],
  ])('meet the id of a catalogue, where %s comes first', async (_which, files) => {
    for (const file of files) await desk.import(file);
    expect(await desk.views()).toEqual(['S1 2025-10-01 5']);
    const last = (await desk.imports.list())[0];
    await desk.imports.remove(last?.import_id ?? '');
    expect(await desk.views()).toEqual(files[0] === catalogue ? [] : ['LOVE STORY 2025-10-01 5']);
  });

  it('lead to the one that is written alike where two series have them, and nowhere where none is', async () => {
    await desk.import('series_id,title,producer\nS1,Love,P1\nS2,LOVE,P2\n');
    await desk.import('date,title,views\n2025-10-01,Love,5\n2025-10-01,LOVE,6\n2025-10-01,love,7\n');
    expect(await desk.views()).toEqual(['S1 2025-10-01 5', 'S2 2025-10-01 6', 'love 2025-10-01 7']);
  });

  it('replace one another like any key that a later import states, and the dry run says so', async () => {
    await desk.import('date,title,views\n2025-10-01,Love Story,5\n', source('a'));
    const path = await desk.write('a_2.csv', 'date,title,views\n2025-10-01,love story,8\n2025-10-02,love story,9\n');
    expect(await desk.imports.dryRunFile(path, source('a'))).toMatchObject({ new: 1, changed: 1, identical: 0 });
    await desk.importFile(path, source('a'));
    expect(await desk.views()).toEqual(['Love Story 2025-10-01 8', 'Love Story 2025-10-02 9']);
  });

  it('follow the word of the user where one was merged into another', async () => {
    await desk.import('date,title,views\n2025-10-01,Love Story,5\n', source('a'));
    await desk.import('date,title,producer,views\n2025-10-02,Story,P,7\n', source('a'));
    const aliases = createAliases({ warehouse: desk.warehouse, vocabulary: loadVocabulary() });
    await aliases.merge({ dimension: 'series', from: ['Love Story'], into: 'Story' });
    await desk.import('date,title,views\n2025-10-03,LOVE STORY,9\n', source('a'));
    expect(await desk.views()).toEqual(['Story 2025-10-01 5', 'Story 2025-10-02 7', 'Story 2025-10-03 9']);
  });

  it('are no ids: those stay apart', async () => {
    await desk.import('date,series_id,views\n2025-10-01,ab,5\n2025-10-01,AB,6\n');
    await desk.import('series_id,title,producer\nab,One,P1\nAB,Two,P2\n');
    expect(await desk.views()).toEqual(['AB 2025-10-01 6', 'ab 2025-10-01 5']);
  });
});

describe('a log by ids whose id is the title of a catalogued series', () => {
  it('meets it at once', async () => {
    await desk.import(catalogue);
    const log = await desk.import('date,series_id,views\n2025-10-01,Love Story,5\n2025-10-01,S1,6\n', source('a'));
    expect(await desk.views()).toEqual(['S1 2025-10-01 5', 'S1 2025-10-01 6']);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_month JOIN series USING (series_key)')).toEqual([
      { v: 11 },
    ]);
    const [first] = (await desk.imports.list()).filter((r) => r.kind === 'catalog');
    await desk.imports.remove(first?.import_id ?? '');
    expect(await desk.views()).toEqual(['Love Story 2025-10-01 5', 'S1 2025-10-01 6']);
    expect(log.warnings).toEqual([]);
  });
});
