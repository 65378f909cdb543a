import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { ConnectionError, isProblem } from '@rubric/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import './api/client.ts';
import { Commands } from './commands/commands.tsx';
import './design/site.css';
import { Toasts } from './design/toast.tsx';
import { router } from './routes.tsx';

const site = document.getElementById('site');
if (!site) throw new Error('index.html has no element for the site');
/** Problems are shown where they happen. Anything else is a defect: the console and whoever listens there learn of it. */
function onCaughtError(error: unknown) {
  if (!isProblem(error) && !(error instanceof ConnectionError)) reportError(error);
}

createRoot(site, { onCaughtError }).render(
  <StrictMode>
    {/* The Content-Security-Policy takes no style elements; design/site.css has what Base UI would put into them. */}
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={400}>
          <Toasts>
            <Commands>
              <RouterProvider router={router} />
            </Commands>
          </Toasts>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
