import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { exampleProblem } from '../http/problem-examples.ts';
import { PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { compileTemplate } from './template.ts';

export interface HomeLink {
  name: string;
  path: string;
  description: string;
}

/** Reads a file of this folder. Always from `src/`, because the build copies only TypeScript to `dist/`. */
const readFile = (path: string) => readFileSync(new URL(`../../src/web/${path}`, import.meta.url), 'utf8');
const readTemplate = <Name extends string>(file: string) => compileTemplate<Name>(readFile(`templates/${file}`));

const layout = readTemplate<'title' | 'body'>('layout.html');
const home = readTemplate<'name' | 'description' | 'links'>('home.html');
const homeLink = readTemplate<'path' | 'description'>('home-link.html');
const problem = readTemplate<'title' | 'status' | 'code' | 'meaning' | 'example'>('problem.html');
const problems = readTemplate<'problems'>('problems.html');
const problemLink = readTemplate<'status' | 'code' | 'meaning'>('problem-link.html');
const notFound = readTemplate<never>('not-found.html')({});

/** Renders the pages as HTML. Templates are read once, at the start. */
@Injectable()
export class PagesService {
  readonly style = readFile('style.css');
  readonly favicon = readFile('favicon.svg');

  /** The start page for browsers. */
  home(name: string, description: string, links: readonly HomeLink[]): string {
    return String(layout({ title: name, body: home({ name, description, links: links.map(homeLink) }) }));
  }

  /** The page of one problem, at the path in its `type`. */
  problem(code: ProblemCode): string {
    const example = JSON.stringify(exampleProblem(code), null, 2);
    return String(layout({ title: PROBLEMS[code].title, body: problem({ ...PROBLEMS[code], code, example }) }));
  }

  /** The list of all problems. */
  problems(): string {
    const codes = Object.keys(PROBLEMS) as ProblemCode[];
    const links = codes.map((code) => problemLink({ ...PROBLEMS[code], code }));
    return String(layout({ title: 'Problems', body: problems({ problems: links }) }));
  }

  /** The page for a path that does not exist. */
  notFound(): string {
    return String(layout({ title: 'Not found', body: notFound }));
  }
}
