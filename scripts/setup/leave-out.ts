import type { Plugin } from 'vite';

const SCHEMA_WRITERS = /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/u;
/** Of the chart library: what reads the options of its past, its own dark theme and spinner, and pipelines of data. */
const ENGINE_LEFTOVERS =
  /\/echarts\/lib\/(preprocessor\/backwardCompat|theme\/dark|loading\/default|legacy\/dataSelectAction|data\/helper\/transform)\.js$/u;
const CONTRACT = /\/server\/contract\/[\w-]+\.ts$/u;

/** Leaves out of the page what it never uses: what tells endpoints to people, zod's writer of JSON schemas, old options of charts. */
export const leaveOut = (): Plugin => ({
  name: 'leave-out',
  apply: 'build',
  // After the types are taken out: the parser reads JavaScript.
  enforce: 'post',
  transform: {
    filter: { id: [SCHEMA_WRITERS, ENGINE_LEFTOVERS, CONTRACT] },
    handler(code, id) {
      if (!CONTRACT.test(id)) return { code: silenced(code), map: null };
      const prose = proseIn(this.parse(code)).sort((a, b) => b.start - a.start);
      return { code: prose.reduce((left, at) => `${left.slice(0, at.start)}''${left.slice(at.end)}`, code), map: null };
    },
  },
});

/** The same exports, doing nothing. */
const silenced = (code: string): string =>
  [...code.matchAll(/^export (?:(default)|(?:function|const) (\w+))/gmu)]
    .map(([, whole, name]) => (whole === undefined ? `export const ${name} = () => {};` : 'export default () => {};'))
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
