import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Host, parseHost } from './access/hosts.ts';
import { SHORTEST_TOKEN } from './access/session.ts';
import { closest, editDistance } from './closest.ts';
import type { Label } from './contract/query.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './ingest/read/limits.ts';
import { StartError } from './start-error.ts';
import { timeZoneFault } from './time-zone.ts';

interface SettingText {
  readonly help: string;
  /** What may be given. */
  readonly may: Label;
  /** What holds if nothing is given, as it is written. */
  readonly fallback: string;
  readonly value: string;
  /** Why just this value cannot be used, if more can be said than `may`. */
  readonly fault?: (text: string) => Label | null;
  /** No flag (every user of the machine can read flags), and never repeated in messages. */
  readonly secret?: boolean;
}
const texts = z.registry<SettingText>();

const LEAST_MEMORY = 64 * 1024 ** 2;
const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };
const SIZE: Label = { en: 'a size such as 500MB or 4GB', zh: '大小，如 500MB 或 4GB' };
const FOLDER: Label = { en: 'the path of a folder', zh: '文件夹的路径' };
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));
const path = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !text.includes('\0'));

/** `500MB`, `2.5 GiB`: units of 1024. */
const byteSize = z
  .string()
  .trim()
  .regex(/^\d+(\.\d+)? ?[KMGT]i?B$/i)
  .transform((text) =>
    Math.floor(Number.parseFloat(text) * (UNITS[/[KMGT]/i.exec(text)?.[0].toUpperCase() ?? ''] ?? 1)),
  )
  .pipe(z.number().int().positive());

/** The engine takes sizes only. */
const memory = z
  .union([
    z
      .string()
      .trim()
      .regex(/^\d+(\.\d+)? ?%$/)
      .transform((text) => Number.parseFloat(text))
      .pipe(z.number().positive().max(100))
      .transform((percent) => Math.floor((totalmem() * percent) / 100)),
    byteSize,
  ])
  .pipe(z.number().min(LEAST_MEMORY));

/** `views.example.com, 192.168.1.5:8080`. */
const hostList = z.string().transform((text, context) =>
  text
    .split(',')
    .filter((one) => one.trim() !== '')
    .flatMap((one) => {
      const host = parseHost(one);
      if (host) return [host];
      context.addIssue('no host');
      return [];
    }),
);

