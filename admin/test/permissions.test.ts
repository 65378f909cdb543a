import { expect, test } from 'vitest';
import { PERMISSIONS as OF_SERVER, scopeOfRole } from '../../server/src/access/permissions.ts';
import { ROLES as ROLES_OF_SERVER } from '../../server/src/database/schema/enums.ts';
import { PERMISSIONS, ROLES, scopeOf } from '../src/api/permissions.ts';

test('The site knows the permissions that the server enforces', () => {
  expect(ROLES).toEqual(ROLES_OF_SERVER);
  expect(PERMISSIONS.toSorted()).toEqual(OF_SERVER.toSorted());
  for (const permission of PERMISSIONS)
    for (const role of ROLES)
      expect(scopeOf(role, permission), `${role} ${permission}`).toBe(scopeOfRole(role, permission));
});
