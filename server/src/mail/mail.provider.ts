import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config } from '../config.ts';
import { rootCause } from '../database/errors.ts';
import { Problem } from '../http/problems.ts';
import { BackgroundTasks } from '../scheduling/background-tasks.ts';
import type { Message } from './message.ts';

const TIMEOUT_MS = 10_000;

/** Sends mail through SMTP_URL. Without SMTP_URL, writes it to the log; in production, refuses to send it. */
@Injectable()
export class Mail implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly transport: ReturnType<typeof createTransport> | undefined;
  private readonly tasks = new BackgroundTasks();

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

  /** @throws Problem `mail_unavailable` in production without SMTP_URL */
  assertAvailable(): void {
    if (!this.transport && this.config.isProduction) throw new Problem('mail_unavailable');
  }

  /** @throws Problem `mail_unavailable` if mail is not configured or the mail server rejects the message */
  async send(message: Message): Promise<void> {
    this.assertAvailable();
    if (!this.transport) return this.logger.warn(formatForLog(message));
    try {
      await this.transport.sendMail({ ...message, from: this.config.mail?.from });
    } catch (error) {
      // Logs the reason but never the text of the message: it contains a secret link.
      this.logger.error(`The mail server rejected a message: ${rootCause(error).message}`);
      throw new Problem('mail_unavailable', 'The mail server rejected the message.');
    }
  }

  /** Runs a task that sends mail without making the request wait for it. A shutdown waits for pending tasks. */
  sendInBackground(task: () => Promise<void>): void {
    this.tasks.run(task, (error) => this.logger.error(`Mail could not be sent: ${rootCause(error).message}`));
  }

  async onApplicationShutdown() {
    await this.tasks.finished();
    this.transport?.close();
  }
}

const formatForLog = ({ to, subject, text }: Message) =>
  `SMTP_URL is not set, so this mail is only written to the log.\nTo: ${to}\nSubject: ${subject}\n\n${text}`;
