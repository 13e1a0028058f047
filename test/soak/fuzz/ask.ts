/** Sends one file to a server as a client would, and says what of its answers breaks the rules. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { dryRunSchema, type ImportRecord, importSchema, uploadSchema } from '../../../server/contract/imports.ts';
import { PROBLEM_STATUS, problemSchema } from '../../../server/contract/problem.ts';
import { leakIn } from '../leaks.ts';
import type { FuzzCase } from './case.ts';

/** Milliseconds that a file may take, whatever is in it. */
export const LONGEST = 30_000;

/** What a refusal of a file may be. */
const REFUSALS: ReadonlySet<string> = new Set([
  // Of a profile that is not there.
  'not_found',
  'invalid_request',
  'unreadable_file',
  'unsupported_format',
  'mapping_incomplete',
  'unconfirmed',
  'too_many_rejects',
  'unpacked_too_large',
  'upload_too_large',
  'profile_mismatch',
  'duplicate_import',
]);

export interface Verdict {
  /** `committed`, `dry run`, or the code of the refusal and the step that refused. */
  readonly outcome: string;
  /** What must not be; empty where all is well. */
  readonly faults: readonly string[];
  readonly milliseconds: number;
}

export interface Target {
  readonly url: string;
  readonly folder: string;
  /** Uploads that wait to be imported: their files may lie there. */
  readonly waiting: Set<string>;
  /** What was there after the file before; changed here. */
  data: string | null;
}

