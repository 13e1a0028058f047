import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeEncoding } from '../../../../../server/ingest/read/encoding/encoding.ts';
import { chooseEncoding } from '../../../../../server/ingest/read/encoding/encoding-choice.ts';
import { readFacts } from '../../../../../server/ingest/read/facts.ts';
import { AS_GIVEN } from '../../../../../server/ingest/read/messages.ts';

/** Bytes made by Python's codecs: Node writes UTF-8 and UTF-16 only. */
const cases = z
  .array(z.object({ encoding: z.string(), text: z.string(), base64: z.string() }))
  .parse(JSON.parse(await readFile(join(import.meta.dirname, 'encodings.json'), 'utf8')));
const bytesOf = ({ base64 }: { base64: string }) => Buffer.from(base64, 'base64');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-encoding-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function choose(bytes: Buffer, asked?: string) {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, bytes);
  return chooseEncoding(path, bytes.subarray(0, 1 << 20), await readFacts(path), asked);
}

describe('the encoding of a file', () => {
  it.each(cases)('is $encoding for $text', (c) => {
    expect(judgeEncoding(bytesOf(c))).toMatchObject({ encoding: c.encoding, damaged: false });
  });

  it('is surer the more text there is', () => {
    const one = judgeEncoding(bytesOf(cases[6] ?? { base64: '' }));
    const many = judgeEncoding(Buffer.concat(cases.slice(0, 8).map(bytesOf)));
    expect(one.confidence).toBeLessThan(many.confidence);
    expect(many.confidence).toBeGreaterThan(0.7);
  });

  it('comes with decoded previews of what else it could be, the chosen one first', async () => {
    const choice = await choose(bytesOf(cases[1] ?? { base64: '' }));
    expect(choice.alternatives.length).toBeGreaterThan(1);
    expect(choice.alternatives[0]).toEqual({
      encoding: 'gb18030',
      confidence: choice.confidence,
      preview: ['日期,剧名,平台,播放量', '2025-10-01,老千,红果,1000'],
    });
    for (const other of choice.alternatives.slice(1)) {
      expect(other.confidence).toBeLessThanOrEqual(choice.confidence ?? 0);
      expect(other.preview[1]).toMatch(/^2025-10-01,/u);
    }
  });

  it('is what the user says, whatever the bytes look like', async () => {
    const choice = await choose(bytesOf(cases[1] ?? { base64: '' }), 'GBK');
    expect(choice).toMatchObject({ encoding: 'gb18030', reason: AS_GIVEN, confidence: null });
    expect((await choose(bytesOf(cases[1] ?? { base64: '' }), 'big5')).alternatives.map((a) => a.encoding)).toContain(
      'gb18030',
    );
    await expect(choose(Buffer.from('a'), 'klingon')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('is UTF-16 also without a mark', async () => {
    for (const text of ['date,title,views\n2025-10-01,A,1\n', '日期,剧名,播放量\n2025-10-01,老千,1000\n']) {
      const little = Buffer.from(text, 'utf16le');
      expect((await choose(little)).encoding).toBe('utf-16le');
      expect((await choose(Buffer.from(little).swap16())).encoding).toBe('utf-16be');
      expect((await choose(Buffer.from(text))).encoding).toBe('utf-8');
    }
  });

  it('is judged from lines deep in the file, where the first megabytes are plain ASCII', async () => {
    const plain = Buffer.from('2025-10-01,A,1\n'.repeat(150_000));
    const chinese = bytesOf(cases[4] ?? { base64: '' });
    expect((await choose(Buffer.concat([plain, chinese, plain]))).encoding).toBe('gb18030');
  });
});
