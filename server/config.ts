import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Host, parseHost } from './access/hosts.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './ingest/limits.ts';

const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** `500MB`, `2.5 GiB`: units of 1024. */
const byteSize = z
  .string()
  .regex(/^\d+(\.\d+)? ?[KMGT]i?B$/i, 'a size such as 4GB')
  .transform((text) =>
    Math.floor(Number.parseFloat(text) * (UNITS[/[KMGT]/i.exec(text)?.[0].toUpperCase() ?? ''] ?? 1)),
  );

/** `views.example.com, 192.168.1.5:8080`; empty for none. */
const hostList = z.string().transform((text, context) =>
  text
    .split(',')
    .filter((one) => one.trim() !== '')
    .map((one) => {
      const host = parseHost(one);
      if (!host) context.addIssue({ code: 'custom', message: `“${one.trim()}” is no name with or without a port` });
      return host ?? { name: '', port: '' };
    }),
);

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DRAMASCOPE_HOSTS: hostList.default([]),
  DRAMASCOPE_TOKEN: z.string().default(''),
  DRAMASCOPE_DATA: z.string().min(1).default('./.dramascope'),
  DRAMASCOPE_DEMO: z.enum(['on', 'off']).default('on'),
  DRAMASCOPE_INBOX: z.string().min(1).optional(),
  DRAMASCOPE_INBOX_SETTLE: z.coerce.number().min(0).max(86_400).default(10),
  DRAMASCOPE_TIME_ZONE: z.string().min(1).default('Asia/Shanghai'),
  DRAMASCOPE_MEMORY: z
    .string()
    .regex(/^\d+(\.\d+)? ?(%|[KMGT]i?B)$/i, 'a size such as 4GB')
    .optional(),
  DRAMASCOPE_MAX_UPLOAD: byteSize.default(DEFAULT_LIMITS.uploadBytes),
  DRAMASCOPE_MAX_UNPACKED: byteSize.default(DEFAULT_LIMITS.unpackedBytes),
  DRAMASCOPE_THREADS: z.coerce.number().int().min(1).max(1024).optional(),
  DRAMASCOPE_QUERY_SECONDS: z.coerce.number().min(0.1).max(86_400).default(30),
  DRAMASCOPE_CLICKHOUSE: z.url().optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Further names by which this server may be asked. */
  readonly hosts: readonly Host[];
  /** The secret that pages and programs must know. */
  readonly token?: string;
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly uploadFolder: string;
  readonly spillFolder: string;
  /** Profiles and whatever else is kept beside the warehouse. */
  readonly stateFile: string;
  /** Watched folder, whose files are imported as they come. */
  readonly inboxFolder?: string;
  /** Milliseconds without a change after which a file of it is complete. */
  readonly inboxSettle: number;
  readonly demo: boolean;
  readonly timeZone: string;
  readonly limits: ImportLimits;
  /** Longest time that a question may run, in seconds. */
  readonly querySeconds: number;
  readonly memory?: string;
  readonly threads?: number;
}

/** What each variable does, for --help. */
export const CONFIG_HELP = `Environment:
  PORT                 port to listen on (8080; 0 picks a free one)
  HOST                 address to listen on (127.0.0.1); any but this machine's own loopback needs DRAMASCOPE_TOKEN
  DRAMASCOPE_TOKEN     secret of 16 characters or more that pages and programs must know (none)
  DRAMASCOPE_HOSTS     further names of this server, as a proxy or a DNS entry has them, with commas between (none)
  DRAMASCOPE_DATA      data folder (./.dramascope)
  DRAMASCOPE_DEMO      "off" starts empty instead of with the synthetic demo data (on)
  DRAMASCOPE_INBOX     folder to watch: complete files in it and its subfolders are imported (none)
  DRAMASCOPE_INBOX_SETTLE  seconds without a change after which a file there is complete (10)
  DRAMASCOPE_TIME_ZONE business time zone of a new dataset, an IANA name (Asia/Shanghai)
  DRAMASCOPE_MEMORY    most memory the engine may take, such as 4GB (80 % of the machine)
  DRAMASCOPE_MAX_UPLOAD    largest file that is taken (64GB)
  DRAMASCOPE_MAX_UNPACKED  largest file once unpacked or decoded (64GB)
  DRAMASCOPE_THREADS   threads of the engine (all cores)
  DRAMASCOPE_QUERY_SECONDS  longest time that a question may run, in seconds (30)
`;

/**
 * Reads and checks the environment once.
 * @throws Error that names each wrong variable and what it may be.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These environment variables cannot be used:\n${wrong.join('\n')}\n\n${CONFIG_HELP}`);
  }
  const e = parsed.data;
  if (e.DRAMASCOPE_CLICKHOUSE)
    throw new Error('DRAMASCOPE_CLICKHOUSE is set, but this version has only the embedded engine; unset it.');
  const dataFolder = resolve(e.DRAMASCOPE_DATA);
  return {
    port: e.PORT,
    host: e.HOST,
    hosts: e.DRAMASCOPE_HOSTS,
    ...(e.DRAMASCOPE_TOKEN === '' ? {} : { token: e.DRAMASCOPE_TOKEN }),
    dataFolder,
    databaseFile: join(dataFolder, 'dramascope.duckdb'),
    uploadFolder: join(dataFolder, 'uploads'),
    spillFolder: join(dataFolder, 'spill'),
    stateFile: join(dataFolder, 'state.sqlite'),
    ...(e.DRAMASCOPE_INBOX === undefined ? {} : { inboxFolder: resolve(e.DRAMASCOPE_INBOX) }),
    inboxSettle: e.DRAMASCOPE_INBOX_SETTLE * 1000,
    demo: e.DRAMASCOPE_DEMO === 'on',
    timeZone: e.DRAMASCOPE_TIME_ZONE,
    limits: { ...DEFAULT_LIMITS, uploadBytes: e.DRAMASCOPE_MAX_UPLOAD, unpackedBytes: e.DRAMASCOPE_MAX_UNPACKED },
    querySeconds: e.DRAMASCOPE_QUERY_SECONDS,
    ...(e.DRAMASCOPE_MEMORY === undefined ? {} : { memory: e.DRAMASCOPE_MEMORY }),
    ...(e.DRAMASCOPE_THREADS === undefined ? {} : { threads: e.DRAMASCOPE_THREADS }),
  };
}
