import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog, DialogActions } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';
import { texts } from '../../texts/texts.ts';
import { schema } from '../text/schema.ts';

const { link } = schema.marks;

/** The part of a text to link, and where it leads now. */
export interface LinkRequest {
  from: number;
  to: number;
  href: string;
}

/** @param always also where nothing is selected: the address is then the text */
export function linkAt({ selection, doc }: EditorState, always = false): LinkRequest | null {
  const { from, to, empty, $from } = selection;
  const present = link.isInSet($from.marks()) ?? link.isInSet($from.nodeAfter?.marks ?? []);
  if (!empty) return { from, to, href: (present?.attrs['href'] as string) ?? '' };
  if (present) {
    let start = from;
    let end = to;
    while (start > $from.start() && doc.rangeHasMark(start - 1, start, link)) start -= 1;
    while (end < $from.end() && doc.rangeHasMark(end, end + 1, link)) end += 1;
    return { from: start, to: end, href: present.attrs['href'] as string };
  }
  return always ? { from, to, href: '' } : null;
}

/** @param href `''` takes the link away */
export function setLink(view: EditorView, { from, to }: LinkRequest, href: string) {
  const tr = view.state.tr.removeMark(from, to, link);
  if (href !== '') {
    if (from === to) tr.insertText(href, from);
    tr.addMark(from, from === to ? from + href.length : to, link.create({ href }));
  }
  view.dispatch(tr.scrollIntoView());
}

/** An address that is pasted onto words links them; anything else that is pasted replaces them. */
export function pasteLink(view: EditorView, pasted: string): boolean {
  const { from, to, empty, $from, $to } = view.state.selection;
  const isAddress = /^(?:https?:\/\/|mailto:)\S+$/i.test(pasted);
  if (empty || !isAddress || !$from.sameParent($to) || !$from.parent.type.allowsMarkType(link)) return false;
  // Words that are an address themselves are one to correct.
  if (/^https?:\/\/\S+$/i.test(view.state.doc.textBetween(from, to))) return false;
  setLink(view, { from, to, href: '' }, pasted);
  return true;
}

/** An address as it was typed, mostly without a scheme. */
export const hrefOf = (typed: string) =>
  /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(typed.trim()) ? `https://${typed.trim()}` : typed.trim();

interface LinkDialogProps {
  request: LinkRequest;
  onSet: (href: string) => void;
  onClose: () => void;
}

export function LinkDialog({ request, onSet, onClose }: LinkDialogProps) {
  const [href, setHref] = useState(request.href);
  const done = (address: string) => {
    onSet(hrefOf(address));
    onClose();
  };
  return (
    <Dialog open title={texts.writing.link} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          done(href);
        }}
      >
        <TextField label={texts.writing.address} value={href} onChange={setHref} inputMode="url" autoComplete="off" />
        <DialogActions>
          {request.href !== '' && <Button onClick={() => done('')}>{texts.writing.removeLink}</Button>}
          <Button look="primary" type="submit">
            {texts.writing.setLink}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
