import { isDeepStrictEqual } from 'node:util';
import { FORM_NAMES, type FormName } from './floor/forms.ts';
import { once } from './load/connection.ts';
import type { Server } from './servers.ts';
import { requestBytes, type Workload } from './workloads.ts';

/** The number of responses that are compared for each workload. */
const COMPARED = 10;

interface Body {
  id?: number;
  data?: { id: number }[];
}

/**
 * Compares responses before a workload is measured. The floor must return the same body as Rubric, in both forms. The
 * textbook has fewer fields, and must return the same ids (for the tree: the same counts).
 *
 * @throws Error that shows the first difference
 */
export async function verify(workload: Workload, servers: Server[], token: string): Promise<void> {
  for (let number = 0; number < (workload.name === 'W10' ? 1 : COMPARED); number += 1) {
    const call = workload.call(number);
    const request = async (server: Server, form: FormName) => {
      const { status, body } = await once(server.port, requestBytes(call, { server: server.name, form, token }));
      if (status !== workload.status)
        throw new Error(`${workload.name}: ${server.name} responds with ${status} to ${call.path}: ${body}`);
      return JSON.parse(body) as Body;
    };
    const [rubric, floor, textbook] = servers as [Server, Server, Server];
    const expected = await request(rubric, 'memory');
    for (const form of FORM_NAMES) {
      assertSame(
        await request(floor, form),
        expected,
        `${workload.name}: the floor (${form}) responds differently to ${call.path}`,
      );
    }
    const plain = await request(textbook, 'memory');
    assertSame(idsOf(plain), idsOf(expected), `${workload.name}: the textbook responds differently to ${call.path}`);
  }
}

function assertSame(actual: unknown, expected: unknown, message: string) {
  const [found, wanted] = [comparable(actual), comparable(expected)];
  if (isDeepStrictEqual(found, wanted)) return;
  throw new Error(
    `${message}:\n${JSON.stringify(found).slice(0, 1500)}\nwhere Rubric responds with\n${JSON.stringify(wanted).slice(0, 1500)}`,
  );
}

/** Replaces each cursor by whether there is one. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, each: unknown) =>
    key === 'next' || key === 'previous' ? each !== null : each,
  );
  return JSON.parse(text);
}

type Node = { id: number; articleCount?: number; articleCountDeep?: number; children?: Node[] };

function idsOf({ id, data }: Body): unknown {
  const counts = ({ id: of, articleCount, articleCountDeep, children }: Node): unknown => [
    of,
    articleCount,
    articleCountDeep,
    children?.map(counts),
  ];
  return data === undefined ? id : data.map(counts);
}
