/** Reads zstd frame by frame, each with its checksum (RFC 8878). Node 20 has no zstd. */
import { Decompress, ZstdErrorCode } from 'fzstd';
import xxhash, { type XXHash } from 'xxhash-wasm';
import { ProblemError } from '../../../problem.ts';
import { ZSTD_WINDOW } from '../messages.ts';

/** `cut`: the file ends before its data. */
export class ZstdFault extends Error {
  constructor(
    readonly cut: boolean,
    cause?: unknown,
  ) {
    super(cut ? 'cut short' : 'damaged', { cause });
  }
}

/** The default limit of zstd; a frame may ask for gigabytes. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
/** Packed bytes at a time: four of them may stand for 128 kB. */
const STEP = 2048;

/**
 * The decoder unpacks all of its input at once, so it gets little, and more only when that is written: a bomb never
 * fills the memory. @throws ZstdFault; ProblemError `unreadable_file` for a window of more than 128 MB
 */
export async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const { create64 } = await xxhash();
  const bytes = new ByteReader(source);
  for (;;) {
    const magic = await bytes.take(4, true);
    if (magic.length === 0) return;
    const number = magic.readUInt32LE(0);
    if ((number & 0xfffffff0) >>> 0 === 0x184d2a50) await skip(bytes, (await bytes.take(4)).readUInt32LE(0));
    else if (number === 0xfd2fb528) yield* frame(bytes, magic, create64());
    else throw new ZstdFault(false);
  }
}

async function* frame(bytes: ByteReader, magic: Buffer, hash: XXHash<bigint>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const decoder = new Decompress((part) => {
    hash.update(part);
    parts.push(part);
  });
  const decode = (piece: Uint8Array, last = false): Uint8Array[] => {
    parts = [];
    try {
      decoder.push(piece, last);
    } catch (cause) {
      throw new ZstdFault(
        cause instanceof Error && 'code' in cause && cause.code === ZstdErrorCode.UnexpectedEOF,
        cause,
      );
    }
    return parts;
  };
  const { header, checked } = await frameHeader(bytes);
  yield* decode(Buffer.concat([magic, header]));
  for (let last = false; !last; ) {
    const head = await bytes.take(3);
    const block = head.readUIntLE(0, 3);
    last = (block & 1) === 1;
    yield* decode(head);
    // A run (type 1) is one byte, whatever its length.
    for (let left = ((block >> 1) & 3) === 1 ? 1 : block >> 3; left > 0; ) {
      const piece = await bytes.take(Math.min(left, STEP));
      left -= piece.length;
      yield* decode(piece);
    }
  }
  const sum = checked ? await bytes.take(4) : Buffer.alloc(0);
  yield* decode(sum);
  yield* decode(new Uint8Array(), true);
  if (checked && BigInt(sum.readUInt32LE(0)) !== (hash.digest() & 0xffffffffn)) throw new ZstdFault(false);
}

/** Descriptor, window, dictionary and content size (RFC 8878, 3.1.1.1). */
async function frameHeader(bytes: ByteReader): Promise<{ header: Buffer; checked: boolean }> {
  const descriptor = await bytes.take(1);
  const flags = descriptor[0] ?? 0;
  const single = (flags & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const size = flags >> 6 === 0 ? (single ? 1 : 0) : 2 ** (flags >> 6);
  const rest = await bytes.take((single ? 0 : 1) + dictionary + size);
  if (!single) {
    const base = 2 ** (10 + ((rest[0] ?? 0) >> 3));
    if (base + (base / 8) * ((rest[0] ?? 0) & 7) > LARGEST_WINDOW) throw wideWindow();
  } else if (sizeOf(rest.subarray(dictionary)) > LARGEST_WINDOW) throw wideWindow();
  return { header: Buffer.concat([descriptor, rest]), checked: (flags & 4) !== 0 };
}

/** Two bytes count from 256. */
function sizeOf(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE(0));
  return field.length === 0 ? 0 : field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

const wideWindow = () => new ProblemError('unreadable_file', ZSTD_WINDOW);

async function skip(bytes: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0; ) left -= (await bytes.take(Math.min(left, 1 << 16))).length;
}

/** Reads an exact number of bytes from a stream. */
class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private chunk: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** @param orNone gives nothing at the very end, instead of throwing */
  async take(length: number, orNone = false): Promise<Buffer> {
    while (this.chunk.length < length) {
      const { value, done } = await this.source.next();
      if (done === true) {
        if (orNone && this.chunk.length === 0) return this.chunk;
        throw new ZstdFault(true);
      }
      this.chunk = this.chunk.length === 0 ? value : Buffer.concat([this.chunk, value]);
    }
    const taken = this.chunk.subarray(0, length);
    this.chunk = this.chunk.subarray(length);
    return taken;
  }
}
