import { ConnectionError } from '@rubric/client';
import { lazyRouteComponent } from '@tanstack/react-router';

/**
 * A screen that is loaded when somebody goes to it. `lazyRouteComponent` loads the whole page again when it cannot be: right
 * after an upgrade, whose screens have other names; but without a connection the browser would show a page of its own in
 * place of the site, with no way back.
 */
export const lazyScreen: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch(async (error: unknown) => {
        const status = await statusOfPage();
        throw status === 200 ? error : new ConnectionError(error, status);
      }),
    name,
  );

/** Of this page, asked for now; undefined when nothing answers. */
const statusOfPage = () =>
  fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status,
    () => undefined,
  );
