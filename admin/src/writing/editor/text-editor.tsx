import type { Article } from '@rubric/client';
import type { EditorView } from 'prosemirror-view';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { activeCommands } from './commands.ts';
import { EditorBar } from './editor-bar.tsx';
import './editor.css';
import { ImageDialog, type ImageRequest, imageAt, insertImage } from './image-dialog.tsx';
import { LinkDialog, type LinkRequest, linkAt, setLink } from './link-dialog.tsx';
import { richText } from './rich-text.ts';
import { SourceText } from './source-text.tsx';

interface TextEditorProps {
  /** The text to open. A later one is ignored: another text is another editor, by its `key`. */
  text: string;
  format: Article['contentFormat'];
  readOnly: boolean;
  /** Always the same function, or the editor is made anew. */
  onChange: (text: string) => void;
  /** Absent once there is a text: its language cannot be changed then. */
  onFormat?: (format: Article['contentFormat']) => void;
}

/** The text of an article: rich, or all of it as source. */
function TextEditor({ text, format, readOnly, onChange, onFormat }: TextEditorProps) {
  const [mode, setMode] = useState<'rich' | 'source'>('rich');
  const [present, setPresent] = useState(text);
  const [active, setActive] = useState('');
  const [link, setLinkRequest] = useState<LinkRequest | null>(null);
  const [image, setImageRequest] = useState<ImageRequest | null>(null);
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(text);
  const change = useCallback(
    (next: string) => {
      latest.current = next;
      onChange(next);
    },
    [onChange],
  );

  useEffect(() => {
    if (mode !== 'rich' || !parent.current) return;
    const editor = richText({
      parent: parent.current,
      text: present,
      format,
      readOnly,
      onChange: change,
      onUpdate: (state) => setActive(activeCommands(state)),
      onLink: (current) => {
        const request = linkAt(current);
        if (request) setLinkRequest(request);
        return request !== null;
      },
      onImage: (current) => {
        setImageRequest(imageAt(current));
        return true;
      },
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [mode, present, format, readOnly, change]);

  const switchMode = () => {
    setPresent(latest.current);
    setMode(mode === 'rich' ? 'source' : 'rich');
  };

  return (
    <div className="writing-text">
      {!readOnly && (
        <EditorBar
          mode={mode}
          format={format}
          active={active}
          view={view}
          onMode={switchMode}
          onLink={() => view.current && setLinkRequest(linkAt(view.current.state, true))}
          onImage={() => view.current && setImageRequest(imageAt(view.current.state))}
          {...(onFormat && { onFormat })}
        />
      )}
      {mode === 'rich' ? (
        <div ref={parent} className="relative" />
      ) : (
        <SourceText text={present} format={format} onChange={change} />
      )}
      {link && (
        <LinkDialog
          request={link}
          onClose={() => {
            setLinkRequest(null);
            view.current?.focus();
          }}
          onSet={(href) => view.current && setLink(view.current, link, href)}
        />
      )}
      {image && (
        <ImageDialog
          request={image}
          onClose={() => {
            setImageRequest(null);
            view.current?.focus();
          }}
          onInsert={(attrs) => view.current && insertImage(view.current, attrs)}
        />
      )}
    </div>
  );
}

/** It has its own text, so another one from outside is no reason to draw it again. */
export default memo(
  TextEditor,
  (before, after) =>
    before.format === after.format &&
    before.onChange === after.onChange &&
    (before.onFormat === undefined) === (after.onFormat === undefined),
);
