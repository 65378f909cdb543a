import { describe, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { newAccount, PASSWORD, Person, signIn } from '../harness/person.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

describe('POST /sessions', () => {
  test('answers 201 with the account and a cookie', async () => {
    const { id, email } = await newAccount(server, 'editor');
    const person = new Person(server.url);
    const answer = await person.post('/sessions', { email: email.toUpperCase(), password: PASSWORD });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({ id, email, role: 'editor', secondFactor: false, suspendedAt: null });
    expect((await person.get('/sessions')).body.data).toMatchObject([{ current: true, address: '127.0.0.1' }]);
  });

  test('answers 401 sign_in_refused', async () => {
    const { email } = await newAccount(server, 'editor');
    expectProblem(
      await server.anonymous.post('/sessions', { email, password: 'something else' }),
      401,
      'sign_in_refused',
    );
  });
});
