import type { JSX } from 'preact';
import { keyHelp } from './keys';

/** What the keys do on a page with a player. */
export function KeyHelp(): JSX.Element {
  return (
    <details class="keys">
      <summary>Keys</summary>
      <dl>
        {keyHelp.map(([keys, deed]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{deed}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
