export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** Puts the token into the fragment: browsers do not send fragments to servers, so the token reaches no access log. */
export const linkWithToken = (origin: string, page: 'accept-invitation' | 'new-password', token: string) =>
  `${origin}/${page}#token=${token}`;

export const invitationMessage = (to: string, link: string, days: number): Message => ({
  to,
  subject: 'Your invitation to Rubric',
  text: `You have been invited to work on a publication. Choose a name and a password here:

${link}

The link works once and expires after ${days} days. Do not share it: anyone who has it can use it.
`,
});

export const passwordResetMessage = (to: string, link: string): Message => ({
  to,
  subject: 'Reset your Rubric password',
  text: `Someone requested a new password for your account. If it was you, choose one here:

${link}

The link works once and expires after one hour. If you did not request it, ignore this email. Your password stays the same.
`,
});
