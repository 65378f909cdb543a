import { Controller, Get, Header, Param, Redirect, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '../access/access.decorators.ts';
import { HTML, negotiateHtml } from '../http/not-found-page.ts';
import { PROBLEMS, Problem, type ProblemCode } from '../http/problems.ts';
import { IsConstant } from '../http/response.decorators.ts';
import { type HomeLink, PagesService } from './pages.service.ts';

const ProblemPath = z.object({ code: z.string() });

/** The pages besides the admin site: the start page and the problems. */
@Controller()
@Public()
@ApiExcludeController()
export class WebController {
  constructor(private readonly pages: PagesService) {}

  @Get()
  home(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!negotiateHtml(request, reply)) return HOME_JSON;
    void reply.type(HTML);
    return this.pages.home(NAME, DESCRIPTION, LINKS);
  }

  /** The targets of emailed links. Browsers keep the fragment with its token when they follow the redirect. */
  @Get('accept-invitation')
  @Redirect('/admin/accept-invitation')
  acceptInvitation() {}

  @Get('new-password')
  @Redirect('/admin/new-password')
  newPassword() {}

  @Get('style.css')
  @IsConstant()
  @Header('content-type', 'text/css; charset=utf-8')
  style() {
    return this.pages.style;
  }

  /** Browsers request `/favicon.ico` for responses that are no pages, such as JSON. */
  @Get(['favicon.svg', 'favicon.ico'])
  @IsConstant()
  @Header('content-type', 'image/svg+xml')
  favicon() {
    return this.pages.favicon;
  }

  @Get('problems')
  @Header('content-type', HTML)
  problems() {
    return this.pages.problems();
  }

  @Get('problems/:code')
  problem(
    @Param({ schema: ProblemPath }) { code }: z.output<typeof ProblemPath>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const isKnown = Object.hasOwn(PROBLEMS, code);
    if (!isKnown && !negotiateHtml(request, reply))
      throw new Problem('not_found', `No problem has the code ${JSON.stringify(code)}.`);
    void reply.type(HTML).status(isKnown ? 200 : 404);
    return isKnown ? this.pages.problem(code as ProblemCode) : this.pages.notFound();
  }
}

const NAME = 'Rubric';
const DESCRIPTION = 'The articles of a publication and the categories they belong to.';
const LINKS: readonly HomeLink[] = [
  { name: 'admin', path: '/admin', description: 'Where people write, file and publish.' },
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
