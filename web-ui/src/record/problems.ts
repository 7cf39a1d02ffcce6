import type { CaptureProblem, CaptureWish } from './capture';

/** What a failed request for devices means and what the person can do about it. */
export function captureProblem(error: unknown, wish: CaptureWish): CaptureProblem {
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const what = wanted(wish);
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return notAllowed(message, wish, what);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return {
        code: 'no-device',
        title: `No ${what} was found`,
        advice: noDeviceAdvice(wish),
      };
    case 'NotReadableError':
    case 'AbortError':
      return {
        code: 'busy',
        title: `The ${what} could not be started`,
        advice:
          'Another program may be using it. Close that program, or unplug the device and plug it in again, then try again.',
      };
    default:
      return { code: 'unknown', title: `The ${what} could not be started`, advice: message };
  }
}

function notAllowed(message: string, wish: CaptureWish, what: string): CaptureProblem {
  if (/system/i.test(message)) {
    return {
      code: 'denied-by-system',
      title: `This computer does not let the browser use the ${what}`,
      advice: `Open the system's privacy settings, allow ${what} for this browser, restart the browser and come back.`,
    };
  }
  if (wish.source === 'screen') {
    return {
      code: 'cancelled',
      title: 'No screen was chosen',
      advice: 'Press Record again and choose a screen, a window or a tab.',
    };
  }
  return {
    code: 'denied',
    title: `The browser may not use the ${what} yet`,
    advice: `Click the icon left of the address at the top of the window, set ${what} to “Allow”, and press “Try again”.`,
  };
}

function noDeviceAdvice(wish: CaptureWish): string {
  return wish.source === 'sound'
    ? 'Plug in a microphone or a headset and press “Try again”.'
    : 'Plug one in and press “Try again”, choose another device below, or record the screen or sound only.';
}

function wanted(wish: CaptureWish): string {
  if (wish.source === 'sound') return 'microphone';
  if (wish.source === 'screen') return wish.microphoneId === 'none' ? 'screen' : 'screen or microphone';
  return wish.microphoneId === 'none' ? 'camera' : 'camera and microphone';
}

export const insecure: CaptureProblem = {
  code: 'insecure',
  title: 'This address cannot record',
  advice:
    'Browsers give out camera and microphone only on https or on localhost. Open Tapedeck on the computer it runs on, or put https in front of it. Watching works here all the same.',
};

export const unsupported: CaptureProblem = {
  code: 'unsupported',
  title: 'This browser cannot record',
  advice: 'Use a current Chrome, Edge or Firefox. Watching works here all the same.',
};

export const noRecorder: CaptureProblem = {
  code: 'no-recorder',
  title: 'This browser records in a format that Tapedeck does not take yet',
  advice: 'Use a current Chrome, Edge or Firefox. Watching works here all the same.',
};
