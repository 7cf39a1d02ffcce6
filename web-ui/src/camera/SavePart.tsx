import type { JSX } from 'preact';
import type { Camera } from '../api/shapes';
import { absolute, CopyButton } from '../design/CopyButton';
import { Icon } from '../design/icons';
import { useStore } from '../design/useStore';
import { timeOfDay } from '../design/words';
import type { PlayerStore } from '../watch/playerStore';
import type { CameraStore } from './cameraStore';
import { minuteChoices, type PartDraft, partWish } from './part';
import { minutesWords } from './words';

interface Props {
  camera: Camera;
  store: CameraStore;
  player: PlayerStore;
}

/** Keeps a part of the history for good: its last minutes, or what is between two places. */
export function SavePart({ camera, store, player }: Props): JSX.Element {
  const { draft, saving, saved, saveError } = useStore(store.view);
  const defaultTitle = `${camera.name}, ${dateWords(new Date())}`;
  const submit = (event: Event) => {
    event.preventDefault();
    void store.save(defaultTitle);
  };
  return (
    <section class="card save-part" aria-labelledby="save-part-title" data-testid="save-part">
      <h2 id="save-part-title">Save a part</h2>
      <form onSubmit={submit}>
        <fieldset class="segments">
          <legend class="offscreen">Which part</legend>
          <Kind store={store} draft={draft} kind="last" words="The last minutes" />
          <Kind store={store} draft={draft} kind="between" words="From – to" />
        </fieldset>
        {draft.kind === 'last' ? (
          <LastMinutes camera={camera} store={store} player={player} />
        ) : (
          <Between store={store} player={player} draft={draft} />
        )}
        <label class="field">
          <span>Title</span>
          <input
            value={draft.title}
            maxLength={200}
            placeholder={defaultTitle}
            autocomplete="off"
            onInput={(event) => store.edit({ title: event.currentTarget.value })}
            data-testid="save-title"
          />
        </label>
        <button
          type="submit"
          class="button primary"
          disabled={saving || partWish(draft, defaultTitle) === null}
          data-testid="save-button"
        >
          {saving ? 'Saving…' : 'Save as a recording'}
        </button>
        {saveError ? (
          <p class="error-text" role="alert" data-testid="save-error">
            {saveError}
          </p>
        ) : null}
      </form>
      <ul class="saved-parts" aria-live="polite">
        {saved.map((part) => (
          <li key={part.id} class="banner good" data-testid="saved-part" data-id={part.id}>
            <Icon name="check" />
            <p>
              <strong>{part.title}</strong> is saved for good.
            </p>
            <div class="row">
              <a class="button primary" href={absolute(part.watchUrl)} data-testid="watch-saved">
                Watch
              </a>
              <CopyButton link={absolute(part.watchUrl)} testId="copy-saved" />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface KindProps {
  store: CameraStore;
  draft: PartDraft;
  kind: PartDraft['kind'];
  words: string;
}

function Kind({ store, draft, kind, words }: KindProps): JSX.Element {
  const chosen = draft.kind === kind;
  return (
    <label class={chosen ? 'segment chosen' : 'segment'}>
      <input
        type="radio"
        name="part-kind"
        checked={chosen}
        onChange={() => store.edit({ kind })}
        data-testid={`save-${kind}`}
      />
      {words}
    </label>
  );
}

function LastMinutes({ camera, store, player }: Props): JSX.Element {
  const { draft } = useStore(store.view);
  const { startSeconds, endSeconds } = useStore(player.view);
  const choices = minuteChoices(endSeconds - startSeconds, camera.historySeconds);
  return (
    <label class="field">
      <span>How many</span>
      <select
        value={draft.minutes}
        onChange={(event) => store.edit({ minutes: Number(event.currentTarget.value) })}
        data-testid="save-minutes"
      >
        {withChosen(choices, draft.minutes).map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutesWords(minutes)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What was chosen stays a choice, although more has come since. */
function withChosen(choices: number[], chosen: number): number[] {
  return choices.includes(chosen) ? choices : [...choices, chosen].sort((a, b) => a - b);
}

function Between({ store, player, draft }: Omit<Props, 'camera'> & { draft: PartDraft }): JSX.Element {
  const { clockMillis } = useStore(player.view);
  const { fromMillis, toMillis } = draft;
  const wrong = fromMillis !== null && toMillis !== null && toMillis <= fromMillis;
  return (
    <div class="between">
      <Mark
        words="Begins at"
        millis={fromMillis}
        here={clockMillis}
        onMark={(millis) => store.edit({ fromMillis: millis })}
        testId="save-from"
      />
      <Mark
        words="Ends at"
        millis={toMillis}
        here={clockMillis}
        onMark={(millis) => store.edit({ toMillis: millis })}
        testId="save-to"
      />
      <p class={wrong ? 'field-note error-text' : 'field-note muted'} role={wrong ? 'alert' : undefined}>
        {wrong
          ? 'It ends before it begins. Go to a later place, and mark the end there.'
          : 'Go to a place in the player and mark it. What is saved may begin up to ten seconds earlier, and end a second or two later.'}
      </p>
    </div>
  );
}

interface MarkProps {
  words: string;
  millis: number | null;
  /** When what the player shows was recorded. */
  here: number | null;
  onMark: (millis: number) => void;
  testId: string;
}

function Mark({ words, millis, here, onMark, testId }: MarkProps): JSX.Element {
  return (
    <div class="mark">
      <span>{words}</span>
      <output data-testid={`${testId}-time`} data-millis={millis ?? undefined}>
        {millis === null ? '–' : timeOfDay(millis)}
      </output>
      <button
        type="button"
        class="button"
        disabled={here === null}
        aria-label={`${words} this place`}
        onClick={() => here !== null && onMark(here)}
        data-testid={testId}
      >
        This place
      </button>
    </div>
  );
}

function dateWords(date: Date): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
