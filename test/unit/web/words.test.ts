import { expect, it } from 'vitest';
import { defineWords } from '../../../web/i18n/defineWords.ts';

const words = defineWords({
  zh: { found: '{{count}} 部剧集，{{name}}', range: '{{from}} 至 {{to}}' },
  en: {
    found_one: '{{count}} series, {{name}}',
    found_other: '{{count}} series in all, {{name}}',
    range: '{{from}} – {{to}}',
  },
});

it('words take the plural of a count and put values into their places as they stand', () => {
  const [zh, en] = [words.say('zh'), words.say('en')];
  expect(zh('found', { count: 2, name: '甲' })).toBe('2 部剧集，甲');
  expect(en('found', { count: 1, name: 'A' })).toBe('1 series, A');
  expect(en('found', { count: 0, name: '{{count}} & $1' })).toBe('0 series in all, {{count}} & $1');
  expect(en('range', { from: 'a', to: 'b' })).toBe('a – b');
  expect(words.say('en')).toBe(en);
});
