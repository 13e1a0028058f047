/** Sends what may be large in pieces: the event loop has turns between them, and no more is made than the client takes. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Response } from 'express';
import { jsonPieces } from './json-pieces.ts';

/** Milliseconds of work after which others have a turn. */
const SLICE = 5;
/** Characters of an answer that is sent whole, with its Content-Length. */
const WHOLE = 256 * 1024;

/**
 * Sends pieces of text one after the other as one answer; stops, and ends `pieces`, when the client goes away. What is
 * short is sent whole. A HEAD gets the headers only, and a long answer is not made for it.
 * @param res its status and headers are set; its type is told to be UTF-8
 * @throws what `pieces` throws; `problemHandler` then answers with a refusal, or cuts the connection where a part is out
 */
export async function sendPieces(res: Response, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const flow = new Flow(res);
  let begun = '';
  let flowing = false;
  for await (const piece of pieces) {
    if (flow.gone) return;
    if (flowing) await flow.write(piece);
    else {
      begun += piece;
      flowing = begun.length > WHOLE;
      if (flowing && res.req.method === 'HEAD') break;
      if (flowing) await flow.write(begun);
      else await flow.turn();
    }
  }
  if (flow.gone) return;
  if (flowing) flow.end();
  else res.send(begun);
}

/**
 * Sends a value as JSON, byte for byte as `res.json` does; a long one in pieces, without a Content-Length.
 * @param value such as an answer whose rows are many
 * @throws TypeError for what JSON cannot hold
 */
export async function writeJson(res: Response, value: unknown): Promise<void> {
  if (!res.get('Content-Type')) res.type('application/json');
  await sendPieces(res, jsonPieces(value));
}

/** What is written to a client, in its own time. */
class Flow {
  private last = performance.now();
  private wake = () => {};

  constructor(private readonly res: Response) {
    // One listener for all waits: `compression` hands `drain` listeners on to its stream and does not take them back.
    res.on('drain', () => this.wake());
    res.on('close', () => this.wake());
  }

  /** Whether nobody takes the answer any more. */
  get gone(): boolean {
    return this.res.closed || this.res.destroyed;
  }

  private sayUtf8(): void {
    const type = this.res.get('Content-Type') ?? 'text/plain';
    if (!this.res.headersSent && !/charset=/i.test(type)) this.res.type(`${type}; charset=utf-8`);
  }

  async write(text: string): Promise<void> {
    this.sayUtf8();
    if (!this.res.write(text))
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (this.gone) resolve();
      });
    await this.turn();
  }

  end(): void {
    this.sayUtf8();
    this.res.end();
  }

  /** Lets others go first where it is their turn. */
  async turn(): Promise<void> {
    if (performance.now() - this.last < SLICE) return;
    await turn();
    this.last = performance.now();
  }
}
