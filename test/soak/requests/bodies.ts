/** Bodies that no schema thinks of: files to upload, and JSON that is none, too deep or too much. */

export const FILES: readonly string[] = [
  '',
  '\u0000\u0001\u0002',
  'date,title,views\n2025-10-01,A,1\n',
  'date,title,views\n2025-10-01,A,1,2,3\n"',
  '日期,剧名,播放量\n2025-10-01,甲,1.2亿\n',
  '{"date":"2025-10-01","title":"A","views":1}\n',
  'PK\u0003\u0004',
  'PAR1',
  '[[[[[[[[[[',
  'a\n'.repeat(500),
  `${'x,'.repeat(3000)}\n${'1,'.repeat(3000)}\n`,
  '__proto__,constructor,views\n2025-10-01,A,1\n',
];

const question = '{"measures":["views"]}';
export const BODIES: readonly (readonly [string, () => Buffer])[] = [
  ['empty body', () => Buffer.alloc(0)],
  ['no JSON', () => Buffer.from("{'measures': ['views']}")],
  ['cut JSON', () => Buffer.from('{"measures":["vie')],
  ['a text', () => Buffer.from('"views"')],
  ['a number', () => Buffer.from('1e400')],
  ['null', () => Buffer.from('null')],
  ['a list', () => Buffer.from('[1,2]')],
  ['BOM', () => Buffer.from(`\ufeff${question}`)],
  ['NUL', () => Buffer.from(`${question}\u0000`)],
  ['no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['UTF-16', () => Buffer.from(question, 'utf16le')],
  ['a key twice', () => Buffer.from('{"measures":["views"],"measures":["nothing"]}')],
  ['__proto__', () => Buffer.from('{"measures":["views"],"__proto__":{"limit":1},"constructor":1}')],
  ['deep lists', () => Buffer.from('['.repeat(200_000) + ']'.repeat(200_000))],
  ['deep objects', () => Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['deep filters', () => Buffer.from(`{"measures":["views"],"filters":${'['.repeat(5000)}${']'.repeat(5000)}}`)],
  ['a long number', () => Buffer.from(`{"measures":["views"],"limit":${'9'.repeat(100_000)}}`)],
  ['a long text', () => Buffer.from(`{"measures":["${'v'.repeat(900_000)}"]}`)],
  ['a long list', () => Buffer.from(`{"measures":[${'"views",'.repeat(90_000)}"views"]}`)],
  ['many keys', () => Buffer.from(`{${Array.from({ length: 40_000 }, (_, i) => `"k${i}":1`).join(',')}}`)],
  ['too large', () => Buffer.from(`{"measures":["views"],"x":"${'a'.repeat(1_200_000)}"}`)],
  [
    'many values',
    () =>
      Buffer.from(
        `{"measures":["views"],"dimensions":["series"],"filters":[{"dimension":"series","op":"not_in","values":[${Array.from({ length: 9999 }, (_, i) => `"s${i}"`).join(',')}]}]}`,
      ),
  ],
  ['many filters', () => Buffer.from(manyFilters())],
  ['a large batch', () => Buffer.from(largeBatch())],
];

function manyFilters(): string {
  const filter = '{"dimension":"genre","op":"not_in","values":["x"]}';
  return `{"measures":["views","active_series"],"dimensions":["cast"],"filters":[${Array(50).fill(filter).join(',')}]}`;
}

function largeBatch(): string {
  const queries = Array.from({ length: 60 }, (_, i) => `"q${i}":${question}`);
  return `{"queries":{${queries.join(',')}}}`;
}
