import { useAccount } from '../api/account.ts';
import { scopeOf } from '../api/permissions.ts';
import { NAVIGATION } from './navigation.ts';

/** The screens that the person may see. */
export function useNavigation() {
  const { role } = useAccount();
  return NAVIGATION.map(({ name, screens }) => ({
    name,
    screens: screens.filter(({ permission }) => permission === undefined || scopeOf(role, permission) !== undefined),
  })).filter(({ screens }) => screens.length > 0);
}
