import type { TestProject } from 'vitest/node';
import { Tapedeck } from './tapedeck';

declare module 'vitest' {
  export interface ProvidedContext {
    tapedeckUrl: string;
  }
}

/** One Tapedeck for all files; `inject('tapedeckUrl')` says where it is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tapedeck = await Tapedeck.start();
  project.provide('tapedeckUrl', tapedeck.url);
  return () => tapedeck.stop();
}
