import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writtenState } from '../../../web/data/pageState.ts';

const schema = z.object({ by: z.enum(['genre', 'format']).catch('genre'), q: z.string().catch('') });

describe('a page’s own parameters', () => {
  it('are what the address says, and their defaults for anything else', () => {
    expect(schema.parse({ by: 'format', q: 'a+b=c&d', range: 'all' })).toEqual({ by: 'format', q: 'a+b=c&d' });
    expect(schema.parse({ by: 'platform' })).toEqual({ by: 'genre', q: '' });
  });

  it('are written as text, and left out of the address if they are defaults', () => {
    expect(writtenState(schema, { by: 'format' })).toEqual({ by: 'format' });
    expect(writtenState(schema, { by: 'genre', q: '' })).toEqual({ by: undefined, q: undefined });
  });
});
