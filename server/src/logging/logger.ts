import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';

/** Nest logger backed by pino: writes one JSON object per line to standard output. */
export class Logger implements LoggerService {
  readonly pino: Pino;

  /** @param destination replaces standard output */
  constructor(level: string, destination?: DestinationStream) {
    const options = { level, base: undefined, redact: ['req.headers.authorization', 'req.headers.cookie'] };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest);

  /** Nest passes the context as the last argument. If the first is an object of fields, the message text follows it. */
  private write(level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]) {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    if (typeof message === 'object' && message !== null)
      this.pino[level]({ context, ...message }, typeof rest[0] === 'string' ? rest[0] : '');
    else this.pino[level]({ context }, String(message));
  }
}
