import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSchema, uploadSchema } from '../../server/contract/imports.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { profileSchema, profilesSchema } from '../../server/contract/profiles.ts';
import { profileFits, profileNoLongerFits } from '../../server/ingest/propose/messages.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const call = (path: string, init?: RequestInit) => fetch(`${app.url}/api/v1${path}`, init);
const put = (name: string, body: unknown) =>
  call(`/profiles/${encodeURIComponent(name)}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
const upload = async (text: string, query = '') =>
  call(`/uploads?filename=daily.csv${query}`, { method: 'POST', body: text });

const body = {
  header: ['日', '剧', '量'],
  kind: 'log',
  mapping: { time: '日', title: '剧', views: '量' },
  options: { views_are: 'increment', platform: '红果' },
};

describe('profiles over HTTP', () => {
  it('are saved, listed, read and forgotten', async () => {
    expect(profileSchema.parse(await (await put('红果/日报', body)).json())).toMatchObject({
      name: '红果/日报',
      ...body,
    });
    expect(profilesSchema.parse(await (await call('/profiles')).json()).rows.map((p) => p.name)).toEqual(['红果/日报']);
    const path = `/profiles/${encodeURIComponent('红果/日报')}`;
    expect(profileSchema.parse(await (await call(path)).json()).options).toEqual(body.options);
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await call(path)).status).toBe(404);
  });

  it('are refused where they map columns that their header lacks, or state a source of their own', async () => {
    const strange = await put('x', { ...body, mapping: { time: 'nowhere' } });
    expect(strange.status).toBe(400);
    expect(problemSchema.parse(await strange.json()).detail).toContain('nowhere');
    expect((await put('x', { ...body, options: { source: 'other' } })).status).toBe(400);
  });

  it('propose for a file with their header, and an import without options confirms that', async () => {
    await put('日报', body);
    const proposed = uploadSchema.parse(await (await upload('量,日,剧\n5,2025-10-01,老千\n')).json());
    expect(proposed).toMatchObject({
      profile: '日报',
      kind: 'log',
      mapping: body.mapping,
      options: { views_are: 'increment', platform: '红果', source: '日报' },
    });
    expect(proposed.reasons[0]).toEqual({
      option: 'profile',
      reason: profileFits('日报'),
    });
    const started = await call('/imports', {
      method: 'POST',
      body: JSON.stringify({ upload_id: proposed.upload_id }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(importSchema.parse(await started.json())).toMatchObject({ source: '日报', mapping: body.mapping });
  });

  it('say why they no longer fit, and can be left aside', async () => {
    await put('日报', body);
    const changed = uploadSchema.parse(await (await upload('日,剧,播放\n2025-10-02,老千,5\n')).json());
    expect(changed.profile).toBeNull();
    const misfit = { needed: ['量'], gone: [], fresh: ['播放'] };
    expect(changed.reasons[0]?.reason).toEqual(profileNoLongerFits('日报', misfit));
    expect(
      uploadSchema.parse(await (await upload('日,剧,量\n2025-10-03,老千,5\n', '&profile=')).json()).profile,
    ).toBeNull();
    const refused = await upload('日,剧,播放\n2025-10-02,老千,6\n', `&profile=${encodeURIComponent('日报')}`);
    expect(refused.status).toBe(422);
    expect(problemSchema.parse(await refused.json()).code).toBe('profile_mismatch');
  });
});
