import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './api/client.ts';
import './design/site.css';
import { queryClient } from './api/query-client.ts';
import { router } from './routes.tsx';

const site = document.getElementById('site');
if (!site) throw new Error('index.html has no element for the site');
createRoot(site).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
