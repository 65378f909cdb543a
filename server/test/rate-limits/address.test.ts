import { expect, test } from 'vitest';
import { addressKey } from '../../src/rate-limits/address.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['nonsense', 'unknown'],
  ['', 'unknown'],
  ['a:b', 'unknown'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('The key of %s is %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
