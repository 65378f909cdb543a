import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { TextLink } from '../design/link.tsx';
import { texts } from '../texts/texts.ts';
import { Heading } from './heading.tsx';
import { SignInForm } from './sign-in-form.tsx';

const route = getRouteApi('/signed-out/sign-in');

export function SignInScreen() {
  const router = useRouter();
  const { to = '/' } = route.useSearch();
  useEffect(() => {
    // Comes while the password is typed. Without a connection it is loaded when it is needed.
    void router.loadRouteChunk(router.routesByPath['/articles'])?.catch(() => undefined);
  }, [router]);
  // Only a path of this site: what else a link puts here would lead elsewhere.
  const goOn = () => router.history.push(router.basepath + (/^\/(?![/\\])/.test(to) ? to : '/'));
  return (
    <>
      <Heading title={texts.session.signIn} />
      <SignInForm onSignedIn={goOn} />
      <p className="mt-5 text-sm">
        <TextLink to="/forgotten-password">{texts.session.forgotten}</TextLink>
      </p>
    </>
  );
}
