/** `JSON.parse` gives a position in some cases only. */

const SPACE = /[\t\n\r ]*/y;
const TOKEN =
  /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy;

type Wanted = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end' | 'nothing';

/** Index of the first wrong character, the length if the text ends too early; null for JSON. */
export function jsonFault(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
    if (at === text.length) return wanted === 'nothing' ? null : at;
    TOKEN.lastIndex = at;
    const token: string | undefined = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    const next = after(token, wanted, open);
    if (next === null) return at;
    wanted = next;
    at += token.length;
  }
}

/** Null if the token cannot stand here. Opens and closes objects and lists. */
function after(token: string, wanted: Wanted, open: ('{' | '[')[]): Wanted | null {
  const closed = (): Wanted => (open.length === 0 ? 'nothing' : 'comma or end');
  switch (token) {
    case '{':
    case '[':
      if (wanted !== 'value' && wanted !== 'value or ]') return null;
      open.push(token);
      return token === '{' ? 'name or }' : 'value or ]';
    case '}':
      if (wanted !== 'name or }' && !(wanted === 'comma or end' && open.at(-1) === '{')) return null;
      open.pop();
      return closed();
    case ']':
      if (wanted !== 'value or ]' && !(wanted === 'comma or end' && open.at(-1) === '[')) return null;
      open.pop();
      return closed();
    case ',':
      if (wanted !== 'comma or end') return null;
      return open.at(-1) === '{' ? 'name' : 'value';
    case ':':
      return wanted === 'colon' ? 'value' : null;
    default:
      if (wanted === 'name' || wanted === 'name or }') return token.startsWith('"') ? 'colon' : null;
      return wanted === 'value' || wanted === 'value or ]' ? closed() : null;
  }
}
