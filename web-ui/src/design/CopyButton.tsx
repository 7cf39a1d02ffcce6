import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons';

interface Props {
  /** Absolute address. */
  link: string;
  label?: string;
  class?: string;
  /** The picture says it; the words are for those who listen. */
  compact?: boolean;
  testId: string;
}

/** Copies a link and says so for a moment. */
export function CopyButton(props: Props): JSX.Element {
  const { link, label = 'Copy link', class: look = 'button quiet', compact = false, testId } = props;
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copied(link)) ? 'copied' : 'failed');
  const words = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Could not copy' : label;
  return (
    <button
      type="button"
      class={look}
      onClick={copy}
      data-testid={testId}
      title={compact ? 'Copy link' : link}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={18} />
      <span aria-live="polite" class={compact ? 'offscreen' : ''}>
        {words}
      </span>
    </button>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on plain-http addresses: the old way still works there.
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'offscreen';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

/**
 * An address of ours as others can open it. A service behind a proxy that speaks https for it does not
 * know so, and this page does.
 */
export function absolute(address: string): string {
  const url = new URL(address, location.href);
  if (url.host === location.host) url.protocol = location.protocol;
  return url.href;
}
