import type { StatusKind } from '../../src/elements/job-status/status-kind.ts';
import type { World } from './world.ts';

/** One state of `<job-status>`: how it comes about, and what it must say then, in English, as a card. */
export interface StatusScenario {
  readonly name: string;
  readonly kind: StatusKind;
  /** What is different on the element itself. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Gets the backend ready. Returns what `job-id` is set to. */
  arrange(world: World): string;
  /** What happens after the first answer was shown. */
  act?(world: World, id: string, element: HTMLElement): Promise<void>;
  readonly badge: string | null;
  /** Words on show; each is looked for by itself. */
  readonly words: readonly string[];
  /** All buttons and links of the widget, in order. */
  readonly buttons: readonly string[];
  /** Percent on the progress bar; `unknown` for a bar without a value, `none` for no bar. */
  readonly bar: number | 'unknown' | 'none';
}

const TITLE = 'How bees talk to each other';

/** ISO time so many seconds before now. */
const ago = ({ clock }: World, seconds: number): string => new Date(clock.now() - seconds * 1000).toISOString();

const steps = (world: World, id: string, states: readonly string[], share: number): void => {
  const names = ['Script', 'Voice', 'Scenes', 'Encode'];
  world.double.update(id, {
    steps: names.map((name, index) => {
      const status = states[index] ?? 'pending';
      return { name, status, progress: status === 'success' ? 1 : status === 'pending' ? 0 : share };
    }),
  });
};

const running = (world: World, fields: object = {}): string =>
  world.double.add({
    title: TITLE,
    status: 'processing',
    progress: 0.64,
    progress_message: 'Rendering scene 5 of 8',
    created_at: ago(world, 90),
    started_at: ago(world, 80),
    estimated_duration: 125,
    ...fields,
  });

const finished = (world: World, fields: object = {}): string =>
  world.double.add({
    title: TITLE,
    status: 'success',
    created_at: ago(world, 400),
    started_at: ago(world, 390),
    completed_at: ago(world, 265),
    duration: 125,
    ...fields,
  });

const failed = (world: World, fields: object = {}): string =>
  world.double.add({
    title: TITLE,
    status: 'failure',
    progress: 0.42,
    error: 'The voice “en-XX-Nobody” is not known to this service. Choose another voice.',
    created_at: ago(world, 400),
    started_at: ago(world, 390),
    completed_at: ago(world, 350),
    duration: 40,
    ...fields,
  });

