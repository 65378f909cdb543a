import { useEffect, useEffectEvent, useRef } from 'react';
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
  const change = useEffectEvent((next: string) => onChange(next));

  useEffect(() => {
    let editor: SourceEditor | undefined;
    let isOpen = true;
    void import('./source-editor.ts').then(({ sourceEditor }) => {
      if (!isOpen || !parent.current) return;
      const newlines = new Newlines(text);
      editor = sourceEditor({
        parent: parent.current,
        text: newlines.plain,
        language: format,
        label: texts.writing.source,
        onChange: (next) => change(newlines.restore(next)),
      });
      editor.focus();
    });
    return () => {
      isOpen = false;
      editor?.destroy();
    };
  }, [text, format]);

  return <div ref={parent} className="source-text" />;
}
