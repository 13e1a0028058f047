import { readdirSync, readFileSync } from 'node:fs';
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
  expect(en('found', { count: 7163, name: 'A' })).toBe('7,163 series in all, A');
  expect(en('range', { from: 2024, to: 2025 })).toBe('2024 – 2025');
  expect(en('range', { from: 'a', to: 'b' })).toBe('a – b');
  expect(words.say('en')).toBe(en);
});

it('no English sentence puts a range or a period after “in”: a day would be “in 18 Oct 2025”', () => {
  const files = readdirSync('web', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|\/)words\.ts$/u.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  const wrong = files.flatMap((file) =>
    [...readFileSync(`web/${file}`, 'utf8').matchAll(/\b(?:in|released) \{\{(?:range|period|base)\}\}/gu)].map(
      ([text]) => `${file}: ${text}`,
    ),
  );
  expect(wrong).toEqual([]);
});
