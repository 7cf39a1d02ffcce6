import type { Cancel } from '../store';

/**
 * When the browser believes to be back online. Its belief to be offline is not asked for: it is
 * wrong for servers on this machine, so sending is tried anyway, only more and more rarely.
 */
export interface Connectivity {
  onOnline(listener: () => void): Cancel;
}

export const browserConnectivity: Connectivity = {
  onOnline: (listener) => {
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  },
};
