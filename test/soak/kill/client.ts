/** What a client asks of the server between two kills. A request that the kill cuts off rejects. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { aliasesSchema } from '../../../server/contract/aliases.ts';
import { type ImportRecord, importSchema, importsSchema, uploadSchema } from '../../../server/contract/imports.ts';
import { answerSchema, type QueryInput, type Row } from '../../../server/contract/query.ts';
import type { SoakFile } from './files.ts';

const KIND = { daily: 'log', counter: 'log', money: 'log', catalogue: 'catalog', rates: 'rates' } as const;
const storageSchema = z.object({ database_bytes: z.number(), rows: z.record(z.string(), z.number()) });

export const isOpen = ({ status }: ImportRecord): boolean => status === 'queued' || status === 'running';

export class Client {
  constructor(private readonly url: string) {}

  private async ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Refused(path, response.status, text);
    return text === '' ? null : JSON.parse(text);
  }

  private post(path: string, body: unknown): Promise<unknown> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async upload(file: SoakFile): Promise<string> {
    const body = new Uint8Array(file.bytes);
    return uploadSchema.parse(await this.ask(`/uploads?filename=${file.name}`, { method: 'POST', body })).upload_id;
  }

  /** Sends a body piece by piece; rejects where it is cut off. */
  uploadSlowly(file: SoakFile, pause: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const sending = request(`${this.url}/api/v1/uploads?filename=${file.name}`, { method: 'POST' }, (response) => {
        response.resume();
        response.on('end', resolve);
      });
      sending.on('error', reject);
      const pieces = async () => {
        for (let at = 0; at < file.bytes.length; at += 8192) {
          sending.write(file.bytes.subarray(at, at + 8192));
          await sleep(pause);
        }
        sending.end();
      };
      pieces().catch(reject);
    });
  }

  async start(file: SoakFile, upload: string): Promise<ImportRecord> {
    return importSchema.parse(
      await this.post('/imports', { upload_id: upload, kind: KIND[file.kind], options: file.options }),
    );
  }

  async dryRun(file: SoakFile, upload: string): Promise<void> {
    await this.post('/imports', { upload_id: upload, kind: KIND[file.kind], options: file.options, dry_run: true });
  }

  /** Follows an import to its end, telling each phase as it begins. */
  async follow(id: string, onPhase: (phase: string) => void): Promise<ImportRecord> {
    const response = await fetch(`${this.url}/api/v1/imports/${id}/events`);
    if (!response.body) throw new Error('no events');
    const decoder = new TextDecoder();
    let phase = '';
    for await (const chunk of response.body) {
      const text = decoder.decode(chunk, { stream: true });
      const now = /"phase":"(\w+)"/.exec(text)?.[1] ?? phase;
      if (now !== phase) onPhase(now);
      phase = now;
    }
    return importSchema.parse(await this.ask(`/imports/${id}`));
  }

  async list(): Promise<readonly ImportRecord[]> {
    return importsSchema.parse(await this.ask('/imports')).rows;
  }

  async remove(id: string): Promise<ImportRecord> {
    return importSchema.parse(await this.ask(`/imports/${id}`, { method: 'DELETE' }));
  }

  async aliases(): Promise<readonly { id: string; from: string; into: string }[]> {
    const { rows } = aliasesSchema.parse(await this.ask('/aliases'));
    return rows.map((row) => ({ id: row.alias_id, from: row.from.label.en, into: row.into.label.en }));
  }

  async merge(from: string, into: string): Promise<string> {
    const { rows } = aliasesSchema.parse(await this.post('/aliases', { dimension: 'series', from: [from], into }));
    return rows[0]?.alias_id ?? '';
  }

  async unmerge(id: string): Promise<void> {
    await this.ask(`/aliases/${id}`, { method: 'DELETE' });
  }

  async query(query: QueryInput): Promise<readonly Row[]> {
    return answerSchema.parse(await this.post('/query', query)).rows;
  }

  async storage(): Promise<z.infer<typeof storageSchema>> {
    return storageSchema.parse(await this.ask('/storage'));
  }
}

/** The server answered, and refused. */
export class Refused extends Error {
  constructor(path: string, status: number, text: string) {
    super(`${path} answers ${status}: ${text.slice(0, 500)}`);
  }
}
