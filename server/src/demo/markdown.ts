/**
 * Tags a template literal that holds Markdown, so that prose can be indented with the code around it:
 * drops the blank lines at both ends and the indentation which all the other lines share.
 */
export function markdown(strings: TemplateStringsArray): string {
  const lines = strings.join('').split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const margin = Math.min(...margins);
  return lines
    .map((line) => line.slice(margin).trimEnd())
    .join('\n')
    .trim();
}
