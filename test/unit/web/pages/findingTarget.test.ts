import { describe, expect, it } from 'vitest';
import { FINDING_KINDS, type Finding, type FindingQuery } from '../../../../server/contract/analyses-outlook.ts';
import { type MeasureId, querySchema } from '../../../../server/contract/query.ts';
import { targetOf, tileTarget } from '../../../../web/pages/overview/findingTarget.ts';

const finding = (kind: Finding['kind'], query: FindingQuery): Finding => ({
  ...{ id: kind, kind, sentence: { en: '', zh: '' }, value: 1, unit: 'views' },
  ...{ query, also: [], score: 1, size: 1, surprise: 1 },
});
const get = (params: Record<string, string>): FindingQuery => ({ method: 'GET', path: '/api/v1/milestones', params });
const post = (measure: MeasureId): FindingQuery => ({
  method: 'POST',
  path: '/api/v1/query',
  body: querySchema.parse({ measures: [measure] }),
});

describe('what a finding opens', () => {
  it('is the series that it speaks of', () => {
    for (const kind of ['launch', 'fastest', 'milestone'] as const)
      expect(targetOf(finding(kind, get({ series: 'MD1', thresholds: '1000' })))).toEqual({ series: 'MD1' });
  });

  it('is the growth of its measure, or of its members', () => {
    expect(targetOf(finding('total', post('views')))).toEqual({ page: 'growth', params: {} });
    expect(targetOf(finding('total', post('active_series')))).toEqual({
      page: 'growth',
      params: { measure: 'active_series' },
    });
    expect(targetOf(finding('genre', get({ by: 'primary_genre' })))).toEqual({
      page: 'growth',
      params: { by: 'primary_genre' },
    });
  });

  it('is the page that is about it, as it is for a tile', () => {
    expect(targetOf(finding('overseas', post('overseas_share')))).toEqual({ page: 'overseas', params: {} });
    expect(tileTarget('overseas_share')).toEqual({ page: 'overseas', params: {} });
    expect(tileTarget('ai_share')).toEqual({ page: 'formats', params: {} });
    expect(tileTarget('views')).toEqual({ page: 'growth', params: {} });
    expect(tileTarget('active_series')).toEqual({ page: 'growth', params: { measure: 'active_series' } });
  });

  it('is some page, whatever its kind', () => {
    for (const kind of FINDING_KINDS) expect(targetOf(finding(kind, get({})))).toHaveProperty('page');
  });
});
