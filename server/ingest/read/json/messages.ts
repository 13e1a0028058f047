import type { Label } from '../../../contract/query.ts';

export const JSON_FAULTS = {
  invalid: { en: 'not valid JSON', zh: '不是合法的 JSON' },
  noObject: { en: 'not a JSON object', zh: '不是 JSON 对象' },
  tooDeep: { en: 'nested too deeply', zh: '嵌套层次过深' },
  lineTooLong: { en: 'longer than 4 million characters', zh: '超过 400 万个字符' },
  elementTooLong: { en: 'an element is longer than 4 million characters', zh: '一个元素超过 400 万个字符' },
  afterArray: { en: 'something follows the closing ] of the array', zh: '数组结尾的 ] 之后还有内容' },
  arrayCutShort: { en: 'the array is cut short: it ends before its closing ]', zh: '数组不完整，缺少结尾的 ]' },
  objectCutShort: { en: 'the JSON is cut short: it ends before its closing }', zh: 'JSON 不完整，缺少结尾的 }' },
} as const satisfies Readonly<Record<string, Label>>;

export const jsonBroken = (line: number, { en, zh }: Label): Label => ({
  en: `Line ${line}: ${en}. Export or copy it again.`,
  zh: `第 ${line} 行：${zh}。请重新导出或复制。`,
});

export const JSON_WITHOUT_ROWS: Label = { en: 'The JSON holds no rows.', zh: 'JSON 中没有数据行。' };

export const jsonWithoutObjects = (line: number, { en, zh }: Label): Label => ({
  en: `Line ${line}: ${en}, and no other line holds an object.`,
  zh: `第 ${line} 行${zh}，其他行也没有对象。`,
});

export const JSON_OF_NO_ROWS: Label = {
  en: 'This JSON has no rows that can be read: neither one object per line, nor one array of objects, alone or under a key. Write each row as an object, on a line of its own or in one array, and import that.',
  zh: '此 JSON 既不是每行一个对象，也不是对象数组，其中也没有对象数组。请将每行数据写成一个对象，逐行排列或放入一个数组后导入。',
};

export function severalArrays(arrays: readonly (readonly [string, number])[]): Label {
  const named = (left: string, right: string) =>
    arrays.map(([name, count]) => `“${name}”${left}${count.toLocaleString('en')}${right}`);
  return {
    en: `This JSON holds several arrays of objects: ${named(' (', ')').join(', ')}. Save the one that holds the rows as a file of its own, and import that.`,
    zh: `此 JSON 中有多个对象数组：${named('（', '）').join('、')}。请将其中存放数据行的数组单独另存为文件后导入。`,
  };
}
