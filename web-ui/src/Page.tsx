import type { ComponentChildren, JSX } from 'preact';
import { Logo } from './design/icons';

/** The frame around every page. */
export function Page({
  children,
  here,
}: {
  children: ComponentChildren;
  here: 'home' | 'watch';
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
        {here === 'home' ? (
          <a class="button quiet" href="#library">
            Recordings
          </a>
        ) : (
          <a class="button quiet" href="/">
            Record
          </a>
        )}
      </header>
      <main id="content" class={here}>
        {children}
      </main>
    </>
  );
}