const press = async (world: World, element: HTMLElement, name: string): Promise<void> => {
  element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`)?.click();
  await world.clock.flush();
};

export const statusScenarios: readonly StatusScenario[] = [
  {
    name: 'no job yet',
    kind: 'empty',
    arrange: () => '',
    badge: null,
    words: ['No job yet', 'When a job starts, its progress appears here.'],
    buttons: [],
    bar: 'none',
  },
  {
    name: 'loading',
    kind: 'loading',
    arrange(world) {
      world.double.fault({ kind: 'hang' });
      return running(world);
    },
    badge: 'Loading…',
    words: [],
    buttons: [],
    bar: 'unknown',
  },
  {
    name: 'pending',
    kind: 'pending',
    arrange: (world) => world.double.add({ title: TITLE, created_at: ago(world, 12), progress_message: 'Waiting for a worker' }),
    badge: 'Waiting',
    words: [TITLE, 'Waiting for a worker', '12 s elapsed'],
    buttons: ['Cancel'],
    bar: 'unknown',
  },
  {
    name: 'pending with a place in the queue',
    kind: 'pending',
    arrange: (world) =>
      world.double.add({ title: TITLE, created_at: ago(world, 12), queue_position: 5, estimated_duration: 120 }),
    async act({ clock, double }, id) {
      double.update(id, { queue_position: 4 });
      await clock.advance(30_000);
      double.update(id, { queue_position: 3 });
      await clock.advance(30_000);
    },
    badge: 'Waiting',
    words: ['Number 3 in the queue', 'Starts in', 'Takes about 1–3 min', '1 min 12 s elapsed'],
    buttons: ['Cancel'],
    bar: 'unknown',
  },
  {
    name: 'started',
    kind: 'started',
    arrange: (world) =>
      running(world, { status: 'started', progress: 0, progress_message: 'Reading the script', started_at: ago(world, 4), estimated_duration: null }),
    badge: 'Started',
    words: [TITLE, 'Reading the script', '4 s elapsed'],
    buttons: ['Cancel'],
    bar: 'unknown',
  },
  {
    name: 'processing',
    kind: 'processing',
    arrange: (world) => running(world),
    badge: 'In progress',
    words: [TITLE, 'Rendering scene 5 of 8', '64%', 'left', '1 min 20 s elapsed'],
    buttons: ['Cancel'],
    bar: 64,
  },
  {
    name: 'processing with steps',
    kind: 'processing',
    arrange(world) {
      const id = running(world);
      steps(world, id, ['success', 'success', 'processing'], 0.6);
      return id;
    },
    badge: 'In progress',
    words: ['64%', 'Script', 'Voice', 'Scenes', '60%', 'Encode'],
    buttons: ['Cancel'],
    bar: 64,
  },
  {
    name: 'processing without a known progress',
    kind: 'processing',
    arrange: (world) => running(world, { progress: null, estimated_duration: null }),
    badge: 'In progress',
    words: ['Rendering scene 5 of 8', '1 min 20 s elapsed'],
    buttons: ['Cancel'],
    bar: 'unknown',
  },
  {
    name: 'processing longer than usual',
    kind: 'processing',
    arrange: (world) => running(world, { estimated_duration: 40 }),
    badge: 'In progress',
    words: ['Taking longer than usual', '1 min 20 s elapsed'],
    buttons: ['Cancel'],
    bar: 64,
  },
  {
    name: 'retrying',
    kind: 'retrying',
    arrange: (world) => world.double.add({ title: TITLE, created_at: ago(world, 200), retry_count: 1 }),
    badge: 'Retrying',
    words: ['The last attempt failed. The next one starts from the beginning.', 'Attempt 2 of 4'],
    buttons: ['Cancel'],
    bar: 'unknown',
  },
  {
    name: 'second attempt',
    kind: 'processing',
    arrange: (world) => running(world, { retry_count: 1, progress: 0.3 }),
    badge: 'In progress',
    words: ['30%', 'Attempt 2 of 4'],
    buttons: ['Cancel'],
    bar: 30,
  },
  {
    name: 'offers to tell when it ends',
    kind: 'processing',
    attributes: { notify: '' },
    arrange: (world) => running(world),
    badge: 'In progress',
    words: ['64%'],
    buttons: ['Tell me when it ends', 'Cancel'],
    bar: 64,
  },
  {
    name: 'asking whether to cancel',
    kind: 'processing',
    arrange: (world) => running(world),
    act: (world, _id, element) => press(world, element, 'cancel'),
    badge: 'In progress',
    words: ['Cancel this job?'],
    buttons: ['Yes, cancel', 'Keep running'],
    bar: 64,
  },
  {
    name: 'cancelling',
    kind: 'cancelling',
    arrange: (world) => running(world),
    async act(world, _id, element) {
      world.double.fault({ kind: 'hang', method: 'DELETE' });
      await press(world, element, 'cancel');
      await press(world, element, 'cancel-yes');
    },
    badge: 'Cancelling…',
    words: ['Rendering scene 5 of 8', '64%'],
    buttons: [],
    bar: 64,
  },
  {
    name: 'cancel refused',
    kind: 'processing',
    arrange: (world) => running(world),
    async act(world, _id, element) {
      world.double.fault({ status: 403, method: 'DELETE', times: 5 });
      await press(world, element, 'cancel');
      await press(world, element, 'cancel-yes');
    },
    badge: 'In progress',
    words: ['The job could not be cancelled. You are not allowed to do this.'],
    buttons: ['Cancel'],
    bar: 64,
  },
  {
    name: 'cancelled',
    kind: 'cancelled',
    arrange: (world) => failed(world, { status: 'cancelled', error: null, progress_message: 'Cancelled by the user' }),
    badge: 'Cancelled',
    words: ['Stopped before it ended.', '42%', 'Took 40 s'],
    buttons: ['Try again'],
    bar: 42,
  },
  {
    name: 'done although cancel was asked for',
    kind: 'success',
    arrange: (world) => running(world),
    async act(world, id, element) {
      await press(world, element, 'cancel');
      world.double.finish(id);
      await press(world, element, 'cancel-yes');
      await world.clock.advance(100);
    },
    badge: 'Done',
    words: ['It had already ended before it could be cancelled.'],
    buttons: ['Download', 'Copy link'],
    bar: 100,
  },
  {
    name: 'done with a video',
    kind: 'success',
    arrange: (world) => finished(world),
    badge: 'Done',
    words: [TITLE, '30 s', '1920×1080', '1.23 MB', 'Took 2 min 5 s'],
    buttons: ['Download', 'Copy link'],
    bar: 100,
  },
  {
    name: 'done with a plain link',
    kind: 'success',
    arrange: (world) => finished(world, { result: { url: 'https://example.com/report/7' }, links: {} }),
    badge: 'Done',
    words: ['example.com', 'Took 2 min 5 s'],
    buttons: ['Open result', 'Copy link'],
    bar: 100,
  },
  {
    name: 'done with nothing to show',
    kind: 'success',
    arrange: (world) => finished(world, { result: null, links: {} }),
    badge: 'Done',
    words: ['There is nothing to show.', 'Took 2 min 5 s'],
    buttons: [],
    bar: 100,
  },
  {
    name: 'failed, may be tried again',
    kind: 'failure',
    arrange(world) {
      const id = failed(world);
      steps(world, id, ['success', 'failure'], 0.2);
      return id;
    },
    badge: 'Failed',
    words: ['Stopped at: Voice', '42%', 'Took 40 s', 'The voice “en-XX-Nobody” is not known to this service.'],
    buttons: ['Try again'],
    bar: 42,
  },
  {
    name: 'failed for good',
    kind: 'failure',
    arrange: (world) => failed(world, { links: {}, error: null, retry_count: 3 }),
    badge: 'Failed',
    words: ['The job failed.', 'The service gave no reason.', 'Attempt 4 of 4'],
    buttons: [],
    bar: 42,
  },
  {
    name: 'failed with a long error',
    kind: 'failure',
    arrange: (world) =>
      failed(world, {
        error: `RenderError: ffmpeg ended with code 1\n${'  at encode (worker.py:214) <b>not markup</b>\n'.repeat(12)}`,
      }),
    badge: 'Failed',
    words: ['RenderError: ffmpeg ended with code 1', 'Details'],
    buttons: ['Try again'],
    bar: 42,
  },
  {
    name: 'not found',
    kind: 'not-found',
    arrange: () => '7c3a9f10-0000-4000-8000-000000000000',
    badge: 'Not found',
    words: ['Job 7c3a9f10', 'This job does not exist, or it has expired.'],
    buttons: ['Check again'],
    bar: 'none',
  },
  {
    name: 'not signed in',
    kind: 'unauthorized',
    arrange(world) {
      world.double.fault({ status: 401, times: 99 });
      return running(world);
    },
    badge: 'Not allowed',
    words: ['Sign in to see this job.'],
    buttons: ['Check again'],
    bar: 'none',
  },
  {
    name: 'not allowed',
    kind: 'forbidden',
    arrange(world) {
      world.double.fault({ status: 403, times: 99 });
      return running(world);
    },
    badge: 'Not allowed',
    words: ['You are not allowed to see this job.'],
    buttons: ['Check again'],
    bar: 'none',
  },
  {
    name: 'never reached',
    kind: 'unreachable',
    arrange(world) {
      world.double.fault({ kind: 'network', times: 99 });
      return running(world);
    },
    badge: 'No connection',
    words: ['The server did not answer.'],
    buttons: ['Check again'],
    bar: 'none',
  },
  {
    name: 'connection lost',
    kind: 'processing',
    arrange: (world) => running(world),
    async act({ clock, double }) {
      double.fault({ kind: 'network', times: 99 });
      await clock.advance(20_000);
    },
    badge: 'In progress',
    words: ['64%', 'Connection lost. Trying again…', 'As of', '1 min 20 s elapsed'],
    buttons: ['Check again', 'Cancel'],
    bar: 64,
  },
  {
    name: 'a web page in place of an answer',
    kind: 'processing',
    arrange: (world) => running(world),
    async act({ clock, double }) {
      double.fault({ status: 200, body: '<!doctype html><title>Welcome to our network</title>', times: 99 });
      await clock.advance(20_000);
    },
    badge: 'In progress',
    words: ['64%', 'A web page came in place of an answer. This network may want you to sign in.', 'As of'],
    buttons: ['Check again', 'Cancel'],
    bar: 64,
  },
  {
    name: 'offline',
    kind: 'processing',
    arrange: (world) => running(world),
    async act(world) {
      world.setOnline(false);
      await world.clock.advance(20_000);
    },
    badge: 'In progress',
    words: ['64%', 'You are offline.', 'As of'],
    buttons: ['Check again', 'Cancel'],
    bar: 64,
  },
  {
    name: 'a status nobody knows',
    kind: 'unknown',
    arrange: (world) => running(world, { status: 'rendering_preview' as never }),
    badge: 'rendering_preview',
    words: ['Rendering scene 5 of 8', '64%'],
    buttons: ['Cancel'],
    bar: 64,
  },
  {
    name: 'words that are too long',
    kind: 'processing',
    arrange: (world) =>
      running(world, {
        title: 'The remarkably long story of how honey bees, bumblebees and stingless bees tell each other where to find flowers',
        progress_message: 'Rendering scene 5 of 8: “The waggle dance, filmed at a thousand frames per second, slowed down and explained”',
        retry_count: 2,
      }),
    badge: 'In progress',
    words: ['The remarkably long story', 'Attempt 3 of 4'],
    buttons: ['Cancel'],
    bar: 64,
  },
];
