/** Asks `/healthz` again and again beside the requests, from a process of its own: how long the server's loop is held up. */
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Milliseconds within which `/healthz` answers, whatever else is asked. */
export const PROMPT = 100;

const beat = z.object({
  /** When it was asked, in milliseconds since 1970. */
  at: z.number(),
  milliseconds: z.number(),
  /** Of these, how long the asker or the server stood in line for a core. */
  waited: z.number(),
  ok: z.boolean(),
});
export type Beat = z.infer<typeof beat>;

export interface Health {
  readonly asked: number;
  readonly worst: number;
  /** Beats that came later than they may. */
  readonly late: readonly Beat[];
}

export function watchHealth(url: string, pid: number): { stop(): Promise<Health> } {
  const child = fork(fileURLToPath(import.meta.url), [url, String(pid)]);
  const beats: Beat[] = [];
  child.on('message', (message) => beats.push(beat.parse(message)));
  return {
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
      const own = ({ milliseconds, waited }: Beat) => Math.max(0, milliseconds - waited);
      return {
        asked: beats.length,
        worst: beats.reduce((most, one) => Math.max(most, own(one)), 0),
        late: beats.filter((one) => own(one) > PROMPT || !one.ok),
      };
    },
  };
}

/** Milliseconds that the first thread of a process was ready to run and had no core; 0 if the system does not tell. */
function inLine(pid: number | string): number {
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0;
}

async function ask(url: string, pid: number): Promise<void> {
  for (;;) {
    const at = Date.now();
    const lines = inLine(pid) + inLine(process.pid);
    const from = performance.now();
    const ok = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(60_000) }).then(
      async (answer) => answer.ok && (await answer.text()).length > 0,
      () => false,
    );
    const milliseconds = performance.now() - from;
    if (!process.connected) return;
    process.send?.({ at, milliseconds, waited: inLine(pid) + inLine(process.pid) - lines, ok });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const [, program, url, pid] = process.argv;
if (process.send && url && pid && program === fileURLToPath(import.meta.url)) await ask(url, Number(pid));
