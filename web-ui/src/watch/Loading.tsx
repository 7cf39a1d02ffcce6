import type { JSX } from 'preact';

/** Where a player is going to be. */
export function Loading({ trouble }: { trouble: string | null }): JSX.Element {
  return (
    <div class="watch">
      <div class="player-placeholder" aria-busy="true">
        <span class="spinner" />
        {trouble ? <p role="alert">{trouble}</p> : null}
      </div>
    </div>
  );
}
