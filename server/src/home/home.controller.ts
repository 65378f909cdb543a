import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../auth/access.decorators.ts';
import { PROBLEMS, Problem, type ProblemCode } from '../http/problems.ts';
import { homePage, problemPage, problemsPage } from './pages.ts';

const HTML = 'text/html; charset=utf-8';
const ProblemPath = z.object({ code: z.string() });

/** For people who open the server in a browser: what runs here, and what each problem means. */
@Controller()
@Public()
@ApiExcludeController()
export class HomeController {
  @Get()
  home(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('vary', 'accept, authorization');
    if (!accept?.includes('text/html')) return HOME;
    void reply.type(HTML);
    return homePage(HOME);
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

const HOME = {
  name: 'Rubric',
  description: 'The articles of a publication and the categories they belong to.',
  links: {
    documentation: '/docs',
    openapi: '/openapi.json',
    articles: '/articles',
    categories: '/categories?tree=true',
    authors: '/authors',
    problems: '/problems',
    health: '/health/ready',
  },
};
