import { isDeepStrictEqual } from 'node:util';
import type { FormName } from './floor/article.ts';
import { once } from './load/connection.ts';
import type { Server } from './servers.ts';
import { requestBytes, type Workload } from './workloads.ts';

/** How many requests of each workload are compared before it is measured. */
const COMPARED = 10;

interface Answered {
  id?: number;
  data?: { id: number }[];
}

/**
 * Compares answers before anything is measured: the floor must give all that Rubric gives, in both forms; the textbook,
 * which leaves some fields to its readers, the same ids (in the tree: the same counts).
 * @throws Error that shows the first difference
 */
export async function verify(workload: Workload, servers: Server[], token: string): Promise<void> {
  for (let number = 0; number < (workload.name === 'W10' ? 1 : COMPARED); number += 1) {
    const call = workload.call(number);
    const ask = async (server: Server, form: FormName) => {
      const { status, body } = await once(server.port, requestBytes(call, { server: server.name, form, token }));
      if (status !== workload.status)
        throw new Error(`${workload.name}: ${server.name} answers ${status} to ${call.path}: ${body}`);
      return JSON.parse(body) as Answered;
    };
    const [rubric, floor, textbook] = servers as [Server, Server, Server];
    const expected = await ask(rubric, 'rows');
    for (const form of ['rows', 'json'] as const) {
      same(
        await ask(floor, form),
        expected,
        `${workload.name}: the floor (${form}) answers differently to ${call.path}`,
      );
    }
    const plain = await ask(textbook, 'rows');
    same(idsOf(plain), idsOf(expected), `${workload.name}: the textbook answers differently to ${call.path}`);
  }
}

function same(actual: unknown, expected: unknown, message: string) {
  const [is, wanted] = [comparable(actual), comparable(expected)];
  if (isDeepStrictEqual(is, wanted)) return;
  throw new Error(
    `${message}:\n${JSON.stringify(is).slice(0, 1500)}\nwhere Rubric answers\n${JSON.stringify(wanted).slice(0, 1500)}`,
  );
}

/** Without the text of cursors: only whether there is one. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, each: unknown) =>
    key === 'next' || key === 'previous' ? each !== null : each,
  );
  return JSON.parse(text);
}

type Node = { id: number; articleCount?: number; articleCountDeep?: number; children?: Node[] };

function idsOf({ id, data }: Answered): unknown {
  const counts = ({ id: of, articleCount, articleCountDeep, children }: Node): unknown => [
    of,
    articleCount,
    articleCountDeep,
    children?.map(counts),
  ];
  return data === undefined ? id : data.map(counts);
}
