import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../access/access.decorators.ts';
import { PROBLEMS, Problem, type ProblemCode } from '../http/problems.ts';
import { acceptInvitationPage, type HomeLink, homePage, newPasswordPage, problemPage, problemsPage } from './pages.ts';
import { readWebFile } from './template.ts';

const HTML = 'text/html; charset=utf-8';
const STYLE = readWebFile('style.css');
const SCRIPT = readWebFile('form-script.js');
const ProblemPath = z.object({ code: z.string() });

/** The pages for people: the start page, the problems, and the forms that links in mail lead to. */
@Controller()
@Public()
@ApiExcludeController()
export class WebController {
  @Get()
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('vary', 'accept, authorization, cookie');
    if (!accept?.includes('text/html')) return HOME_JSON;
    void reply.type(HTML);
    return homePage(NAME, DESCRIPTION, LINKS);
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

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style() {
    return STYLE;
  }

  @Get('form-script.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script() {
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
    if (!Object.hasOwn(PROBLEMS, code))
      throw new Problem('not_found', `No problem has the code ${JSON.stringify(code)}.`);
    return problemPage(code as ProblemCode);
  }
}

const NAME = 'Rubric';
const DESCRIPTION = 'The articles of a publication and the categories they belong to.';
const LINKS: readonly HomeLink[] = [
  { name: 'documentation', path: '/docs', description: 'Every route, to read and to try out.' },
  { name: 'articles', path: '/articles', description: 'Published articles, newest first.' },
  { name: 'categories', path: '/categories?tree=true', description: 'The tree of categories.' },
  { name: 'authors', path: '/authors', description: 'The authors of the articles.' },
  { name: 'openapi', path: '/openapi.json', description: 'The documentation as OpenAPI, for programs.' },
  { name: 'problems', path: '/problems', description: 'What each error means.' },
  { name: 'health', path: '/health/ready', description: 'Whether the server can handle requests.' },
];

const HOME_JSON = {
  name: NAME,
  description: DESCRIPTION,
  links: Object.fromEntries(LINKS.map(({ name, path }) => [name, path])),
};
