import { expect, it } from 'vitest';
import { ancestorsOf, find, firstOpen, nodeOf, ROOT, toTree, withMove } from '../../src/categories/category-tree.ts';

let id = 0;
const node = (name: string, ...children: unknown[]): any => ({
  id: ++id,
  name,
  position: 0,
  articleCount: 0,
  articleCountDeep: 0,
  version: 1,
  children,
});

const tree = toTree([node('City', node('Trams'), node('Märkte', node('Fisch'))), node('Sea')]);
const idOf = (name: string) => [...tree.values()].find((each) => each.name === name)?.id ?? '';
const names = (ids: readonly string[], of = tree) => ids.map((each) => nodeOf(of, each).name);

it('knows children in order, and what is above', () => {
  expect(names(nodeOf(tree, ROOT).children)).toEqual(['City', 'Sea']);
  expect(names(ancestorsOf(tree, idOf('Fisch')))).toEqual(['Märkte', 'City']);
});

it('moves a category with all that is below it', () => {
  const moved = withMove(tree, idOf('Märkte'), ROOT, 1);
  expect(names(nodeOf(moved, ROOT).children, moved)).toEqual(['City', 'Märkte', 'Sea']);
  expect(names(nodeOf(moved, idOf('City')).children, moved)).toEqual(['Trams']);
  expect(names(ancestorsOf(moved, idOf('Fisch')), moved)).toEqual(['Märkte']);
  const among = withMove(tree, idOf('Sea'), ROOT, 0);
  expect(names(nodeOf(among, ROOT).children, among)).toEqual(['Sea', 'City']);
});

it('finds names without regard to case and accents, with what is above them', () => {
  const found = find(tree, ' MARK ');
  expect(found?.found).toBe(1);
  expect([...(found?.shown ?? [])].sort()).toEqual([ROOT, idOf('City'), idOf('Märkte')].sort());
  expect(find(tree, '  ')).toBeUndefined();
});

it('opens as many whole levels as are short together', () => {
  expect(names(firstOpen(tree, 60))).toEqual(['City', 'Märkte']);
  expect(names(firstOpen(tree, 4))).toEqual(['City']);
  expect(firstOpen(tree, 3)).toEqual([]);
});
