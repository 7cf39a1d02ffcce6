import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AccessStore } from './api/access';
import { SignIn } from './api/SignIn';
import { useStore } from './design/useStore';
import { Library } from './library/Library';
import type { LibraryStore } from './library/libraryStore';
import { isUnsafe } from './record/machine';
import { Recorder } from './record/Recorder';
import type { RecorderStore } from './record/recorderStore';
import { FileUpload } from './upload/FileUpload';
import type { FileUploadStore } from './upload/fileUploadStore';
import { Leftovers } from './upload/Leftovers';
import type { LeftoversStore } from './upload/leftovers';

interface Props {
  access: AccessStore;
  recorder: RecorderStore;
  leftovers: LeftoversStore;
  library: LibraryStore;
  files: FileUploadStore;
}

/** `/`: record, and everything that was recorded. */
export function HomePage({ access, recorder, leftovers, library, files }: Props): JSX.Element {
  const { access: who, signInNeeded } = useStore(access.view);
  const { phase } = useStore(recorder.view);
  useEffect(() => {
    void access.refresh();
    void leftovers.look();
  }, [access, leftovers]);
  useEffect(() => {
    if (who === 'guest') return;
    library.start();
    return () => library.stop();
  }, [who, library]);
  const { phase: filePhase } = useStore(files.view);
  const busyRecording = isUnsafe(phase);
  const busy = busyRecording || filePhase === 'sending';
  useEffect(() => library.watchClosely(busy), [busy, library]);
  if (who === 'guest' && !busyRecording) {
    return <SignIn access={access} why="Recording and the library are for the owner of this Tapedeck." />;
  }
  return (
    <>
      {who === 'guest' && signInNeeded ? (
        <SignIn access={access} why="The recording goes on. To save it, Tapedeck must know you." />
      ) : null}
      <Leftovers leftovers={leftovers} />
      <Recorder recorder={recorder} />
      {who === 'guest' ? null : <FileUpload files={files} />}
      {who === 'guest' ? null : <Library library={library} />}
    </>
  );
}
