import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../access/access.decorators.ts';
import { PROBLEMS, Problem, type ProblemCode } from '../http/problems.ts';
import { acceptInvitationPage, newPasswordPage } from './forms.ts';
import { type Home, homePage, problemPage, problemsPage } from './pages.ts';

const HTML = 'text/html; charset=utf-8';
/** The same file for the sources and for what is built from them. */
const SCRIPT = readFileSync(new URL('../../src/web/form-script.js', import.meta.url), 'utf8');
const ProblemPath = z.object({ code: z.string() });

/** For people who open the server in a browser: what runs here, and what each problem means. */
@Controller()
@Public()
@ApiExcludeController()
export class WebController {
  @Get()
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('vary', 'accept, authorization, cookie');
    if (!accept?.includes('text/html')) return HOME_FOR_PROGRAMS;
    void reply.type(HTML);
    return homePage(HOME);
  }

  @Get('accept-invitation')
  @Header('content-type', HTML)
  acceptInvitation() {
    return acceptInvitationPage();
  }

  @Get('new-password')
  @Header('content-type', HTML)
  newPassword() {
    return newPasswordPage();
  }

  @Get('form-script.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  formScript() {
    return SCRIPT;
  }

  @Get('problems')
  @Header('content-type', HTML)
  problems() {
    return problemsPage();
  }

  @Get('problems/:code')
  @Header('content-type', HTML)
  problem(@Param({ schema: ProblemPath }) { code }: z.output<typeof ProblemPath>) {
    if (!Object.hasOwn(PROBLEMS, code)) throw new Problem('not_found', 'There is no problem of that name.');
    return problemPage(code as ProblemCode);
  }
}

const HOME: Home = {
  name: 'Rubric',
  description: 'The articles of a publication and the categories they belong to.',
  links: [
    { name: 'documentation', path: '/docs', about: 'Every call, to read and to try out.' },
    { name: 'articles', path: '/articles', about: 'What is published, newest first.' },
    { name: 'categories', path: '/categories?tree=true', about: 'The tree that articles are filed under.' },
    { name: 'authors', path: '/authors', about: 'Who wrote them.' },
    { name: 'openapi', path: '/openapi.json', about: 'The same documentation, for programs.' },
    { name: 'problems', path: '/problems', about: 'What each error means.' },
    { name: 'health', path: '/health/ready', about: 'Whether all is well.' },
  ],
};

const HOME_FOR_PROGRAMS = {
  name: HOME.name,
  description: HOME.description,
  links: Object.fromEntries(HOME.links.map(({ name, path }) => [name, path])),
};
