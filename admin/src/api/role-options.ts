import { texts } from '../texts/texts.ts';
import { ROLES } from './permissions.ts';

/** The roles to choose from, each with what it may. */
export const ROLE_OPTIONS = ROLES.map((value) => ({
  value,
  label: texts.roles[value].name,
  hint: texts.roles[value].hint,
}));
