import { z } from 'zod';
import { MAX, TOKEN_ROLES } from '../database/limits.ts';
import { filledText, idOut, instant, instantOut, pathId } from '../http/wire.schema.ts';

export const TokenCreate = z
  .strictObject({
    name: filledText(MAX.name),
    role: z.enum(TOKEN_ROLES),
    expiresAt: instant
      .refine((value) => value.getTime() > Date.now(), 'must lie in the future')
      .nullable()
      .optional(),
  })
  .meta({ id: 'TokenCreate', examples: [{ name: 'front end', role: 'reader' }] });
export type TokenCreate = z.output<typeof TokenCreate>;

const tokenShape = {
  id: idOut,
  name: z.string(),
  role: z.enum(TOKEN_ROLES),
  prefix: z.string().meta({ description: 'The part of the token that is no secret, to recognise it by.' }),
  createdAt: instantOut,
  expiresAt: instantOut.nullable(),
  revokedAt: instantOut.nullable(),
};

export const Token = z.object(tokenShape).meta({ id: 'Token', description: 'A token, without its secret.' });
export const NewTokenAnswer = z
  .object({ ...tokenShape, token: z.string().meta({ description: 'The whole token; shown this once.' }) })
  .meta({ id: 'NewToken' });
export const TokenList = z.object({ data: z.array(Token) }).meta({ id: 'TokenList' });
export const TokenPath = z.object({ id: pathId });
