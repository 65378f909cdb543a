import { texts } from '../texts/texts.ts';

/** What a new password has to be, said before it is refused. The server has the rules. */
export const newPasswordProps = {
  label: texts.session.newPassword,
  hint: texts.session.newPasswordHint,
  type: 'password',
  autoComplete: 'new-password',
  required: true,
} as const;
