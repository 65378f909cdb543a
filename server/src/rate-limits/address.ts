/**
 * What one client cannot easily change of its address: all of an IPv4 address, also where it is written as IPv6, and of
 * an IPv6 address the first 64 bits, since the others are handed out by the billion. What is no address is one client.
 */
export function addressKey(address: string): string {
  const [bare = ''] = address.split('%', 1);
  // Some proxies add the port.
  const [, v4] = /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(bare) ?? [];
  if (v4 !== undefined) return v4;
  const groups = /^[0-9a-f:.]+$/i.test(bare) ? groupsOf(bare) : [];
  if (groups.length !== 8) return 'unknown';
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return `${groups.slice(0, 4).map(hex).join(':')}::/64`;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

/** The eight groups of an IPv6 address, with `::` and a closing IPv4 address written out. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const before = numbersOf(head);
  if (tail === undefined) return before;
  const after = numbersOf(tail);
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

const numbersOf = (part: string) =>
  part === ''
    ? []
    : part.split(':').flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [(a << 8) | b, (c << 8) | d];
      });

const hex = (group: number) => group.toString(16);
