import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog, DialogActions } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';
import { texts } from '../../texts/texts.ts';
import { schema } from '../text/schema.ts';
import { hrefOf } from './link-dialog.tsx';

const { image } = schema.nodes;

/** The image to put into the text; the one that is selected, or none yet. */
export interface ImageRequest {
  src: string;
  alt: string;
  title: string;
}

export function imageAt({ selection: { from, to }, doc }: EditorState): ImageRequest {
  const selected = doc.nodeAt(from);
  const node = selected?.type === image && from + selected.nodeSize === to ? selected : image.create();
  const { src, alt, title } = node.attrs as ImageRequest;
  return { src, alt, title };
}

/** Puts it where the caret is, or in the place of the selected one. */
export const insertImage = (view: EditorView, attrs: ImageRequest) =>
  view.dispatch(view.state.tr.replaceSelectionWith(image.create(attrs)).scrollIntoView());

interface ImageDialogProps {
  request: ImageRequest;
  onInsert: (image: ImageRequest) => void;
  onClose: () => void;
}

/** Asks for an image that is on the web. */
export function ImageDialog({ request, onInsert, onClose }: ImageDialogProps) {
  const [src, setSrc] = useState(request.src);
  const [alt, setAlt] = useState(request.alt);
  return (
    <Dialog open title={texts.writing.image} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (src.trim() === '') return;
          onInsert({ ...request, src: hrefOf(src), alt: alt.trim() });
          onClose();
        }}
      >
        <TextField
          label={texts.writing.imageAddress}
          value={src}
          onChange={setSrc}
          inputMode="url"
          autoComplete="off"
        />
        <TextField
          label={texts.writing.imageAlt}
          hint={texts.writing.imageAltHint}
          value={alt}
          onChange={setAlt}
          autoComplete="off"
        />
        <DialogActions>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <Button look="primary" type="submit" disabled={src.trim() === ''}>
            {texts.writing.insertImage}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
