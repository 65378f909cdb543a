import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config } from '../config.ts';
import { rootCause } from '../database/errors.ts';
import { Problem } from '../http/problems.ts';
import type { Message } from './message.ts';

const TIMEOUT_MS = 10_000;

/** Sends mail by SMTP_URL; without it, writes it into the log, or in production refuses to. */
@Injectable()
export class Mail implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly transport: ReturnType<typeof createTransport> | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.transport =
      config.mail &&
      createTransport(config.mail.smtpUrl, {
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      } as object);
  }

  /** @throws Problem `mail_unavailable` where no mail can ever be sent */
  assertAvailable(): void {
    if (!this.transport && this.config.isProduction) throw new Problem('mail_unavailable');
  }

  /** @throws Problem `mail_unavailable` when the server does not take it */
  async send(message: Message): Promise<void> {
    this.assertAvailable();
    if (!this.transport) return this.logger.warn(written(message));
    try {
      await this.transport.sendMail({ ...message, from: this.config.mail?.from });
    } catch (error) {
      // Why, is for the log; what the message says is not.
      this.logger.error(`The mail server did not take a message: ${rootCause(error).message}`);
      throw new Problem('mail_unavailable', 'The mail server did not take the message.');
    }
  }

  /** Does what nobody waits for; a server that stops still does. */
  later(work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.logger.error(`Mail was not sent: ${rootCause(error).message}`))
      .finally(() => this.underWay.delete(running));
    this.underWay.add(running);
  }

  async onApplicationShutdown() {
    await Promise.all(this.underWay);
    this.transport?.close();
  }
}

const written = ({ to, subject, text }: Message) =>
  `SMTP_URL is not set, so this mail is only written here.\nTo: ${to}\nSubject: ${subject}\n\n${text}`;
