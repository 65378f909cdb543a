import { texts } from '../texts/texts.ts';

/** The most telling first: Edge and Chrome name Safari too, and Android names Linux. */
const BROWSERS = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'];
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'];
const NAMES: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };

const firstIn = (userAgent: string, names: readonly string[]) => {
  const found = names.find((name) => userAgent.includes(name));
  return found && (NAMES[found] ?? found);
};

/** "Firefox, Linux" for a `User-Agent`; its first word for what is no browser. */
export function deviceOf(userAgent: string | null): string {
  if (userAgent === null) return texts.account.unknownDevice;
  const parts = [firstIn(userAgent, BROWSERS), firstIn(userAgent, SYSTEMS)].filter((part) => part !== undefined);
  return parts.join(', ') || (userAgent.split(/[\s/]/, 1)[0] ?? texts.account.unknownDevice);
}
