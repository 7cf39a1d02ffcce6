import { defineConfig, type Plugin } from 'vitest/config';

/** Where `npm run dev` and `npm run preview` find the services. */
const origin = process.env.TAPEDECK_ORIGIN ?? 'http://localhost:8080';
const proxy = Object.fromEntries(
  ['/api', '/hls', '/media', '/recordings'].map((path) => [path, { target: origin, changeOrigin: false }]),
);

/**
 * The page's own policy, so that it holds behind any web server. Segments may come from a CDN, which
 * is why `connect-src` and `media-src` are wide; `blob:` is how players feed a video element. Only in
 * the build: the dev server injects its styles inline.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self' http: https:",
  "media-src 'self' blob: http: https:",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
].join('; ');

const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  plugins: [policy],
  build: {
    // Browsers that can record and play here all know modulepreload.
    modulePreload: { polyfill: false },
    // No data: addresses, which the policy forbids.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy },
  preview: { proxy },
  test: { include: ['src/**/*.test.ts'] },
});
