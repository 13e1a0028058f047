import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

const styles = join(dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css')), 'styles');
const sheets = readFileSync('web/theme/mantine.css', 'utf8');

/** What the files of the page import by name from Mantine. */
function used(): Set<string> {
  const names = new Set<string>();
  for (const file of globSync('web/**/*.{ts,tsx}'))
    for (const [, list = ''] of readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/gu))
      for (const name of list.split(',')) names.add(name.trim());
  return names;
}

describe('the style sheets of Mantine', () => {
  it('are there for each of its parts that the page uses: without its sheet a part is there, but bare', () => {
    const needed = [...used()].filter((name) => existsSync(join(styles, `${name}.css`)));
    expect(needed).toContain('Button');
    expect(needed.filter((name) => !sheets.includes(`styles/${name}.css`))).toEqual([]);
  });
});
