import type { Meta } from '@storybook/web-components-vite';
import { statusMeta } from './support/status-meta.ts';
import { liveStory, statusStory } from './support/status-story.ts';
import type { StatusArgs } from './support/status-story.ts';

/** Every state as a card. Time stands still in these; `Live` runs by itself. */
export default {
  ...statusMeta,
  tags: ['autodocs'],
  title: 'job-status/Card',
  args: { ...statusMeta.args, variant: 'card' },
} satisfies Meta<StatusArgs>;

export const NoJobYet = statusStory('no job yet');
export const Loading = statusStory('loading');
export const Pending = statusStory('pending');
export const PendingWithAPlaceInTheQueue = statusStory('pending with a place in the queue');
export const Started = statusStory('started');
export const Processing = statusStory('processing');
export const ProcessingWithSteps = statusStory('processing with steps');
export const ProcessingWithoutAKnownProgress = statusStory('processing without a known progress');
export const ProcessingLongerThanUsual = statusStory('processing longer than usual');
export const Retrying = statusStory('retrying');
export const SecondAttempt = statusStory('second attempt');
export const OffersToTellWhenItEnds = statusStory('offers to tell when it ends');
export const AskingWhetherToCancel = statusStory('asking whether to cancel');
export const Cancelling = statusStory('cancelling');
export const CancelRefused = statusStory('cancel refused');
export const Cancelled = statusStory('cancelled');
export const DoneAlthoughCancelWasAskedFor = statusStory('done although cancel was asked for');
export const DoneWithAVideo = statusStory('done with a video');
export const DoneWithAPlainLink = statusStory('done with a plain link');
export const DoneWithNothingToShow = statusStory('done with nothing to show');
export const FailedMayBeTriedAgain = statusStory('failed, may be tried again');
export const FailedForGood = statusStory('failed for good');
export const FailedWithALongError = statusStory('failed with a long error');
export const NotFound = statusStory('not found');
export const NotSignedIn = statusStory('not signed in');
export const NotAllowed = statusStory('not allowed');
export const NeverReached = statusStory('never reached');
export const ConnectionLost = statusStory('connection lost');
export const WebPage = statusStory('a web page in place of an answer');
export const Offline = statusStory('offline');
export const AStatusNobodyKnows = statusStory('a status nobody knows');
export const WordsThatAreTooLong = statusStory('words that are too long');

/** A job that runs by itself, in real time: it can be cancelled, and played at its end. */
export const Live = liveStory();
