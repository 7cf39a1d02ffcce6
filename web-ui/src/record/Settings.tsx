import type { JSX } from 'preact';
import { Icon } from '../design/icons';
import { anyDevice, type Device, noDevice, type Source } from './capture';
import type { RecorderStore, RecorderView } from './recorderStore';

interface Props {
  recorder: RecorderStore;
  view: RecorderView;
}

/** What to record, with which devices, and what to call it. */
export function Settings({ recorder, view }: Props): JSX.Element {
  const { wish, devices, title } = view;
  const busy = view.phase === 'asking';
  return (
    <div class="card settings">
      <label class="field">
        <span>Title</span>
        <input
          type="text"
          maxLength={200}
          placeholder="What is it about?"
          value={title}
          onInput={(event) => recorder.setTitle(event.currentTarget.value)}
          data-testid="title"
        />
      </label>
      <SourceChoice source={wish.source} disabled={busy} onChoose={(source) => recorder.choose({ source })} />
      {wish.source === 'camera' ? (
        <DevicePicker
          kind="camera"
          devices={devices}
          chosen={wish.cameraId}
          disabled={busy}
          onChoose={(cameraId) => recorder.choose({ cameraId })}
        />
      ) : null}
      <DevicePicker
        kind="microphone"
        devices={devices}
        chosen={wish.microphoneId}
        disabled={busy}
        optional={wish.source !== 'sound'}
        onChoose={(microphoneId) => recorder.choose({ microphoneId })}
      />
      {view.capture ? (
        <button
          type="button"
          class="button quiet"
          onClick={() => recorder.close()}
          data-testid="close-preview"
        >
          Turn the preview off
        </button>
      ) : null}
    </div>
  );
}

const sources = [
  { source: 'camera', label: 'Camera', icon: 'camera' },
  { source: 'screen', label: 'Screen', icon: 'screen' },
  { source: 'sound', label: 'Sound', icon: 'microphone' },
] as const;

function SourceChoice(props: {
  source: Source;
  disabled: boolean;
  onChoose: (source: Source) => void;
}): JSX.Element {
  return (
    <fieldset class="choice" disabled={props.disabled}>
      <legend>Record</legend>
      <div class="segments">
        {sources.map(({ source, label, icon }) => (
          <label key={source} class={source === props.source ? 'segment chosen' : 'segment'}>
            <input
              type="radio"
              name="source"
              value={source}
              checked={source === props.source}
              onChange={() => props.onChoose(source)}
              data-testid={`source-${source}`}
            />
            <Icon name={icon} size={18} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Devices of one kind. Also offered while a lost device is to be replaced. */
export function DevicePicker(props: {
  kind: Device['kind'];
  devices: Device[];
  chosen: string;
  disabled?: boolean;
  optional?: boolean;
  onChoose: (id: string) => void;
}): JSX.Element {
  const fitting = props.devices.filter((device) => device.kind === props.kind);
  const gone = ![anyDevice, noDevice].includes(props.chosen) && !fitting.some((d) => d.id === props.chosen);
  return (
    <label class="field">
      <span>{props.kind === 'camera' ? 'Camera' : 'Microphone'}</span>
      <select
        value={props.chosen}
        disabled={props.disabled}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
        data-testid={`${props.kind}-picker`}
      >
        <option value={anyDevice}>{props.kind === 'camera' ? 'Default camera' : 'Default microphone'}</option>
        {fitting.map((device, n) => (
          <option key={device.id} value={device.id}>
            {device.label || `${props.kind === 'camera' ? 'Camera' : 'Microphone'} ${n + 1}`}
          </option>
        ))}
        {gone ? <option value={props.chosen}>(not connected)</option> : null}
        {props.optional ? <option value={noDevice}>No microphone</option> : null}
      </select>
    </label>
  );
}
