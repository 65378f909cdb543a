import type { CategoryTreeNode } from '@rubric/client';

/** The invisible node above the categories at the top. */
export const ROOT = '0';

export interface TreeNode {
  id: string;
  name: string;
  parentId: string;
  position: number;
  articleCount: number;
  articleCountDeep: number;
  version: number;
  /** In order. */
  children: readonly string[];
}

/** The tree by id, which is a string here, as keys of elements are. */
export type CategoryTree = ReadonlyMap<string, TreeNode>;

/** Flattens the answer of the API. */
export function toTree(roots: readonly CategoryTreeNode[]): CategoryTree {
  const tree = new Map<string, TreeNode>();
  const add = (node: CategoryTreeNode, parentId: string) => {
    const id = String(node.id);
    const { name, position, articleCount, articleCountDeep, version } = node;
    const children = node.children.map((child) => String(child.id));
    tree.set(id, { id, name, parentId, position, articleCount, articleCountDeep, version, children });
    for (const child of node.children) add(child, id);
  };
  const children = roots.map(({ id }) => String(id));
  const none = { name: '', parentId: '', position: 0, articleCount: 0, articleCountDeep: 0, version: 0 };
  tree.set(ROOT, { id: ROOT, ...none, children });
  for (const root of roots) add(root, ROOT);
  return tree;
}

export function nodeOf(tree: CategoryTree, id: string): TreeNode {
  const node = tree.get(id);
  if (!node) throw new Error(`There is no category ${id} in the tree`);
  return node;
}

/** The nodes above one, the nearest first, without the invisible one. */
export function ancestorsOf(tree: CategoryTree, id: string): string[] {
  const ancestors: string[] = [];
  for (let next = tree.get(id)?.parentId; next && next !== ROOT; next = tree.get(next)?.parentId) ancestors.push(next);
  return ancestors;
}

/** Puts a node at a place among the other children of a parent. */
export function withMove(tree: CategoryTree, id: string, parentId: string, index: number): CategoryTree {
  const moved = nodeOf(tree, id);
  const next = new Map(tree);
  const from = nodeOf(next, moved.parentId);
  next.set(from.id, { ...from, children: from.children.filter((child) => child !== id) });
  const to = nodeOf(next, parentId);
  next.set(to.id, { ...to, children: to.children.toSpliced(index, 0, id) });
  next.set(id, { ...moved, parentId });
  return next;
}

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

interface Found {
  shown: ReadonlySet<string>;
  found: number;
  /** The id of the first one that has the words itself. */
  first: string | undefined;
}

/**
 * What a search leaves of the tree: the categories whose name contains the words, and what is above them. `undefined`
 * without words.
 */
export function find(tree: CategoryTree, words: string): Found | undefined {
  const folded = fold(words.trim());
  if (folded === '') return undefined;
  const shown = new Set([ROOT]);
  let found = 0;
  let first: string | undefined;
  for (const node of tree.values()) {
    if (node.id === ROOT || !fold(node.name).includes(folded)) continue;
    found += 1;
    first ??= node.id;
    shown.add(node.id);
    for (const ancestor of ancestorsOf(tree, node.id)) shown.add(ancestor);
  }
  return { shown, found, first };
}

/** Opens whole levels from the top while what is visible stays short. */
export function firstOpen(tree: CategoryTree, atMost = 60): string[] {
  const open: string[] = [];
  let level = nodeOf(tree, ROOT).children;
  let visible = level.length;
  while (level.length > 0) {
    const below = level.flatMap((id) => nodeOf(tree, id).children);
    visible += below.length;
    if (visible > atMost) break;
    open.push(...level.filter((id) => nodeOf(tree, id).children.length > 0));
    level = below;
  }
  return open;
}
