import { describe, expect, it } from 'vitest';
import { assign, fieldOf, fieldsFor, problemsOf } from '../../../../../../web/pages/data/desk/mapping.ts';
import { bytesText } from '../../../../../../web/pages/data/parts/bytesText.ts';

describe('the mapping of a file’s columns', () => {
  const mapping = { time: '日期', title: '剧名', views: '播放' };

  it('moves a field from the column that had it to the one it is given to', () => {
    expect(assign(mapping, '播放2', 'views')).toEqual({ time: '日期', title: '剧名', views: '播放2' });
  });

  it('gives a column one field at most, and none where it is left out', () => {
    expect(assign(mapping, '播放', 'likes')).toEqual({ time: '日期', title: '剧名', likes: '播放' });
    expect(fieldOf(assign(mapping, '播放', null), '播放')).toBeNull();
    expect(fieldOf(mapping, '剧名')).toBe('title');
  });

  it('names what a log still lacks', () => {
    expect(problemsOf({ kind: 'log', mapping: {}, options: {} })).toEqual({
      errors: ['need_series', 'need_time', 'need_views'],
      warnings: ['need_platform'],
    });
    expect(
      problemsOf({ kind: 'log', mapping: { ...mapping, platform: '平台' }, options: { views_are: 'cumulative' } }),
    ).toEqual({
      errors: [],
      warnings: [],
    });
  });

  it('wants no views column of an event log, and something about the series of a catalog', () => {
    expect(problemsOf({ kind: 'log', mapping, options: { views_are: 'event', platform: 'douyin' } }).errors).toEqual([
      'event_views',
    ]);
    expect(problemsOf({ kind: 'catalog', mapping: { title: '剧名' }, options: {} }).errors).toEqual(['need_catalog']);
  });

  it('offers catalog fields beside a log’s own, each once', () => {
    const { own, further } = fieldsFor('log');
    expect(new Set([...own, ...further]).size).toBe(own.length + further.length);
    expect(further).toContain('producers');
  });

  it('writes sizes as people read them', () => {
    expect([0, 999, 1000, 12_345_678, 5e12].map(bytesText)).toEqual(['0 B', '999 B', '1.0 KB', '12.3 MB', '5.0 TB']);
  });
});
