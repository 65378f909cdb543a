export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** The token stands behind the `#`: browsers send it to no server, so that it gets into no log on the way. */
export const linkWithToken = (origin: string, page: 'accept-invitation' | 'new-password', token: string) =>
  `${origin}/${page}#token=${token}`;

export const invitationMessage = (to: string, link: string, days: number): Message => ({
  to,
  subject: 'Your invitation to Rubric',
  text: `You are invited to work on a publication. Choose a name and a password here:

${link}

The link is good once, for ${days} days. Whoever holds it can use it: do not pass it on.
`,
});

export const passwordResetMessage = (to: string, link: string): Message => ({
  to,
  subject: 'A new password for Rubric',
  text: `Somebody, perhaps you, asked for a new password. Choose one here:

${link}

The link is good once, for an hour. If it was not you, there is nothing to do: the old password stays.
`,
});
