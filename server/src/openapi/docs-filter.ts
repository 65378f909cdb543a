/** An operation as Swagger UI stores it: an Immutable.js map. */
interface Operation {
  get(name: 'path' | 'method'): string;
  getIn(path: readonly string[]): string | undefined;
}
/** Operations by tag, as Immutable.js collections. */
interface Tag {
  get(name: 'operations'): { size: number };
  update(
    name: 'operations',
    change: (operations: { filter(keep: (each: Operation) => boolean): object }) => object,
  ): Tag;
}
interface Tags {
  map(change: (tag: Tag, name: string) => Tag): Tags;
  filter(keep: (tag: Tag) => boolean): Tags;
}
/** The part of Swagger UI that the plugin uses. */
interface System {
  React: { createElement(type: string, properties: object, ...children: unknown[]): unknown };
}
interface FilterProps {
  layoutSelectors: { currentFilter(): string | boolean };
  layoutActions: { updateFilter(phrase: string): void };
}

/**
 * A plugin of Swagger UI: the filter finds operations that contain all words of the input in their tag, method, path,
 * summary or description. Without it, the filter compares only tags. The browser gets the text of this function, so it
 * uses nothing from outside.
 */
export function operationFilter({ React }: System) {
  const opsFilter = (tags: Tags, phrase: string): Tags => {
    const words = phrase.toLowerCase().split(/\s+/);
    const matches = (tag: string, operation: Operation) => {
      const docs = [operation.getIn(['operation', 'summary']), operation.getIn(['operation', 'description'])];
      const text = [tag, operation.get('method'), operation.get('path'), ...docs].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    };
    return tags
      .map((tag, name) => tag.update('operations', (all) => all.filter((operation) => matches(name, operation))))
      .filter((tag) => tag.get('operations').size > 0);
  };
  // Replaced only for its placeholder, which says "Filter by tag".
  const FilterContainer = ({ layoutSelectors, layoutActions }: FilterProps) => {
    const phrase = layoutSelectors.currentFilter();
    const input = React.createElement('input', {
      className: 'operation-filter-input',
      type: 'search',
      placeholder: 'Filter, for example: post article',
      'aria-label': 'Filter operations',
      value: typeof phrase === 'string' && phrase !== 'true' ? phrase : '',
      onChange: (event: { target: { value: string } }) => layoutActions.updateFilter(event.target.value),
    });
    return React.createElement('div', { className: 'filter-container' }, input);
  };
  return { fn: { opsFilter }, components: { FilterContainer } };
}
