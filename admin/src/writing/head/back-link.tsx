import { useCanGoBack, useRouter } from '@tanstack/react-router';
import { ButtonLink } from '../../design/link.tsx';
import { texts } from '../../texts/texts.ts';

/**
 * The way back to where the article was opened: the list with its filter, at its place, or the category. Whoever came by
 * a link from elsewhere goes to the list.
 */
export function BackLink() {
  const { history } = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <ButtonLink
      to="/articles"
      look="quiet"
      size="sm"
      icon="back"
      aria-label={canGoBack ? texts.writing.back : texts.writing.toArticles}
      className="px-1.5!"
      onClick={(event) => {
        // With one of these keys the link opens in another tab or window.
        if (!canGoBack || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.back();
      }}
    />
  );
}
