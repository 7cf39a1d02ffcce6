import { Upload } from 'tus-js-client';
import type { FileDoor, Transfer, TransferEvents } from './fileUploadStore';

const address = '/api/v1/files';

/** Tries again for about ten minutes without a byte getting through; each byte begins that anew. */
const retryDelays = [0, 500, 1_000, 3_000, 5_000, 10_000, ...Array.from({ length: 60 }, () => 10_000)];

/**
 * Sends files by tus. The address of an unfinished upload is remembered by the browser, under the
 * file's name, size and time, so the same file goes on where it was, also after a reload.
 */
export const tusDoor: FileDoor = (file, events) => {
  const upload = new Upload(file, {
    endpoint: address,
    metadata: { filename: file.name, filetype: file.type },
    retryDelays,
    removeFingerprintOnSuccess: true,
    onUploadUrlAvailable: () => {
      // On the page's own origin, whatever the service believes its public address to be.
      upload.url = new URL(upload.url ?? '', location.href).pathname;
    },
    onProgress: (sentBytes) => events.onProgress(sentBytes),
    onSuccess: () => events.onDone(idIn(upload.url)),
    onError: (error) => events.onFailed(detailOf(error)),
  });
  void begin(upload, events);
  return transfer(upload);
};

async function begin(upload: Upload, events: TransferEvents): Promise<void> {
  try {
    const [latest] = (await upload.findPreviousUploads()).sort((a, b) =>
      b.creationTime.localeCompare(a.creationTime),
    );
    if (latest) upload.resumeFromPreviousUpload(latest);
    upload.start();
  } catch (error) {
    events.onFailed(detailOf(error));
  }
}

function transfer(upload: Upload): Transfer {
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    discard: () => upload.abort(true),
  };
}

/** An upload has the id of its session. */
function idIn(url: string | null): string {
  return decodeURIComponent((url ?? '').split('/').at(-1) ?? '');
}

/** What the server says, or that it says nothing. */
function detailOf(error: unknown): string {
  const answer = (error as { originalResponse?: { getBody(): string } | null }).originalResponse;
  try {
    const detail: unknown = JSON.parse(answer?.getBody() ?? '').detail;
    if (typeof detail === 'string') return detail;
  } catch {
    // No problem document.
  }
  return 'The server cannot be reached. What it has is kept: choose the same file again to go on.';
}
