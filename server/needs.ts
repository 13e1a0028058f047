/** In words, read off the schema, so that it is what the schema takes. */
import { z } from 'zod';
import { type Label, MOST_QUERIES } from './contract/query.ts';
import { quoted } from './given.ts';
import { jsonFault } from './json-fault.ts';

export interface Need {
  /** Follows "needed is": `one of views, likes`. */
  readonly text: Label;
  readonly words: readonly string[];
}

const need = (en: string, zh: string, words: readonly string[] = []): Need => ({ text: { en, zh }, words });

/** Checks a JSON schema cannot say, by their contract message. */
export const NEEDS: ReadonlyMap<string, Need> = new Map([
  ['currency', need('an ISO 4217 code such as CNY', 'ISO 4217 币种代码，如 CNY')],
  [
    'picture_size',
    need(
      'one of 16x9, 4x3, 1x1, 9x16, 3x4, 4k, og, or WIDTHxHEIGHT in pixels',
      '16x9、4x3、1x1、9x16、3x4、4k、og 之一，或“宽x高”（像素）',
    ),
  ],
  ['month', need('a month such as 2025-10', '月份，如 2025-10')],
  [
    'delimiter',
    need('one character such as , or ; and no quote, line end or NUL', '一个字符，如 , 或 ;，不能是引号、换行或 NUL'),
  ],
  ['line_number', need('a whole number from 0 to 1048576', '0 至 1048576 的整数')],
  ['repeatable', need('a text, or several by repeating the parameter', '一个文本，多个则重复该参数')],
  ['several_ids', need('2 to 6 different ids (ids=a&ids=b)', '2 至 6 个不同的编号（ids=a&ids=b）')],
  [
    'series_only',
    need('series, as nothing else can be parted by platform or source', 'series：只有剧集能按平台或来源拆分', [
      'series',
    ]),
  ],
  ['most_queries', need(`at most ${MOST_QUERIES} queries`, `最多 ${MOST_QUERIES} 个查询`)],
  ['one_part', need('a platform or a source, not both', '平台（platform）或来源（source）二者之一')],
]);

export const wordsNeed = (words: readonly unknown[]): Need => {
  const texts = [...new Set(words.map(String))];
  if (texts.length === 1) return need(texts.join(), texts.join(), texts);
  return need(`one of ${texts.join(', ')}`, `以下之一：${texts.join('、')}`, texts);
};

