import type { JSX } from 'preact';
import { Icon } from '../design/icons';
import { useStore } from '../design/useStore';
import type { LibraryStore, LibraryView } from './libraryStore';
import { Row } from './Row';

/** Everything that was recorded. */
export function Library({ library }: { library: LibraryStore }): JSX.Element {
  const view = useStore(library.view);
  return (
    <section class="library" id="library" aria-labelledby="library-title" data-testid="library">
      <div class="library-head">
        <h2 id="library-title">Your recordings</h2>
        <label class="search">
          <Icon name="search" size={18} />
          <span class="offscreen">Search recordings</span>
          <input
            type="search"
            placeholder="Search"
            value={view.query}
            onInput={(event) => library.search(event.currentTarget.value)}
            data-testid="search"
          />
        </label>
      </div>
      {view.error ? (
        <p class="notice attention" role="alert" data-testid="library-error">
          {view.error}
        </p>
      ) : null}
      <List library={library} view={view} />
      {view.hasMore ? (
        <button
          type="button"
          class="button more"
          disabled={view.loadingMore}
          onClick={() => library.more()}
          data-testid="show-more"
        >
          {view.loadingMore ? 'Loading…' : 'Show more'}
        </button>
      ) : null}
    </section>
  );
}

function List({ library, view }: { library: LibraryStore; view: LibraryView }): JSX.Element | null {
  if (view.state === 'loading') {
    return (
      <ul class="sessions" aria-busy="true" aria-label="Loading">
        {[0, 1, 2].map((row) => (
          <li key={row} class="session skeleton" />
        ))}
      </ul>
    );
  }
  if (view.state === 'failed') return null;
  if (view.entries.length === 0) return <Empty query={view.query} />;
  return (
    <ul class="sessions" data-testid="session-list">
      {view.entries.map((entry) => (
        <Row key={entry.session.id} entry={entry} library={library} />
      ))}
    </ul>
  );
}

function Empty({ query }: { query: string }): JSX.Element {
  return (
    <div class="empty" data-testid="library-empty">
      <Icon name={query ? 'search' : 'film'} size={36} />
      {query ? (
        <p>
          Nothing is called “{query}”. <br />
          The search looks at titles.
        </p>
      ) : (
        <p>
          Nothing recorded yet. <br />
          Press Record above; it will be here while you still speak.
        </p>
      )}
    </div>
  );
}
