/** An open element, with its name as written in the file. */
export interface OpenElement {
  name: string;
  line: number;
}

/** Translates an error message of saxes into the end of the sentence "The XML is malformed: …". */
export function describeXmlError(message: string, open?: OpenElement, justClosed?: OpenElement): string {
  if (message.startsWith('unclosed tag') && open) {
    return `the file ends inside <${truncateName(open.name)}>, opened on line ${open.line}; it is probably truncated`;
  }
  if (message === 'unexpected close tag.' && justClosed) {
    return `a closing tag does not match <${truncateName(justClosed.name)}>, opened on line ${justClosed.line}`;
  }
  const unmatched = /^unmatched closing tag: (.+)\.$/s.exec(message)?.[1];
  if (unmatched !== undefined) return `</${truncateName(unmatched)}> has no matching opening tag`;
  return MESSAGES.get(message) ?? truncateName(message.replace(/\.$/, ''));
}

/** Truncates a name for a message: a file can have names of megabytes. */
export function truncateName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

const SECOND_FILE = 'a second XML declaration follows; the file is probably two files concatenated';

const MESSAGES = new Map([
  ['an XML declaration must be at the start of the document.', SECOND_FILE],
  ['the XML declaration must appear at the start of the document.', SECOND_FILE],
  ['unexpected end.', 'the file ends inside a tag or a comment; it is probably truncated'],
  ['document must contain a root element.', 'the file has no elements'],
  ['text data outside of root node.', 'there is text outside of the root element'],
  ['documents may contain only one root.', 'there is a second root element'],
  ['incorrect syntax.', 'a <! starts neither a comment nor a CDATA section'],
  ['disallowed character.', 'there is a character that is not allowed here'],
  ['disallowed character in tag name.', 'a < does not start a tag; in text it must be written as &lt;'],
  ['disallowed character in tag name', 'a < does not start a tag; in text it must be written as &lt;'],
  ['the string "]]>" is disallowed in char data.', 'there is a ]]> outside of a CDATA section'],
]);
