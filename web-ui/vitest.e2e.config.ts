import { defineConfig } from 'vitest/config';

/** The whole system, driven by real browsers; one file after the other. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: 'e2e/setup.ts',
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
