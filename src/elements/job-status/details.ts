import { html, nothing, type CSSResult, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { canCancel, canRetry } from '../../core/allowed.ts';
import type { Job, KnownJobStatus } from '../../core/job.ts';
import { dispatchJobEnd, dispatchJobEvent } from '../../events/events.ts';
import { enMore } from '../../i18n/en-more.ts';
import { watchLanguage } from '../../i18n/page-language.ts';
import type { JobSnapshot } from '../../store/snapshot.ts';
import { attempt } from '../shared/attempt.ts';
import { BeatController } from '../shared/beat.ts';
import { badgeContrast } from '../shared/badge.styles.ts';
import { buttons } from '../shared/controls.styles.ts';
import { laterTokens } from '../shared/tokens.styles.ts';
import { cssStates, setStates } from './custom-states.ts';
import type { Details } from './details-contract.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { absenceOf, connectionOf } from './insight.ts';
import { JobFollower } from './job-follower.ts';
import { LiveRegion, milestoneText } from './live-region.ts';
import { loadPlayer } from './player-loader.ts';
import { resultOf, type JobShowing } from './result-of.ts';
import { StatusActions, type ActionsElement } from './status-actions.ts';
import type { Milestone } from './milestones.ts';
import type { Insight, StatusModel } from './status-model.ts';
import { contrastStyles } from './styles/contrast.styles.ts';
import { detailStyles } from './styles/details.styles.ts';
import { resultStyles } from './styles/result.styles.ts';
import { stepStyles } from './styles/steps.styles.ts';
import { renderActions } from './views/actions.ts';
import { factsOf } from './views/facts.ts';
import { connectionText, renderConnection, renderError, renderNoticePanel, renderTrouble } from './views/panels.ts';
import { renderResult, shapeVideo, type PlayerState } from './views/result.ts';
import { laterStepText } from './views/step-text.ts';
import { renderTimeline } from './views/timeline.ts';

const STYLES = [laterTokens, badgeContrast, contrastStyles, buttons, detailStyles, stepStyles, resultStyles];
const NOTHING: JobShowing = { kind: 'nothing' };

/** What the second stage needs of `<job-status>`. */
export interface DetailsElement extends ActionsElement, ReactiveControllerHost {
  readonly internals: ElementInternals;
  readonly details: Details | null;
  readonly maxAttempts: number;
  readonly captionsLang: string;
  readonly hideTimes: boolean;
  readonly hideSteps: boolean;
  readonly hideResult: boolean;
  /** The job as it was first seen, where that was before this was here. */
  readonly firstSeen: { readonly job: Job; readonly at: number } | null;
}

/** Times, actions, notes, result, steps, and what is said aloud: the second stage of one `<job-status>`. */
export class StatusDetails implements Details, ReactiveController {
  readonly #element: DetailsElement;
  readonly #live: LiveRegion;
  readonly #actions: StatusActions;
  #follower = new JobFollower();
  #followed = '';
  #milestone: Milestone | null = null;
  #wasInTrouble = false;
  #playerState: PlayerState = 'waiting';
  #styled = false;
  /** The CSS states that are set. */
  #states = '';
  #allSteps = false;

  constructor(element: DetailsElement) {
    this.#element = element;
    this.#live = new LiveRegion(element, () => element.clock);
    this.#actions = new StatusActions(element, this.#live, new FocusKeeper(element));
    element.localize.addTerms(enMore);
    element.localize.watch(watchLanguage);
    new BeatController(element, () => (this.#ticks ? element.clock : null));
    element.addController(this);
  }

  get spoken(): string {
    return this.#live.text;
  }

  get asking(): boolean {
    return this.#actions.asking;
  }

  hostConnected(): void {
    if (this.#styled) return;
    this.#styled = true;
    adopt(this.#element.shadowRoot as ShadowRoot, STYLES);
  }

  hostDisconnected(): void {
    this.#actions.stop();
  }

  hostUpdated(): void {
    const { shadowRoot, model, variant, hideResult, internals } = this.#element;
    const states = cssStates(model);
    if (states.join() !== this.#states) setStates(internals, new Set(states));
    this.#states = states.join();
    if (model.kind === 'success') shapeVideo(shadowRoot as ShadowRoot, model.job?.result?.resolution);
    const isCard = variant !== 'compact' && variant !== 'inline' && variant !== 'bar';
    if (model.showing.kind === 'video' && isCard && !hideResult) attempt(this.#element, this.#bringPlayer());
  }

  take(snapshot: JobSnapshot | null, now: number): Insight {
    const job = snapshot?.job ?? null;
    if (this.#followed !== this.#element.currentId) this.#follow();
    this.#milestone = job === null || job === this.#follower.job ? null : this.#follower.take(job, now);
    if (job !== null) this.#actions.onJob(job, now);
    const cancelling = this.#actions.isCancelling(job);
    const mayAct = job !== null && snapshot?.pending === null;
    return {
      ...connectionOf(snapshot, now),
      absence: absenceOf(snapshot),
      cancelling,
      remaining: this.#element.hideTimes ? [] : this.#follower.remaining(now),
      showing: job === null ? NOTHING : this.#showing(job),
      mayCancel: mayAct && !cancelling && canCancel(job),
      mayRetry: mayAct && job.status !== 'success' && canRetry(job),
    };
  }

  shown(model: StatusModel): void {
    if (!model.mayCancel) this.#actions.asking = false;
    if (this.#milestone) this.#live.say(milestoneText(this.#milestone, model.title, model.localize));
    this.#speakOfTrouble(model);
  }

  static tellChange(element: EventTarget, job: Job, previous: Job | null): void {
    dispatchJobEvent(element, 'job-change', { job, previous });
  }

  static tellEnd(element: DetailsElement, job: Job): void {
    dispatchJobEnd(element, job);
    element.details?.ended(job);
  }

  ended(job: Job): void {
    const { model, localize } = this.#element;
    const text = milestoneText({ kind: 'end', status: job.status as KnownJobStatus }, model.title, localize);
    attempt(this.#element, this.#actions.tellEnd(job, text));
  }

  cancel(): Promise<void> {
    return this.#actions.cancel();
  }

  retry(): Promise<void> {
    return this.#actions.retry();
  }

  renderFacts(model: StatusModel): readonly TemplateResult[] {
    return this.#facts(model).map(({ part, text }) => html`<li part=${part}>${text}</li>`);
  }

  renderFact(model: StatusModel): TemplateResult | typeof nothing {
    const [fact] = model.trouble === null ? this.#facts(model) : [];
    return fact ? html`<span class="fact" part="facts">${fact.text}</span>` : nothing;
  }

  stepText(model: StatusModel): string {
    return laterStepText(model);
  }

  renderActions(model: StatusModel): TemplateResult {
    return renderActions(model, this.#actions);
  }

  renderTrouble(model: StatusModel): TemplateResult | typeof nothing {
    return renderTrouble(model, this.#element.clock.now());
  }

  renderBelow(model: StatusModel): TemplateResult {
    const { hideResult, hideSteps, captionsLang, clock } = this.#element;
    return html`${renderConnection(model, clock.now())} ${renderNoticePanel(this.#actions.notice)} ${renderError(model)}
      ${hideResult ? nothing : renderResult(model, this.#playerState, captionsLang)}
      ${hideSteps ? nothing : renderTimeline(model, this.#allSteps, this.#onSteps)}`;
  }

  readonly #onSteps = (): void => {
    this.#allSteps = !this.#allSteps;
    this.#element.requestUpdate();
  };

  #follow(): void {
    const { currentId, firstSeen } = this.#element;
    this.#followed = currentId;
    this.#follower = new JobFollower(this.#element.jobs.store?.history, () => this.#serverAhead);
    this.#wasInTrouble = false;
    this.#allSteps = false;
    this.#actions.reset();
    if (firstSeen !== null) this.#follower.take(firstSeen.job, firstSeen.at);
  }

  #facts(model: StatusModel): ReturnType<typeof factsOf> {
    const { maxAttempts, clock } = this.#element;
    return factsOf(model, maxAttempts, { now: clock.now(), ahead: this.#serverAhead });
  }

  get #serverAhead(): number | null {
    return this.#element.jobs.store?.client.transport.serverAhead ?? null;
  }

  /** Whether anything on show moves with time. */
  get #ticks(): boolean {
    const { model, variant, hideTimes } = this.#element;
    const showsTimes = !hideTimes && variant !== 'inline' && variant !== 'bar';
    return model.running && (model.waiting || (model.trouble === null && showsTimes));
  }

  #showing(job: Job): JobShowing {
    const { environment, store } = this.#element.jobs;
    return store === null ? NOTHING : resultOf(job, { baseUrl: store.apiUrl, map: environment?.mediaUrl ?? undefined });
  }

  /** The connection's own news: once when it goes, once when it is back. */
  #speakOfTrouble(model: StatusModel): void {
    const text = connectionText(model, this.#element.clock.now());
    if ((text !== null) === this.#wasInTrouble) return;
    this.#wasInTrouble = text !== null;
    if (text !== null) this.#live.say(text);
    else if (model.running) this.#live.say(model.localize.term('connection.back'));
  }

  async #bringPlayer(): Promise<void> {
    if (this.#playerState === 'ready') return;
    this.#playerState = (await loadPlayer()) ? 'ready' : 'failed';
    this.#element.requestUpdate();
  }
}

/** Over the styles that are there, as a list of all would be. */
function adopt(root: ShadowRoot, styles: readonly CSSResult[]): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...styles.map(({ styleSheet }) => styleSheet as CSSStyleSheet)];
}
