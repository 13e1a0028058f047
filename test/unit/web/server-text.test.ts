import { expect, it } from 'vitest';
import { sentences } from '../../../web/i18n/serverText.ts';

it('half sentences of the server become whole ones, and stand apart', () => {
  expect(sentences(['Each row is new.', '', 'all of 20 steps fall', 'named “daily”'], 'en')).toBe(
    'Each row is new. All of 20 steps fall. Named “daily”.',
  );
  expect(sentences(['每行是新增。', '全部 20 步都在下降', '读作“日增。”'], 'zh')).toBe(
    '每行是新增。全部 20 步都在下降。读作“日增。”',
  );
});
