import type { Cluster } from './cluster.ts';
import { PORT } from './socket-directory.ts';

const DEFAULTS = {
  listen_addresses: '',
  max_connections: '100',
  // A quarter of the memory of a machine with 1 GB, as the documentation of PostgreSQL recommends. Pages take memory
  // only once they are used.
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '[%p] ',
  // Failed statements are reported to the client. In the log they would expose the data that users entered.
  log_min_error_statement: 'panic',
  // Cancels the statement of a client that was killed, which would otherwise delay the shutdown.
  client_connection_check_interval: '2s',
};

/** Returns the settings as command-line arguments of `postgres`. */
export function settingArguments({ socketDirectory, settings }: Cluster): string[] {
  // The value is a list of directories. Quotes keep a comma or a blank inside one path.
  const unix_socket_directories = `"${socketDirectory.replaceAll('"', '""')}"`;
  const all = { ...DEFAULTS, ...settings, unix_socket_directories, port: String(PORT) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
