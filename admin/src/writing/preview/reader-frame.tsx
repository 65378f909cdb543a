import { useEffect, useRef } from 'react';
import { texts } from '../../texts/texts.ts';
import { readerPage } from './reader-page.ts';
import { trustedHtml } from './trusted-html.ts';

interface ReaderFrameProps {
  /** Undefined until it is known. */
  article: { title: string; excerpt: string | null; html?: string } | undefined;
  className: string;
}

/** The article as a reader will see it: the server's HTML, in a frame in which no script runs. */
export function ReaderFrame({ article, className }: ReaderFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (!article || !frame.current) return;
    const { theme } = document.documentElement.dataset;
    const { title, excerpt, html = '' } = article;
    frame.current.srcdoc = trustedHtml(readerPage({ title, excerpt, html, theme }));
  }, [article]);
  return (
    // `allow-same-origin` lets it load its style sheet; without `allow-scripts` nothing in it can use that.
    <iframe
      ref={frame}
      hidden={!article}
      title={texts.writing.previewFrame}
      sandbox="allow-same-origin"
      className={className}
    />
  );
}
