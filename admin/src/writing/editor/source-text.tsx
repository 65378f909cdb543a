import { useEffect, useRef } from 'react';
import { texts } from '../../texts/texts.ts';
import { Newlines } from '../text/newlines.ts';
import type { SourceEditor } from './source-editor.ts';

interface SourceTextProps {
  text: string;
  format: 'markdown' | 'html';
  onChange: (text: string) => void;
}

/** The whole text as its source. Lines that nobody touched keep their line breaks. */
export function SourceText({ text, format, onChange }: SourceTextProps) {
  const parent = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let editor: SourceEditor | undefined;
    let isOpen = true;
    const open = async () => {
      const { sourceEditor } = await import('./source-editor.ts');
      if (!isOpen || !parent.current) return;
      const newlines = new Newlines(text);
      editor = sourceEditor({
        parent: parent.current,
        text: newlines.plain,
        language: format,
        label: texts.writing.source,
        onChange: (next) => onChange(newlines.restore(next)),
      });
      editor.focus();
    };
    void open();
    return () => {
      isOpen = false;
      editor?.destroy();
    };
  }, [text, format, onChange]);

  return <div ref={parent} className="source-text" />;
}
