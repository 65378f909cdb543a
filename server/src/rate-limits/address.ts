import ipaddr from 'ipaddr.js';

/**
 * Returns the part of an address that one client cannot easily change: the whole IPv4 address, including one mapped into
 * IPv6, or the first 64 bits of an IPv6 address, because a client usually controls the other 64. All strings that are
 * not addresses share the key `unknown`.
 */
export function addressKey(address: string): string {
  // Some proxies append the port to an IPv4 address; the zone of a link-local address names an interface of this server.
  const bare = address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/%.*/s, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (!ipaddr.IPv6.isValid(bare)) return 'unknown';
  const ip = ipaddr.IPv6.parse(bare);
  if (ip.isIPv4MappedAddress()) return ip.toIPv4Address().toString();
  const network = ip.parts.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}
