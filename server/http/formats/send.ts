/** Large answers go in pieces: the event loop has turns between, and no more is made than the client takes. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Response } from 'express';
import { jsonPieces } from './json-pieces.ts';

const SLICE = 5;
/** Characters up to which an answer is sent whole, with a Content-Length. */
const WHOLE = 256 * 1024;

/**
 * Short texts are sent whole; stops when the client goes away.
 * @throws what `pieces` throws: `problemHandler` then refuses, or cuts the connection if a part is out
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

/** As `res.json`, byte for byte; long values in pieces. @throws TypeError for what JSON cannot hold */
export async function writeJson(res: Response, value: unknown): Promise<void> {
  if (!res.get('Content-Type')) res.type('application/json');
  await sendPieces(res, jsonPieces(value));
}

class Flow {
  private last = performance.now();
  private wake = () => {};

  constructor(private readonly res: Response) {
    // One listener for all waits: `compression` never takes its `drain` listeners back.
    res.on('drain', () => this.wake());
    res.on('close', () => this.wake());
  }

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

  async turn(): Promise<void> {
    if (performance.now() - this.last < SLICE) return;
    await turn();
    this.last = performance.now();
  }
}
