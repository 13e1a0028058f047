/** Files of the watched folder in the list of imports: those that need an answer, and those that failed. */
import type { ImportRecord } from '../../contract/imports.ts';

interface Waiting {
  readonly record: ImportRecord;
  readonly dismiss: (() => void) | undefined;
}

export class WaitingFiles {
  private readonly known = new Map<string, Waiting>();

  /** @param dismiss if the user does not want the file; left out: it cannot be dismissed */
  tell(record: ImportRecord, dismiss?: () => void): void {
    this.known.set(record.import_id, { record, dismiss });
  }

  forget(importId: string): void {
    this.known.delete(importId);
  }

  has(importId: string): boolean {
    return this.known.has(importId);
  }

  list(): ImportRecord[] {
    return [...this.known.values()].map(({ record }) => record).reverse();
  }

  find(importId: string): ImportRecord | null {
    return this.known.get(importId)?.record ?? null;
  }

  dismiss(importId: string, now: Date): ImportRecord | null {
    const found = this.known.get(importId);
    if (found?.dismiss === undefined) return null;
    this.known.delete(importId);
    found.dismiss();
    return { ...found.record, status: 'cancelled', error: null, finished_at: now.toISOString() };
  }
}
