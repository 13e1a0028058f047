import { Router } from 'express';
import { z } from 'zod';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { profileNameSchema } from '../../contract/profiles.ts';
import { idOfSegment } from '../../contract/segments.ts';
import { ProblemError } from '../../problem.ts';
import { readGiven } from '../../read-given.ts';
import type { AppContext } from '../context.ts';
import { bodyOf, serve } from '../serve.ts';

const nameParams = z.object({ name: z.string().transform(idOfSegment).pipe(profileNameSchema) });

export function profileRoutes({ imports: { profiles } }: Pick<AppContext, 'imports'>): Router {
  const router = Router();
  const missing = (name: string) =>
    new ProblemError('not_found', {
      en: `There is no profile “${name}”; GET /api/v1/profiles lists them.`,
      zh: `没有名为“${name}”的映射；已保存的映射见 GET /api/v1/profiles。`,
    });

  serve(router, ENDPOINTS.profiles, async (_req, res) => {
    res.json({ rows: await profiles.list() });
  });

  serve(router, ENDPOINTS.profile, async (req, res) => {
    const { name } = readGiven(nameParams, req.params);
    const profile = await profiles.find(name);
    if (!profile) throw missing(name);
    res.json(profile);
  });

  serve(router, ENDPOINTS.saveProfile, async (req, res) => {
    const { name } = readGiven(nameParams, req.params);
    const body = bodyOf(ENDPOINTS.saveProfile, req);
    const strangers = Object.values(body.mapping).filter((column) => !body.header.includes(column));
    if (strangers.length > 0)
      throw new ProblemError(
        'invalid_request',
        {
          en: `The mapping names columns that the header does not have: ${strangers.join(', ')}.`,
          zh: `映射用到了表头中没有的列：${strangers.map((column) => `“${column}”`).join('、')}。`,
        },
        strangers.map((column) => ({
          path: 'mapping',
          message: { en: `“${column}” is not in the header`, zh: `表头中没有“${column}”列` },
        })),
      );
    res.json(await profiles.put(name, body, new Date()));
  });

  serve(router, ENDPOINTS.removeProfile, async (req, res) => {
    const { name } = readGiven(nameParams, req.params);
    if (!(await profiles.remove(name))) throw missing(name);
    res.status(204).end();
  });

  return router;
}
