import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CameraWish } from '../api/shapes';
import { useStore } from '../design/useStore';
import { plural } from '../design/words';
import type { CamerasStore } from './camerasStore';
import { defaultWish, historyChoices, segmentChoices } from './wish';
import { spanWords } from './words';

interface Props {
  cameras: CamerasStore;
  /** Whether there is none yet, so that somebody may want to know what this is. */
  first: boolean;
  onDone: () => void;
}

/** Asks for what is needed to watch another camera, and says at its field what is wrong. */
export function AddCamera({ cameras, first, onDone }: Props): JSX.Element {
  const { addErrors, adding } = useStore(cameras.view);
  const [wish, setWish] = useState<CameraWish>(defaultWish);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!first) form.current?.querySelector('input')?.focus();
  }, [first]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [adding, addErrors.name !== undefined, addErrors.url !== undefined]);
  const change = (fields: Partial<CameraWish>) => {
    setWish({ ...wish, ...fields });
    for (const field of Object.keys(fields)) cameras.edited(field as keyof CameraWish);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await cameras.add(wish))) return;
    setWish(defaultWish);
    onDone();
  };
  return (
    <form ref={form} class="card add-camera" onSubmit={submit} noValidate data-testid="add-camera">
      <div class="add-camera-words">
        <h2>{first ? 'Add your first camera' : 'Add a camera'}</h2>
        <p class="muted">
          Its pictures are recorded around the clock. You can watch it live, go back as far as its history
          reaches, and keep any part for good.
        </p>
      </div>
      <Field name="name" label="Name" error={addErrors.name}>
        <input
          id="camera-name"
          value={wish.name}
          maxLength={200}
          placeholder="Front door"
          autocomplete="off"
          {...described('name', addErrors.name)}
          onInput={(event) => change({ name: event.currentTarget.value })}
          data-testid="camera-name"
        />
      </Field>
      <Field
        name="url"
        label="Address"
        error={addErrors.url}
        hint="MJPEG, HLS or MPEG-TS by http or https, or RTSP. A name and password go in front of the host: rtsp://user:password@host/path."
      >
        <input
          id="camera-url"
          value={wish.url}
          maxLength={2000}
          inputMode="url"
          placeholder="rtsp://192.168.1.20/stream1"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          {...described('url', addErrors.url)}
          onInput={(event) => change({ url: event.currentTarget.value })}
          data-testid="camera-url"
        />
      </Field>
      <Field
        name="historySeconds"
        label="History"
        error={addErrors.historySeconds}
        hint="How far back it can be watched. What is older is dropped, unless you save it."
      >
        <Choice
          name="historySeconds"
          value={wish.historySeconds}
          error={addErrors.historySeconds}
          choices={historyChoices}
          words={(seconds) => (seconds === 0 ? 'Keep everything' : spanWords(seconds))}
          onChange={(historySeconds) => change({ historySeconds })}
        />
      </Field>
      <Field
        name="segmentSeconds"
        label="Segments"
        error={addErrors.segmentSeconds}
        hint="Shorter is closer to live, longer is less work."
      >
        <Choice
          name="segmentSeconds"
          value={wish.segmentSeconds}
          error={addErrors.segmentSeconds}
          choices={segmentChoices}
          words={(seconds) => plural(seconds, 'second')}
          onChange={(segmentSeconds) => change({ segmentSeconds })}
        />
      </Field>
      {addErrors.form ? (
        <p class="error-text" role="alert" data-testid="add-camera-error">
          {addErrors.form}
        </p>
      ) : null}
      <div class="row">
        <button type="submit" class="button primary" disabled={adding} data-testid="add-camera-submit">
          {adding ? 'Adding…' : 'Add camera'}
        </button>
        {first ? null : (
          <button type="button" class="button quiet" onClick={onDone}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}

type FieldName = keyof CameraWish;

interface FieldProps {
  name: FieldName;
  label: string;
  hint?: string;
  error: string | undefined;
  children: ComponentChildren;
}

function Field({ name, label, hint, error, children }: FieldProps): JSX.Element {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={idOf(name)}>{label}</label>
      {children}
      {error ? (
        <p
          class="error-text field-note"
          id={`${idOf(name)}-error`}
          role="alert"
          data-testid={`${idOf(name)}-error`}
        >
          {error}
        </p>
      ) : null}
      {hint ? <p class="field-note muted">{hint}</p> : null}
    </div>
  );
}

interface ChoiceProps {
  name: FieldName;
  value: number;
  error: string | undefined;
  choices: readonly number[];
  words: (value: number) => string;
  onChange: (value: number) => void;
}

function Choice({ name, value, error, choices, words, onChange }: ChoiceProps): JSX.Element {
  return (
    <select
      id={idOf(name)}
      value={value}
      {...described(name, error)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data-testid={idOf(name)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {words(choice)}
        </option>
      ))}
    </select>
  );
}

const ids: Record<FieldName, string> = {
  name: 'camera-name',
  url: 'camera-url',
  historySeconds: 'camera-history',
  segmentSeconds: 'camera-segments',
};

function idOf(name: FieldName): string {
  return ids[name];
}

interface Described {
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

function described(name: FieldName, error: string | undefined): Described {
  return error ? { 'aria-invalid': true, 'aria-describedby': `${idOf(name)}-error` } : {};
}
