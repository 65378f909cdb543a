import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The API, for `npm run dev -w admin`: Vite serves the site, and passes everything else on. */
const API = process.env['RUBRIC_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/admin/',
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2024',
    // The Content-Security-Policy has no room for `data:` but in pictures, and none for a script in the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  server: { port: 5173, proxy: { '^/(?!admin)': { target: API, changeOrigin: true, headers: { origin: API } } } },
});
