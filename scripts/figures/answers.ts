/** What a server with the demo data answered to every figure: kept in the repository, so that figures are drawn without one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { type Catalog, catalogSchema } from '../../server/contract/catalog.ts';
import { ENDPOINTS } from '../../server/contract/endpoints.ts';
import { answersOf } from '../../web/figures/answers.ts';
import { addressed, type Call } from '../../web/figures/calls.ts';
import type { Answers, Figure, FigureScope } from '../../web/figures/figure.ts';
import { figureScope } from '../../web/figures/scope.ts';
import { parseFilters } from '../../web/filters/grammar.ts';
import type { MemberNames } from '../../web/filters/scope.ts';
import type { Language } from '../../web/i18n/i18n.ts';
import { SIGHTS, type Sight } from './looks.ts';

export const LANGUAGES = ['zh', 'en'] as const satisfies readonly Language[];
const ANSWERS = join(import.meta.dirname, '../../test/golden/answers');
const CATALOG = 'catalog';

const recordedSchema = z.object({
  /** Of the members that the address filters by. */
  names: z.record(z.string(), z.record(z.string(), z.string())),
  /** By the name that the figure gave to the call. */
  answers: z.record(z.string(), z.unknown()),
});
const sightSchema = z.object({ zh: recordedSchema, en: recordedSchema });
type Recorded = z.infer<typeof recordedSchema>;

const fileOf = (name: string): string => join(ANSWERS, `${name}.json.br`);

/** Small enough for a repository; the two languages differ in labels alone, so that the second costs little. */
export function writePacked(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  writeFileSync(file, brotliCompressSync(text, { params }));
}
export const readPacked = (file: string): string => brotliDecompressSync(readFileSync(file)).toString('utf8');

export function recordedCatalog(): Catalog {
  return catalogSchema.parse(JSON.parse(readPacked(fileOf(CATALOG))));
}

export const isRecorded = ({ id }: Sight): boolean => existsSync(fileOf(id));

/** What was recorded for a figure at an address, in a language. @throws if the figure asks what was not asked then */
export async function recorded<P extends z.ZodObject, A extends Answers, D>(
  sight: Sight,
  figure: Figure<P, A, D>,
  language: Language,
  catalog: Catalog,
): Promise<{ scope: FigureScope<z.output<P>>; answers: A }> {
  const { names, answers } = sightSchema.parse(JSON.parse(readPacked(fileOf(sight.id))))[language];
  const scope = scopeOf(sight, figure, catalog, language, names);
  const ask = async <T>(call: Call<T>, name: string): Promise<T> => {
    if (!(name in answers)) throw new Error(`${sight.id} asks for ${name}, which is not recorded. ${HOW_TO_RECORD}`);
    return call.endpoint.answer.parse(answers[name]);
  };
  return { scope, answers: await answersOf(figure, scope, ask) };
}
export const HOW_TO_RECORD =
  'Start a server with the demo data (npm start on an empty data folder), then: npm run figures -- --record http://127.0.0.1:3000';

function scopeOf<P extends z.ZodObject, A extends Answers, D>(
  { address }: Sight,
  figure: Figure<P, A, D>,
  catalog: Catalog,
  language: Language,
  names: MemberNames,
): FigureScope<z.output<P>> {
  const scope = figureScope(figure, address, catalog, language, names);
  if (scope === null) throw new Error('The server has no data.');
  return scope;
}

/** Asks a server all that the figures ask, and writes it down. @param only of these sights; all, if empty */
export async function record(server: string, only: readonly string[]): Promise<void> {
  const sights = only.length === 0 ? SIGHTS : SIGHTS.filter(({ id }) => only.includes(id));
  if (only.length === 0) rmSync(ANSWERS, { recursive: true, force: true });
  const catalog = await askServer(server, ENDPOINTS.catalog.answer, ENDPOINTS.catalog.path, {});
  writePacked(fileOf(CATALOG), JSON.stringify({ ...catalog, dataset: { ...catalog.dataset, version: '1' } }));
  for (const sight of sights) {
    const [zh, en] = await Promise.all(LANGUAGES.map((language) => recordOne(server, sight, catalog, language)));
    writePacked(fileOf(sight.id), JSON.stringify({ zh, en }));
    console.log(`recorded ${sight.id}`);
  }
}

async function recordOne(server: string, sight: Sight, catalog: Catalog, language: Language): Promise<Recorded> {
  const names = await namesOf(server, sight, language);
  return sight.figure.take(async (figure) => {
    const scope = scopeOf(sight, figure, catalog, language, names);
    const answers = await answersOf(figure, scope, ({ endpoint, given, body }) => {
      const { at, params } = addressed(endpoint.path, given);
      return askServer(server, endpoint.answer, at, params, body);
    });
    return { names, answers: Object.fromEntries(Object.entries(answers).map(([name, one]) => [name, timeless(one)])) };
  });
}

/** Without what differs from one server to the next. */
const timeless = (answer: Answers[string]): object => ({
  ...answer,
  meta: { ...answer?.meta, version: '1', elapsed_ms: 1 },
});

async function namesOf(server: string, { address }: Sight, language: Language): Promise<MemberNames> {
  const named = parseFilters(address).members.map(async ({ dimension, values }) => {
    const { at, params } = addressed(ENDPOINTS.members.path, { dimension, ids: values });
    const { rows } = await askServer(server, ENDPOINTS.members.answer, at, params);
    return [dimension, Object.fromEntries(rows.map(({ id, label }) => [id, label[language]]))] as const;
  });
  return Object.fromEntries(await Promise.all(named));
}

async function askServer<T>(
  server: string,
  schema: z.ZodType<T>,
  at: string,
  params: object,
  body?: object,
): Promise<T> {
  const url = new URL(at, server);
  for (const [name, value] of Object.entries(params))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) url.searchParams.append(name, String(one));
  // A kept connection may be closed by the server just as it is used again.
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const response = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 400)}`);
  return schema.parse(await response.json());
}
