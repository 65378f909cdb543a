/** An element that is open, as the file names it. */
export interface OpenElement {
  name: string;
  line: number;
}

/** Says in words what saxes found wrong, as the end of the sentence "The XML is malformed: …". */
export function explainXmlError(message: string, open?: OpenElement, justClosed?: OpenElement): string {
  if (message.startsWith('unclosed tag') && open) {
    return `the file ends inside <${shown(open.name)}>, which line ${open.line} opened; it is probably cut off`;
  }
  if (message === 'unexpected close tag.' && justClosed) {
    return `a closing tag does not match <${shown(justClosed.name)}>, which line ${justClosed.line} opened`;
  }
  const unmatched = /^unmatched closing tag: (.+)\.$/s.exec(message)?.[1];
  if (unmatched !== undefined) return `</${shown(unmatched)}> closes nothing`;
  return SENTENCES.get(message) ?? shown(message.replace(/\.$/, ''));
}

/** A name short enough for a message; a file may have one of megabytes. */
export function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

const SECOND_FILE = 'another XML declaration follows, as if two files were in one';

const SENTENCES = new Map([
  ['an XML declaration must be at the start of the document.', SECOND_FILE],
  ['the XML declaration must appear at the start of the document.', SECOND_FILE],
  ['unexpected end.', 'the file ends in the middle of a tag or a comment; it is probably cut off'],
  ['document must contain a root element.', 'there is no element in the file'],
  ['text data outside of root node.', 'there is text outside the outermost element'],
  ['documents may contain only one root.', 'a second element follows the outermost one'],
  ['disallowed character.', 'a character stands where it may not'],
  ['disallowed character in tag name.', 'a < begins no tag; as a character of text it has to be written &lt;'],
  ['disallowed character in tag name', 'a < begins no tag; as a character of text it has to be written &lt;'],
  ['the string "]]>" is disallowed in char data.', 'the end of a CDATA section (]]>) stands where none is open'],
]);
