import { ConnectionError, isProblem } from '@rubric/client';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { ButtonLink } from '../design/link.tsx';
import { Page } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';

/** Shown in place of a screen that failed: what happened, and what to do. Trying again gives nobody another role. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isProblem(error, 'forbidden'))
    return (
      <Page title={texts.shell.forbiddenTitle} lead={texts.shell.forbiddenLead} width="text">
        <ButtonLink to="/">{texts.shell.errorHome}</ButtonLink>
      </Page>
    );
  const again = () => {
    // A part of the site that cannot be loaded is one of an older version: a new page loads the new one.
    if (!isProblem(error) && !(error instanceof ConnectionError)) return location.reload();
    reset();
    void router.invalidate();
  };
  return (
    <Page title={texts.shell.errorTitle} lead={failureText(error)} width="text">
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={again}>
          {texts.design.tryAgain}
        </Button>
        <ButtonLink to="/">{texts.shell.errorHome}</ButtonLink>
      </div>
      {!(error instanceof ConnectionError) && (
        <details className="mt-8 text-sm text-soft">
          <summary>{texts.shell.errorDetail}</summary>
          <pre className="mt-2 overflow-x-auto rounded-md bg-wash p-3 font-mono text-xs">{`${location.href}\n${String(error)}`}</pre>
        </details>
      )}
    </Page>
  );
}

/** Shown for an address that leads nowhere. */
export function NotFoundScreen() {
  return (
    <Page title={texts.shell.notFoundTitle} lead={texts.shell.notFoundLead} width="text">
      <ButtonLink to="/">{texts.shell.errorHome}</ButtonLink>
    </Page>
  );
}