/** Every setting, once; flags and help are made from here. */
const SETTINGS = z.object({
  PORT: whole(0, 65_535)
    .default(8080)
    .register(texts, {
      value: 'number',
      help: 'port to listen on; 0 picks a free one',
      may: { en: 'a whole number from 0 to 65535', zh: '0 到 65535 的整数' },
      fallback: '8080',
    }),
  HOST: z
    .string()
    .trim()
    .min(1)
    .default('127.0.0.1')
    .register(texts, {
      value: 'address',
      help: 'address to listen on',
      may: { en: 'an address of this machine, such as 127.0.0.1', zh: '本机的地址，如 127.0.0.1' },
      fallback: '127.0.0.1',
    }),
  DRAMASCOPE_TOKEN: z
    .string()
    .min(1)
    .optional()
    .register(texts, {
      value: 'secret',
      help: 'secret that pages and programs must know; needed if HOST is beyond this machine',
      may: {
        en: `a secret of ${SHORTEST_TOKEN} characters or more, such as one made by \`openssl rand -hex 24\``,
        zh: `至少 ${SHORTEST_TOKEN} 个字符的密钥，例如用 \`openssl rand -hex 24\` 生成`,
      },
      fallback: 'none',
      secret: true,
    }),
  DRAMASCOPE_HOSTS: hostList
    .pipe(z.custom<Host>().array().min(1))
    .optional()
    .register(texts, {
      value: 'names',
      help: 'further names of this server, as a proxy or a DNS entry has them, with commas between',
      may: {
        en: 'names with or without a port, with commas between, such as views.example.com, 192.168.1.5:8080',
        zh: '主机名（可带端口），以逗号分隔，如 views.example.com, 192.168.1.5:8080',
      },
      fallback: 'none',
    }),
  DRAMASCOPE_DATA: path.default('./.dramascope').register(texts, {
    value: 'folder',
    help: 'data folder',
    may: FOLDER,
    fallback: './.dramascope',
  }),
  DRAMASCOPE_DEMO: z
    .enum(['on', 'off'])
    .default('on')
    .register(texts, {
      value: 'on|off',
      help: '"off" starts empty instead of with the synthetic demo data',
      may: { en: 'on or off', zh: 'on 或 off' },
      fallback: 'on',
    }),
  DRAMASCOPE_INBOX: path.optional().register(texts, {
    value: 'folder',
    help: 'folder to watch: complete files in it and its subfolders are imported',
    may: FOLDER,
    fallback: 'none',
  }),
  DRAMASCOPE_INBOX_SETTLE: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().max(86_400))
    .default(10)
    .register(texts, {
      value: 'seconds',
      help: 'seconds without a change after which a file there is complete',
      may: { en: 'seconds, from 0 to 86400', zh: '秒数，0 到 86400' },
      fallback: '10',
    }),
  DRAMASCOPE_TIME_ZONE: z
    .string()
    .refine((zone) => timeZoneFault(zone) === null)
    .optional()
    .register(texts, {
      value: 'name',
      help: 'business time zone of a dataset, fixed with its first import; an IANA name',
      may: { en: 'an IANA name such as Asia/Shanghai', zh: 'IANA 名称，如 Asia/Shanghai' },
      fallback: 'Asia/Shanghai',
      fault: timeZoneFault,
    }),
  DRAMASCOPE_MEMORY: memory.optional().register(texts, {
    value: 'size',
    help: 'most memory the engine may take, such as 4GB or 50%',
    may: {
      en: 'a size of at least 64MB such as 4GB, or a share of the machine such as 50%',
      zh: '不小于 64MB 的大小，如 4GB；或占本机内存的比例，如 50%',
    },
    fallback: '80% of the machine',
  }),
  DRAMASCOPE_MAX_UPLOAD: byteSize.default(DEFAULT_LIMITS.uploadBytes).register(texts, {
    value: 'size',
    help: 'largest file that is taken',
    may: SIZE,
    fallback: '64GB',
  }),
  DRAMASCOPE_MAX_UNPACKED: byteSize.default(DEFAULT_LIMITS.unpackedBytes).register(texts, {
    value: 'size',
    help: 'largest file once unpacked or decoded',
    may: SIZE,
    fallback: '64GB',
  }),
  DRAMASCOPE_THREADS: whole(1, 1024)
    .optional()
    .register(texts, {
      value: 'number',
      help: 'threads of the engine',
      may: { en: 'a whole number from 1 to 1024', zh: '1 到 1024 的整数' },
      fallback: 'all cores',
    }),
  DRAMASCOPE_QUERY_SECONDS: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(0.1).max(86_400))
    .default(30)
    .register(texts, {
      value: 'seconds',
      help: 'longest time that a question may run, and wait before',
      may: { en: 'seconds, from 0.1 to 86400', zh: '秒数，0.1 到 86400' },
      fallback: '30',
    }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('warn')
    .register(texts, {
      value: 'level',
      help: 'least level of what is logged to stderr',
      may: { en: `one of ${LOG_LEVELS.join(', ')}`, zh: `${LOG_LEVELS.join('、')} 之一` },
      fallback: 'warn',
    }),
});

/** Set by this repository's scripts for each other. */
const OF_SCRIPTS = ['DRAMASCOPE_API', 'DRAMASCOPE_CALLED_FROM', 'DRAMASCOPE_WEB'];

export interface Setting extends SettingText {
  readonly name: string;
  /** Null for one that is no flag. */
  readonly flag: string | null;
}

