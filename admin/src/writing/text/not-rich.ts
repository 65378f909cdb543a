/** Thrown by a parser: the editor cannot show this block, so it becomes a card. */
export class NotRich extends Error {
  override readonly name = 'NotRich';
}
