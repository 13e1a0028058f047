import { describe, expect, it } from 'vitest';
import { readConfig, settings } from '../../server/config.ts';
import { readFlags } from '../../server/flags.ts';
import { StartError } from '../../server/start-error.ts';
import { timeZoneFault } from '../../server/time-zone.ts';

function refusal(env: Record<string, string>): StartError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(env)} was taken`);
}

describe('a setting', () => {
  it.each([
    ['PORT', ['', ' ', 'x', '0x50', '1e3', '-1', '80.5', '65536', '99999999999999999999']],
    ['HOST', ['', ' ']],
    ['DRAMASCOPE_DATA', ['', ' ']],
    ['DRAMASCOPE_DEMO', ['', 'OFF', 'false', '0']],
    ['DRAMASCOPE_INBOX', ['']],
    ['DRAMASCOPE_INBOX_SETTLE', ['', '-1', 'soon', '1e9', 'Infinity']],
    ['DRAMASCOPE_TIME_ZONE', ['', 'Mars/X', 'UTC+8', '+08:00', 'CST', 'Factory', 'Asia/Shanghai\n']],
    ['DRAMASCOPE_MEMORY', ['', '4', 'much', '1KB', '0GB', '0%', '101%', '-4GB']],
    ['DRAMASCOPE_MAX_UPLOAD', ['', '0GB', '64', 'all', '99999999TB']],
    ['DRAMASCOPE_MAX_UNPACKED', ['', '0KB', '1e9B']],
    ['DRAMASCOPE_THREADS', ['', '0', '1.5', 'many', '2048']],
    ['LOG_LEVEL', ['', 'loud']],
  ])('%s that is nonsense is refused with its name, what was given and what may be given', (name, values) => {
    for (const value of values) {
      const { code, exitCode, detail } = refusal({ [name]: value });
      expect([code, exitCode, value]).toEqual(['wrong_setting', 2, value]);
      expect(detail.en.split('\n')).toHaveLength(value.endsWith('\n') ? 3 : 2);
      for (const said of [detail.en, detail.zh]) {
        expect(said).toContain(name);
        if (value.trim() !== '') expect(said).toContain(value);
      }
    }
  });

  it('is read as it is meant', () => {
    const config = readConfig({
      PORT: '0',
      DRAMASCOPE_MEMORY: '2GB',
      DRAMASCOPE_INBOX_SETTLE: '0.5',
      DRAMASCOPE_TIME_ZONE: 'Etc/GMT-8',
      DRAMASCOPE_MAX_UPLOAD: '1.5 MiB',
    });
    expect(config).toMatchObject({ port: 0, memory: 2 * 1024 ** 3, inboxSettle: 500, timeZone: 'Etc/GMT-8' });
    expect(config.limits.uploadBytes).toBe(1.5 * 1024 ** 2);
    expect(readConfig({ DRAMASCOPE_MEMORY: '50%' }).memory).toBeGreaterThan(64 * 1024 ** 2);
  });

  it('that is not known is refused with the one that is most likely meant, and those of the scripts are left alone', () => {
    const meant = {
      DRAMASCOPE_DATAS: 'DRAMASCOPE_DATA',
      DRAMASCOPE_TIMEZONE: 'DRAMASCOPE_TIME_ZONE',
      DRAMASCOPE_PORT: 'PORT',
      DRAMASCOPE_PROT: 'PORT',
      dramascope_demo: 'DRAMASCOPE_DEMO',
      DRAMSCOPE_DATA: 'DRAMASCOPE_DATA',
    };
    for (const [name, known] of Object.entries(meant)) {
      const { code, detail } = refusal({ [name]: 'x' });
      expect([name, code]).toEqual([name, 'unknown_setting']);
      for (const said of [detail.en, detail.zh])
        expect(said.split('\n')[1]).toMatch(new RegExp(`^  ${name}.* ${known}[？?]`));
    }
    expect(refusal({ DRAMASCOPE_CLICKHOUSE: 'http://127.0.0.1' }).detail.en.split('\n')[1]).toBe(
      '  DRAMASCOPE_CLICKHOUSE',
    );
    readConfig({ DRAMASCOPE_WEB: 'off', DRAMASCOPE_API: 'x', DRAMASCOPE_CALLED_FROM: '/', PATH: '/bin', DATA: 'x' });
  });

  it('is also a flag, and its flag says the same', () => {
    for (const { name, flag } of settings)
      if (flag) expect(readFlags(['node', 'main', flag, 'x y'])).toEqual({ [name]: 'x y' });
  });
});

describe('a time zone', () => {
  it.each([
    ['UTC+8', 'Etc/GMT-8'],
    ['GMT+08:00', 'Etc/GMT-8'],
    ['+8', 'Asia/Shanghai'],
    ['UTC-5', 'Etc/GMT+5'],
    ['UTC+0', 'Etc/UTC'],
    ['CST', 'Asia/Shanghai'],
    ['UTC+5:30', 'IANA'],
    ['UTC+99', 'IANA'],
  ])('%s is refused with what to write instead: %s', (zone, instead) => {
    expect(timeZoneFault(zone)?.en).toContain(instead);
    expect(timeZoneFault(zone)?.zh).toContain(instead);
  });

  it('of IANA is taken', () => {
    for (const zone of ['Asia/Shanghai', 'UTC', 'Etc/GMT-8', 'America/Argentina/Ushuaia', 'PRC', 'EST', 'Asia/Kolkata'])
      expect(timeZoneFault(zone)).toBeNull();
  });
});
