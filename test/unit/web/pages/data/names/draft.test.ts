import { describe, expect, it } from 'vitest';
import type { AliasExtent, AliasPreview, Suggestion } from '../../../../../../server/contract/aliases.ts';
import {
  type Draft,
  draftOf,
  outcomeOf,
  ownId,
  requestOf,
  toggled,
  withoutMembers,
  withoutPair,
} from '../../../../../../web/pages/data/names/draft.ts';

const member = (id: string) => ({ id, label: { zh: id, en: id }, views: 1 });
const suggestion = (from: string, into: string): Suggestion => ({
  dimension: 'series',
  from: member(from),
  into: member(into),
  score: 0.9,
  reason: 'decoration',
  reason_label: { zh: '', en: '' },
  evidence: [],
});
const empty: Draft = { dimension: 'series', members: [], into: '' };

describe('a merge by hand', () => {
  it('asks for nothing until two names are there; the first holds until another is chosen', () => {
    const one = toggled(empty, member('老千'));
    expect(requestOf(one)).toBeNull();
    const two = toggled(one, member('老千（全集）'));
    expect(requestOf(two)).toEqual({ dimension: 'series', from: ['老千（全集）'], into: '老千' });
    expect(requestOf({ ...two, into: '老千（全集）' })).toEqual({
      dimension: 'series',
      from: ['老千'],
      into: '老千（全集）',
    });
  });

  it('goes on with the first that is left where the one that holds is taken away', () => {
    const three = ['甲', '乙', '丙'].reduce((draft, id) => toggled(draft, member(id)), empty);
    expect(requestOf(toggled(three, member('甲')))).toEqual({ dimension: 'series', from: ['丙'], into: '乙' });
  });

  it('starts from a suggestion with the name that the server would keep', () => {
    expect(requestOf(draftOf(suggestion('老千（全集）', '老千')))).toMatchObject({
      from: ['老千（全集）'],
      into: '老千',
    });
  });
});

describe('an id beside a name', () => {
  it.each([
    ['MD012940', '家里家外2', 'MD012940'],
    ['归并试剧(全集)', '归并试剧（全集）', null],
    ['家里家外2', '《家里家外２》', null],
  ])('%s of %s is shown as %s', (id, zh, shown) => {
    expect(ownId({ id, label: { zh, en: zh }, views: 1 })).toBe(shown);
  });
});

describe('a part', () => {
  const part: Draft = {
    ...empty,
    members: [member('重生')],
    into: ' 重生 (ReelShort) ',
    part: { by: 'platform', value: '' },
  };

  it('needs a platform or a source, and a name of its own', () => {
    expect(requestOf(part)).toBeNull();
    expect(requestOf({ ...part, part: { by: 'platform', value: 'reelshort' }, into: '重生' })).toBeNull();
    expect(requestOf({ ...part, part: { by: 'platform', value: 'reelshort' }, into: '' })).toBeNull();
  });

  it('names what it is about, and only that', () => {
    const asked = { dimension: 'series', from: ['重生'], into: '重生 (ReelShort)' };
    expect(requestOf({ ...part, part: { by: 'platform', value: 'reelshort' } })).toEqual({
      ...asked,
      platform: 'reelshort',
    });
    expect(requestOf({ ...part, part: { by: 'source', value: 'board' } })).toEqual({ ...asked, source: 'board' });
  });
});

describe('suggestions on screen', () => {
  const kept = { rows: [suggestion('甲', '乙'), suggestion('丙', '乙'), suggestion('丁', '戊')], total: 230 };

  it('lose a dismissed pair, whichever way round, and no other', () => {
    const left = withoutPair(kept, ['乙', '甲']);
    expect(left.rows.map(({ from }) => from.id)).toEqual(['丙', '丁']);
    expect(left.total).toBe(229);
  });

  it('lose every pair that names a merged member', () => {
    expect(withoutMembers(kept, ['甲', '戊'])).toEqual({ rows: [kept.rows[1]], total: 228 });
  });
});

describe('what a preview shows', () => {
  const extent = (rows: number, views: number | string): AliasExtent => ({
    rows,
    days: rows,
    series: Math.min(rows, 1),
    views,
    from: rows === 0 ? null : '2025-10-01',
    to: rows === 0 ? null : '2025-10-02',
  });
  const preview = (from: [AliasExtent, AliasExtent], into: [AliasExtent, AliasExtent]): AliasPreview => ({
    dimension: 'series',
    members: [
      { ...member('老千（全集）'), before: from[0], after: from[1] },
      { ...member('老千'), before: into[0], after: into[1] },
    ],
    conflicts: { days: 3, same_source_days: 1, samples: [] },
    views_before: 350,
    views_after: 230,
  });

  it('is both names now, the one that holds afterwards, and what is counted no more', () => {
    const shown = outcomeOf(preview([extent(2, 130), extent(0, 0)], [extent(2, 220), extent(2, 230)]));
    expect(shown.before.map(({ id }) => id)).toEqual(['老千（全集）', '老千']);
    expect(shown.after.map(({ id, extent: { views } }) => [id, views])).toEqual([['老千', 230]]);
    expect(shown.fewer).toBe(120n);
    expect(shown.otherSourceDays).toBe(2);
  });

  it('says that days do not add up where two names have some of them, each on a platform of its own', () => {
    const apart = preview([extent(29, 130), extent(0, 0)], [extent(32, 220), extent(61, 350)]);
    expect(outcomeOf(apart).daysShared).toBe(false);
    const shared = preview([extent(29, 130), extent(0, 0)], [extent(32, 220), { ...extent(61, 350), days: 32 }]);
    expect(outcomeOf(shared).daysShared).toBe(true);
  });

  it('keeps what is left of a parted series, and leaves out the new one where it is not yet there', () => {
    const shown = outcomeOf(preview([extent(5, 350), extent(3, 230)], [extent(0, 0), extent(2, 120)]));
    expect(shown.before.map(({ id }) => id)).toEqual(['老千（全集）']);
    expect(shown.after.map(({ id }) => id)).toEqual(['老千（全集）', '老千']);
  });

  it('subtracts to the last digit beyond 2^53', () => {
    const large = { ...preview([extent(1, 1), extent(0, 0)], [extent(1, 1), extent(1, 1)]) };
    const shown = outcomeOf({ ...large, views_before: '9007199254740995', views_after: '9007199254740993' });
    expect(shown.fewer).toBe(2n);
  });
});