export const settings: readonly Setting[] = Object.entries(SETTINGS.shape).map(([name, schema]) => {
  const text = texts.get(schema);
  if (!text) throw new Error(`nothing is said of the setting ${name}`);
  const flag = `--${name.replace('DRAMASCOPE_', '').toLowerCase().replaceAll('_', '-')}`;
  return { ...text, name, flag: text.secret ? null : flag };
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly hosts: readonly Host[];
  readonly token?: string;
  readonly dataFolder: string;
  readonly databaseFile: string;
  readonly uploadFolder: string;
  readonly spillFolder: string;
  readonly stateFile: string;
  readonly inboxFolder?: string;
  /** Milliseconds without a change after which a file of it is complete. */
  readonly inboxSettle: number;
  readonly demo: boolean;
  readonly timeZone?: string;
  readonly limits: ImportLimits;
  readonly querySeconds: number;
  /** Bytes. */
  readonly memory?: number;
  readonly threads?: number;
  readonly logLevel: string;
}

/** `env` with flags laid over it, checked. @throws StartError `unknown_setting`, `wrong_setting` */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  refuseUnknown(Object.keys(env));
  const parsed = SETTINGS.safeParse(Object.fromEntries(settings.map(({ name }) => [name, env[name]])));
  if (!parsed.success) throw wrongSettings(new Set(parsed.error.issues.map(({ path: [name] }) => String(name))), env);
  const e = parsed.data;
  const dataFolder = resolve(e.DRAMASCOPE_DATA);
  return {
    port: e.PORT,
    host: e.HOST,
    hosts: e.DRAMASCOPE_HOSTS ?? [],
    ...(e.DRAMASCOPE_TOKEN === undefined ? {} : { token: e.DRAMASCOPE_TOKEN }),
    dataFolder,
    databaseFile: join(dataFolder, 'dramascope.duckdb'),
    uploadFolder: join(dataFolder, 'uploads'),
    spillFolder: join(dataFolder, 'spill'),
    stateFile: join(dataFolder, 'state.sqlite'),
    ...(e.DRAMASCOPE_INBOX === undefined ? {} : { inboxFolder: resolve(e.DRAMASCOPE_INBOX) }),
    inboxSettle: e.DRAMASCOPE_INBOX_SETTLE * 1000,
    demo: e.DRAMASCOPE_DEMO === 'on',
    ...(e.DRAMASCOPE_TIME_ZONE === undefined ? {} : { timeZone: e.DRAMASCOPE_TIME_ZONE }),
    limits: { ...DEFAULT_LIMITS, uploadBytes: e.DRAMASCOPE_MAX_UPLOAD, unpackedBytes: e.DRAMASCOPE_MAX_UNPACKED },
    querySeconds: e.DRAMASCOPE_QUERY_SECONDS,
    ...(e.DRAMASCOPE_MEMORY === undefined ? {} : { memory: e.DRAMASCOPE_MEMORY }),
    ...(e.DRAMASCOPE_THREADS === undefined ? {} : { threads: e.DRAMASCOPE_THREADS }),
    logLevel: e.LOG_LEVEL,
  };
}

/** A misspelt setting must not be ignored: data would land in the wrong folder. */
function refuseUnknown(names: readonly string[]): void {
  const ours = settings.map(({ name }) => name).filter((name) => name.startsWith('DRAMASCOPE_'));
  const known = new Set([...ours, ...OF_SCRIPTS]);
  const unknown = names.filter(
    (name) =>
      !known.has(name) && (/^DRAMASCOPE/i.test(name) || ours.some((one) => editDistance(name.toUpperCase(), one) <= 2)),
  );
  if (unknown.length === 0) return;
  const bare = (name: string) => name.replace(/^DRAMASCOPE_?/i, '');
  const meant = unknown.map((name) => {
    const near = /^DRAMASCOPE/i.test(name)
      ? closest(
          bare(name),
          settings.map((s) => bare(s.name)),
        )
      : closest(name, ours);
    return { name, near: settings.find((s) => s.name === near || bare(s.name) === near)?.name };
  });
  throw new StartError('unknown_setting', {
    en: [
      'These environment variables are no settings of Dramascope. Correct or unset them:',
      ...meant.map(({ name, near }) => `  ${name}${near ? ` (did you mean ${near}?)` : ''}`),
      `Settings: ${ours.join(', ')}. npm start -- --help says what each does.`,
    ].join('\n'),
    zh: [
      '以下环境变量不是 Dramascope 的设置，请更正或取消：',
      ...meant.map(({ name, near }) => `  ${name}${near ? `（是否应为 ${near}？）` : ''}`),
      `可用的设置：${ours.join('、')}。说明见 npm start -- --help。`,
    ].join('\n'),
  });
}

function wrongSettings(names: ReadonlySet<string>, env: Readonly<Record<string, string | undefined>>): StartError {
  const faults = settings
    .filter(({ name }) => names.has(name))
    .map((setting): Label => {
      const given = env[setting.name] ?? '';
      const { name, may, secret } = setting;
      if (given.trim() === '')
        return {
          en: `  ${name} is empty; unset it, or give ${may.en}.`,
          zh: `  ${name} 为空；请取消该变量，或填写：${may.zh}。`,
        };
      const why = setting.fault?.(given);
      if (why) return { en: `  ${name}: ${why.en}`, zh: `  ${name}：${why.zh}` };
      if (secret) return { en: `  ${name}: give ${may.en}.`, zh: `  ${name}：请填写：${may.zh}。` };
      return { en: `  ${name} is “${given}”; give ${may.en}.`, zh: `  ${name} 为“${given}”；请填写：${may.zh}。` };
    });
  return new StartError('wrong_setting', {
    en: ['These settings cannot be used:', ...faults.map(({ en }) => en)].join('\n'),
    zh: ['以下设置无法使用：', ...faults.map(({ zh }) => zh)].join('\n'),
  });
}
