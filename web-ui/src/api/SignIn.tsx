import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../design/useStore';
import type { AccessStore } from './access';

/** Asks for the owner key. */
export function SignIn({ access, why }: { access: AccessStore; why: string }): JSX.Element {
  const { busy, error } = useStore(access.view);
  const [key, setKey] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    void access.signIn(key);
  };
  return (
    <form class="card sign-in" onSubmit={submit} data-testid="sign-in-form" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      <p>{why} Enter the owner key that Tapedeck printed at its first start.</p>
      <label class="field">
        <span>Owner key</span>
        <input
          ref={field}
          type="password"
          autocomplete="current-password"
          required
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
          data-testid="owner-key"
          aria-describedby={error ? 'sign-in-error' : undefined}
        />
      </label>
      {error && (
        <p class="error-text" id="sign-in-error" role="alert" data-testid="sign-in-error">
          {error}
        </p>
      )}
      <button type="submit" class="button primary" disabled={busy || key.trim() === ''} data-testid="sign-in">
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}
