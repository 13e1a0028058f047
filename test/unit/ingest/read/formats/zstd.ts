/** Zstandard frames made by hand (RFC 8878): Node 20 unpacks none, and packs none either. */

const MAGIC = Buffer.from('28b52ffd', 'hex');
const BLOCK = 128 * 1024;

/** One frame with the bytes as they are. */
export function zstdOf(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const blocks: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK) {
    const part = bytes.subarray(at, at + BLOCK);
    blocks.push(blockHeader(part.length, 0, at + BLOCK >= bytes.length), part);
  }
  return Buffer.concat([MAGIC, frameHeader(17), ...blocks]);
}

/** A frame of `blocks` × 128 kB of one byte, four bytes each. */
export function zstdBomb(blocks: number): Buffer {
  const one = Buffer.concat([blockHeader(BLOCK, 1, false), Buffer.from('a')]);
  return Buffer.concat([MAGIC, frameHeader(17), ...Array.from({ length: blocks }, () => one), blockHeader(0, 0, true)]);
}

/** No content size, no checksum, a window of two to the `bits`. */
export function frameHeader(bits: number): Buffer {
  return Buffer.from([0, (bits - 10) << 3]);
}

function blockHeader(size: number, type: 0 | 1, last: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | (last ? 1 : 0), 0, 3);
  return header;
}
