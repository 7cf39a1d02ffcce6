import type { ComponentChildren, JSX } from 'preact';
import { Logo } from './design/icons';

/** The frame around every page. */
export function Page({
  children,
  here,
}: {
  children: ComponentChildren;
  here: 'home' | 'watch' | 'cameras';
}): JSX.Element {
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="top">
        <a class="brand" href="/" aria-current={here === 'home' ? 'page' : undefined}>
          <Logo />
          <span>Tapedeck</span>
        </a>
        <span class="grow" />
        <nav aria-label="Pages">
          {here === 'home' ? null : (
            <a class={here === 'cameras' ? 'button quiet spare' : 'button quiet'} href="/">
              Record
            </a>
          )}
          <a
            class="button quiet"
            href="/cameras"
            aria-current={here === 'cameras' ? 'page' : undefined}
            data-testid="to-cameras"
          >
            Cameras
          </a>
          {here === 'watch' ? null : (
            <a class="button quiet" href={here === 'home' ? '#library' : '/#library'}>
              Recordings
            </a>
          )}
        </nav>
      </header>
      <main id="content" class={here}>
        {children}
      </main>
    </>
  );
}
