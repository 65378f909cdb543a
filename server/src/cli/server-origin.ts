import type { Config } from '../config.ts';

/** Returns the URL at which a server on this machine is reached: through localhost if it listens on all addresses. */
export function serverOrigin({ host, port }: Pick<Config, 'host' | 'port'>): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const PREFIX = 'rubric ';
/** PostgreSQL truncates longer names. */
const MAX_APPLICATION_NAME = 63;

/**
 * Returns the name under which a server connects to PostgreSQL. It contains the server's URL, which commands print. The
 * URL is unknown if the system picks the port.
 */
export function serverApplicationName(config: Config): string | undefined {
  const name = PREFIX + serverOrigin(config);
  return config.port === 0 || name.length > MAX_APPLICATION_NAME ? undefined : name;
}

/** Returns the URLs of running servers from the names under which they connect to PostgreSQL. */
export const serverOrigins = (applicationNames: readonly string[]): string[] =>
  applicationNames.filter((name) => name.startsWith(`${PREFIX}http`)).map((name) => name.slice(PREFIX.length));
