import type { nothing, TemplateResult } from 'lit';
import type { Job } from '../../core/job.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import type { Insight, StatusModel } from './status-model.ts';

/**
 * The second stage of `<job-status>`: all that the first picture of a job does without. The first stage is loaded with the
 * page and draws title, badge, bar, percentage and step; this comes beside its first question to the server.
 */
export interface Details {
  /** What screen readers are told at the moment. */
  readonly spoken: string;
  /** A question stands in the place of the buttons. */
  readonly asking: boolean;
  /** Before the model of each update is made. */
  take(snapshot: JobSnapshot | null, now: number): Insight;
  /** After it. */
  shown(model: StatusModel): void;
  ended(job: Job): void;
  cancel(): Promise<void>;
  retry(): Promise<void>;
  /** Times and attempts, in a list. */
  renderFacts(model: StatusModel): readonly TemplateResult[];
  /** The most telling of them, in a row. */
  renderFact(model: StatusModel): TemplateResult | typeof nothing;
  stepText(model: StatusModel): string;
  renderActions(model: StatusModel): TemplateResult;
  /** The connection's mark in a row. */
  renderTrouble(model: StatusModel): TemplateResult | typeof nothing;
  /** What lies below the first picture of a card: notes, an error, a video, steps. */
  renderBelow(model: StatusModel): TemplateResult;
}
