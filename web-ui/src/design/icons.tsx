import type { JSX } from 'preact';

const paths = {
  play: 'M7 4.5v15l12.5-7.5z',
  pause: 'M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z',
  check: 'M9.6 17.2 4.4 12l1.7-1.7 3.5 3.5 8.3-8.3 1.7 1.7z',
  copy: 'M8 3h12v13h-2V5H8zM4 7h12v14H4zm2 2v10h8V9z',
  download: 'M11 3h2v9.2l3.3-3.3 1.4 1.4L12 16l-5.7-5.7 1.4-1.4 3.3 3.3zM4 18h16v2.5H4z',
  trash: 'M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 12H7zm4 2v8h1.4v-8zm3 0v8h1.4v-8z',
  search: 'M10 3a7 7 0 1 0 4.3 12.5l5 5 1.5-1.5-5-5A7 7 0 0 0 10 3m0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10',
  volume:
    'M4 9v6h4l5 4.5v-15L8 9zm12-1.5a6 6 0 0 1 0 9l-1.3-1.5a4 4 0 0 0 0-6zm2.6-2.8a10 10 0 0 1 0 14.6l-1.4-1.5a8 8 0 0 0 0-11.6z',
  muted:
    'M4 9v6h4l5 4.5v-15L8 9zm11.3.7 2.2 2.3-2.2 2.3 1.4 1.4 2.3-2.3 2.2 2.3 1.4-1.4-2.2-2.3 2.2-2.3-1.4-1.4-2.2 2.3-2.3-2.3z',
  expand: 'M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z',
  shrink: 'M8 4h2v6H4V8h4zm6 0h2v4h4v2h-6zM4 14h6v6H8v-4H4zm10 0h6v2h-4v4h-2z',
  camera: 'M3 6h12v4l6-3.5v11L15 14v4H3z',
  screen: 'M3 4h18v12h-7.5v2.5H17V20H7v-1.5h3.5V16H3zm2 2v8h14V6z',
  microphone:
    'M12 2.5a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0v-6a3 3 0 0 1 3-3M5.5 11h2a4.5 4.5 0 0 0 9 0h2a6.5 6.5 0 0 1-5.5 6.4V21h-2v-3.6A6.5 6.5 0 0 1 5.5 11',
  shield:
    'M12 2.5 20 5v6c0 5-3.3 8.7-8 10.5C7.3 19.7 4 16 4 11V5zm-1.2 13.3 5.9-5.9-1.5-1.5-4.4 4.4-2-2-1.5 1.5z',
  warning: 'M12 3 22 20H2zm-1 6.5v5h2v-5zm0 6.5v2h2v-2z',
  back: 'M10.5 5 12 6.5 7.5 11H20v2H7.5l4.5 4.5-1.5 1.5-7-7z',
  film: 'M3 4h18v16H3zm2 2v2h2V6zm12 0v2h2V6zM5 11v2h2v-2zm12 0v2h2v-2zM5 16v2h2v-2zm12 0v2h2v-2zM9 6v12h6V6z',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: what it means is said in words beside it or in the button's label. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

/** The two reels. */
export function Logo({ size = 30 }: { size?: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" class="logo">
      <rect x="1.5" y="5" width="29" height="22" rx="5.5" class="logo-body" />
      <rect x="6" y="10.5" width="20" height="9.5" rx="4.75" class="logo-window" />
      <circle cx="10.8" cy="15.25" r="2.6" class="logo-reel" />
      <circle cx="21.2" cy="15.25" r="2.6" class="logo-reel" />
      <path d="M10 27l1.6-3.5h8.8L22 27z" class="logo-window" />
    </svg>
  );
}
