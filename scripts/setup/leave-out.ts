import type { Plugin } from 'vite';

const SCHEMA_WRITERS = /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/u;
const CONTRACT = /\/server\/contract\/[\w-]+\.ts$/u;

/** Leaves out of the page what only the server uses: what tells endpoints to people, and zod's writer of JSON schemas. */
export const leaveOutServerParts = (): Plugin => ({
  name: 'leave-out-server-parts',
  apply: 'build',
  // After the types are taken out: the parser reads JavaScript.
  enforce: 'post',
  transform: {
    filter: { id: [SCHEMA_WRITERS, CONTRACT] },
    handler(code, id) {
      if (SCHEMA_WRITERS.test(id)) return { code: silenced(code), map: null };
      const prose = proseIn(this.parse(code)).sort((a, b) => b.start - a.start);
      return { code: prose.reduce((left, at) => `${left.slice(0, at.start)}''${left.slice(at.end)}`, code), map: null };
    },
  },
});

/** The same exports, doing nothing. */
const silenced = (code: string): string =>
  [...code.matchAll(/^export (?:function|const) (\w+)/gmu)]
    .map(([, name]) => `export const ${name} = () => {};`)
    .join('\n');

interface Span {
  readonly start: number;
  readonly end: number;
}
type Tree = object &
  Partial<Span & { type: string; properties: readonly Tree[]; key: Tree; value: unknown; name: string }>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Where the summary and the description of each endpoint stand. */
function proseIn(tree: Tree): Span[] {
  const inside = Object.values(tree).flatMap((value: unknown) => (isTree(value) ? proseIn(value) : []));
  if (tree.type !== 'ObjectExpression') return inside;
  const prose = (tree.properties ?? []).filter(({ key }) => key?.name === 'summary' || key?.name === 'description');
  if (prose.length !== 2) return inside;
  const spans = prose.flatMap(({ value }) =>
    isTree(value) && value.start !== undefined && value.end !== undefined
      ? [{ start: value.start, end: value.end }]
      : [],
  );
  return [...inside, ...spans];
}
