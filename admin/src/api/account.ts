import { getYourAccount } from '@rubric/client';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { type Permission, scopeOf } from './permissions.ts';

/** The account that is signed in. Fails with `unauthorized` when nobody is. */
export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: () => getYourAccount(), staleTime: 60_000 });

/** The account that is signed in, on every screen behind the sign-in. */
export const useAccount = () => useSuspenseQuery(accountQuery).data;

/**
 * How far a permission of the account reaches; undefined without it. Hides what would be refused. The API is asked all the
 * same, and what it says counts.
 */
export const useScope = (permission: Permission) => scopeOf(useAccount().role, permission);