export async function askWith(target: Target, fuzz: FuzzCase): Promise<Verdict> {
  const faults: string[] = [];
  const asking = new Asking(target, fuzz, faults);
  const from = performance.now();
  let outcome = 'nothing';
  try {
    outcome = await asking.all();
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    faults.push(
      late
        ? `no answer within ${LONGEST / 1000} s`
        : `the connection failed: ${String(error)} ${error instanceof Error ? String(error.cause) : ''}`,
    );
  }
  return { outcome, faults, milliseconds: performance.now() - from };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

class Asking {
  private readonly signal = AbortSignal.timeout(LONGEST);

  constructor(
    private readonly target: Target,
    private readonly fuzz: FuzzCase,
    private readonly faults: string[],
  ) {}

  async all(): Promise<string> {
    const before = await this.dataNow();
    const outcome = await this.uploadAndImport();
    const changed = outcome === 'committed' || outcome === 'undone';
    if (!changed && (await this.dataNow()) !== before) this.faults.push(`the data changed although it was ${outcome}`);
    await this.nothingLeft();
    return outcome;
  }

  private async uploadAndImport(): Promise<string> {
    const { filename, reading, bytes, request } = this.fuzz;
    const query = new URLSearchParams({ filename, ...reading });
    const sent = await this.ask(`/uploads?${query}`, { method: 'POST', body: new Uint8Array(bytes) });
    if (sent.status !== 201) return this.refusal('upload', sent);
    const upload = uploadSchema.parse(sent.body);
    // Samples and previews are the file's own words.
    this.lookForLeaks({ ...upload, columns: [], preview: [], encodings: [], mapping: {}, sheets: [] });
    this.target.waiting.add(upload.upload_id);
    const asked = await this.ask(`/imports?force=${this.fuzz.force}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...request, upload_id: upload.upload_id }),
    });
    if (request.dry_run && asked.status === 200) return this.dryRun(dryRunSchema.parse(asked.body));
    if (asked.status !== 202) return this.refusal(request.dry_run ? 'dry run' : 'start', asked);
    return this.imported(importSchema.parse(asked.body).import_id, upload.upload_id);
  }

  private dryRun(found: z.infer<typeof dryRunSchema>): string {
    this.lookForLeaks(found.warnings.map((warning) => warning.detail));
    this.lookForLeaks(found.reject_samples.map((sample) => sample.reason));
    return 'dry run';
  }

  private async imported(id: string, uploadId: string): Promise<string> {
    const record = await this.end(id);
    this.target.waiting.delete(uploadId);
    this.lookForLeaks({ error: record.error, warnings: record.warnings });
    if (record.status === 'failed') {
      const code = record.error?.code ?? 'no code';
      if (!REFUSALS.has(code)) this.faults.push(`the import failed with ${code}: ${record.error?.detail}`);
      return `import: ${code}`;
    }
    if (record.status !== 'committed') this.faults.push(`the import ended as ${record.status}`);
    if (record.rows_rejected > record.rows_read) this.faults.push('more rows were rejected than read');
    for (const format of ['table', 'lines']) {
      const { status } = await this.ask(`/imports/${id}/rejects?format=${format}`, {});
      if (status !== 200) this.faults.push(`its rejects as ${format} answer ${status}`);
    }
    if (!this.fuzz.undo) return 'committed';
    const undone = await this.ask(`/imports/${id}`, { method: 'DELETE' });
    if (undone.status !== 200) this.faults.push(`its undo answers ${undone.status}`);
    return 'undone';
  }

  private async end(id: string): Promise<ImportRecord> {
    for (let pause = 4; ; pause = Math.min(200, pause * 1.4)) {
      const record = importSchema.parse((await this.ask(`/imports/${id}`, {})).body);
      if (record.status !== 'queued' && record.status !== 'running') return record;
      await sleep(pause, undefined, { signal: this.signal });
    }
  }

  private refusal(step: string, { status, body, headers }: Answer): string {
    const parsed = problemSchema.safeParse(body);
    if (!parsed.success) {
      this.faults.push(`${step} answers ${status} without a problem: ${JSON.stringify(body).slice(0, 300)}`);
      return `${step}: ${status}`;
    }
    const { code, detail } = parsed.data;
    if (!headers.get('content-type')?.startsWith('application/problem+json'))
      this.faults.push(`${step} has another content type`);
    if (status >= 500 || !REFUSALS.has(code)) this.faults.push(`${step} answers ${status} ${code}: ${detail}`);
    const stated = Object.entries(PROBLEM_STATUS).find(([name]) => name === code);
    if (stated?.[1] !== status) this.faults.push(`${step}: ${code} comes with ${status}`);
    this.lookForLeaks(parsed.data);
    return `${step}: ${code}`;
  }

  private lookForLeaks(said: unknown): void {
    const text = JSON.stringify(said);
    const leak = leakIn(text);
    if (leak) this.faults.push(`the answer tells ${leak}: ${text.slice(0, 400)}`);
  }

  private async ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.target.url}/api/v1${path}`, { ...init, signal: this.signal });
    const text = await response.text();
    if (response.status >= 500 && !response.headers.get('content-type')?.includes('json'))
      this.faults.push(`${path} answers ${response.status}`);
    return { status: response.status, body: jsonOr(text), headers: response.headers };
  }

  /** Changes with every version of the data: rows that count, and what the ETag is made of. */
  private async dataNow(): Promise<string> {
    const storage = z.object({ rows: z.record(z.string(), z.number()) }).parse((await this.ask('/storage', {})).body);
    // An import that failed for its rejects keeps them to be looked up; they are no data.
    const { reject: _rejects, reject_header: _headers, ...rows } = storage.rows;
    const { headers } = await this.ask('/aliases', {});
    return JSON.stringify([rows, headers.get('etag')]);
  }

  /** Only what waits to be imported may lie among the uploads. */
  private async nothingLeft(): Promise<void> {
    let left: string[] = [];
    for (let tries = 0; tries < 40; tries++) {
      const names = await readdir(join(this.target.folder, 'uploads'));
      left = names.filter(
        (name) => name.endsWith('.part') || ![...this.target.waiting].some((id) => name.startsWith(id)),
      );
      if (left.length === 0) return;
      await sleep(50);
    }
    this.faults.push(`files are left: ${left.join(', ')}`);
    for (const name of left) this.target.waiting.add(name);
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