/** Where it breaks off, and what it must be. */
export function jsonNeed(schema: unknown, given: unknown): Need {
  const of = schema instanceof z.core.$ZodType ? needOf(schema) : need('', '');
  const whole =
    of.text.en === '' ? need('JSON', 'JSON') : need(`JSON of ${of.text.en}`, `JSON：${of.text.zh}`, of.words);
  const at = typeof given === 'string' ? jsonFault(given) : null;
  if (typeof given !== 'string' || given === '' || at === null) return whole;
  const rest = quoted([...given.slice(at, at + 24)].slice(0, 12).join(''));
  const broken =
    at >= given.length
      ? { en: 'this ends too early', zh: '内容不完整' }
      : {
          en: `this cannot be read from character ${at + 1} on, ${rest.en}`,
          zh: `第 ${at + 1} 个字符起无法读取：${rest.zh}`,
        };
  return need(`${whole.text.en} (${broken.en})`, `${whole.text.zh}（${broken.zh}）`, whole.words);
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

export function needOf(schema: z.core.$ZodType | undefined): Need {
  return schema === undefined
    ? need('another value; /api/docs describes it', '其他值，见 /api/docs')
    : described(jsonSchema(schema));
}

/** Of all branches. */
export const namesOf = (schema: z.core.$ZodType | undefined): string[] =>
  schema === undefined ? [] : [...new Set(branches(jsonSchema(schema)).flatMap(fieldNames))];

/** JSON in a text stands as what it holds. */
const jsonSchema = (schema: z.core.$ZodType): JsonSchema => z.toJSONSchema(schema, { unrepresentable: 'any' });

function branches(schema: JsonSchema): JsonSchema[] {
  const several = schema.anyOf ?? schema.oneOf;
  return several === undefined ? [schema] : several.flatMap(branches);
}

function fieldNames({ properties, propertyNames }: JsonSchema): string[] {
  if (properties) return Object.keys(properties);
  return typeof propertyNames === 'object' ? (propertyNames.enum ?? []).map(String) : [];
}

function described(schema: JsonSchema): Need {
  const several = branches(schema);
  const objects = several.filter((one) => one.type === 'object');
  const others = several.filter((one) => one.type !== 'object');
  const all = [...others.map(oneDescribed), ...(objects.length > 0 ? [objectNeed(objects)] : [])];
  const words = all.flatMap((one) => one.words);
  const join = (language: keyof Label, or: string) => [...new Set(all.map(({ text }) => text[language]))].join(or);
  return need(join('en', ', or '), join('zh', '，或'), words);
}

function oneDescribed(schema: JsonSchema): Need {
  if (schema.enum) return wordsNeed(schema.enum);
  if (schema.const !== undefined) return wordsNeed([schema.const]);
  switch (schema.type) {
    case 'string':
      return textNeed(schema);
    case 'integer':
    case 'number':
      return numberNeed(schema);
    case 'boolean':
      return need('true or false', 'true 或 false');
    case 'array':
      return listNeed(schema);
    default:
      return need('another value', '其他值');
  }
}

function textNeed({ format, minLength, maxLength }: JsonSchema): Need {
  if (format === 'date') return need('a day of the calendar such as 2025-10-31', '日历上的日期，如 2025-10-31');
  if (format === 'date-time')
    return need(
      'a moment with its offset such as 2025-10-31T08:00:00Z or 2025-10-31T16:00:00+08:00',
      '带时区的时刻，如 2025-10-31T08:00:00Z 或 2025-10-31T16:00:00+08:00',
    );
  if (format === 'uuid') return need('an id as the API answers it', 'API 返回的编号');
  if (maxLength === 0) return need('an empty text', '空文本');
  const { en, zh } = between(minLength, maxLength);
  return need(en ? `one text of ${en} characters` : 'one text', zh ? `一个${zh}字符的文本` : '一个文本');
}

const bound = (value: number | undefined) =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

function numberNeed({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): Need {
  const [kindEn, kindZh] = type === 'integer' ? ['a whole number', '整数'] : ['a number', '数字'];
  const [low, high] = [bound(minimum), bound(maximum)];
  if (low !== undefined && high !== undefined)
    return need(`${kindEn} from ${low} to ${high}`, `${low} 至 ${high} 的${kindZh}`);
  const limits = [
    [low, 'of at least', '不小于'],
    [high, 'of at most', '不大于'],
    [exclusiveMinimum, 'above', '大于'],
    [exclusiveMaximum, 'below', '小于'],
  ].filter(([value]) => value !== undefined);
  const en = limits.map(([value, word]) => ` ${word} ${value}`).join('');
  const zh = limits.map(([value, , word]) => `${word} ${value} `).join('、');
  return need(kindEn + en, zh === '' ? kindZh : `${zh}的${kindZh}`);
}

function listNeed({ minItems, maxItems, prefixItems, items }: JsonSchema): Need {
  const { en, zh } = between(prefixItems?.length ?? minItems, prefixItems?.length ?? maxItems);
  const of = prefixItems?.[0] ?? (Array.isArray(items) ? undefined : items);
  const each = typeof of === 'object' ? described(of) : need('', '');
  return need(
    `a list${en ? ` of ${en}` : ''}${each.text.en ? `, each ${each.text.en}` : ''}`,
    `${zh ? `含${zh}项的` : ''}列表${each.text.zh ? `，每项为${each.text.zh}` : ''}`,
    each.words,
  );
}

function objectNeed(schemas: readonly JsonSchema[]): Need {
  const names = [...new Set(schemas.flatMap(fieldNames))];
  if (names.length === 0) return need('an object', '一个对象');
  return need(`an object with ${names.join(', ')}`, `含 ${names.join('、')} 的对象`);
}

function between(low: number | undefined, high: number | undefined): Label {
  if (low !== undefined && low === high) return { en: `exactly ${low}`, zh: `恰好 ${low} ` };
  if (high !== undefined) return { en: `${low ?? 0} to ${high}`, zh: ` ${low ?? 0} 至 ${high} ` };
  return low === undefined || low === 0 ? { en: '', zh: '' } : { en: `at least ${low}`, zh: `至少 ${low} ` };
}
