import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { systemClock, type Clock } from '../../core/clock.ts';
import { LocalizeController } from '../../i18n/localize.ts';
import { buttons } from '../shared/controls.styles.ts';
import { base, tokens } from '../shared/tokens.styles.ts';
import { icon } from './icons.ts';
import { jobPlayerStyles } from './job-player.styles.ts';
import { createMediaEngine, disposeMediaEngine, type MediaEngine, type PlayerState } from './media-engine.ts';
import { renderControls } from './player-controls.ts';
import { playerAction } from './player-keys.ts';
import { playerWords, type PlayerTerms } from '../../i18n/player/index.ts';
import { isForeign, readResolution, safeUrl } from './player-urls.ts';

/** The controls go away when a playing video has been left alone this long, in ms. */
const IDLE_AFTER = 2_500;

/**
 * A video with captions and controls, for `<job-status>` and for pages that show a finished job on their own. Import its
 * `define` module when there is a video to show, not before.
 *
 * Until its engine has come, and when that cannot be loaded, the browser's own controls stand in. It needs nothing of a
 * Content-Security-Policy but `media-src` (and `img-src` for the poster). The `crossorigin` attribute is set on the video only
 * when captions come from another origin; should the video then be refused, it is tried once more without captions.
 *
 * Keys, while the focus is inside: Space or K plays and pauses, ← → move by 5 s, ↑ ↓ change the volume, M mutes, C shows
 * captions, F goes to full screen.
 *
 * ```html
 * <job-player src="video.mp4" poster="poster.jpg" captions="video.vtt" captions-lang="en" label="Seven wonders"></job-player>
 * ```
 *
 * @element job-player
 *
 * @fires {Event} error - The video cannot be played. Like that of `<video>` it neither bubbles nor is composed.
 *
 * @csspart stage - The frame around picture and controls.
 * @csspart video - The `<video>` itself.
 * @csspart controls - The bar at the bottom.
 * @csspart seek - The time slider.
 * @csspart volume - The volume slider.
 * @csspart time - Position and length.
 * @csspart button - Each button of the bar; it also has a part of its own: `play`, `mute`, `captions`, `pip`, `fullscreen`.
 * @csspart problem - What is shown when the video cannot be played.
 *
 * @cssprop [--job-player-background=#0b0d12] - Colour around a picture that does not fill the stage.
 * @cssprop [--job-player-max-block-size=min(32rem, 80vh)] - Greatest height of the picture.
 */
export class JobPlayer extends LitElement {
  static override styles = [tokens, base, buttons, jobPlayerStyles];

  /** Address of the video: http, https, blob, or relative. Anything else shows nothing. */
  @property() src = '';

  /** Address of the picture shown before the video plays. */
  @property() poster = '';

  /** Address of captions in WebVTT. They are there to be switched on, and off until then. */
  @property() captions = '';

  /** Language of the captions, BCP 47. Without it the language of the place where the player stands. */
  @property({ attribute: 'captions-lang' }) captionsLang = '';

  /** What the video is called, for screen readers. */
  @property() label = '';

  /** Where the download link leads when the video cannot be played; `src` when this is empty. */
  @property() download = '';

  /** `"1920x1080"`: keeps the right room before the video has loaded. */
  @property() resolution = '';

  /** How much to load before the user plays: `none`, `metadata` or `auto`. */
  @property() preload: 'none' | 'metadata' | 'auto' = 'metadata';

  /** Makes the engine; tests replace it. */
  createEngine: typeof createMediaEngine = createMediaEngine;

  /** Times the hiding of the controls; tests replace it. */
  clock: Clock = systemClock;

  @query('video') private readonly video!: HTMLVideoElement | null;
  @state() private engine: MediaEngine | null = null;
  @state() private media: PlayerState = {};
  @state() private failed = false;
  @state() private idle = false;
  @state() private seekingTo: number | null = null;
  @state() private captionsFailed = false;
  /** The video was refused with `crossorigin`, so captions from another origin are given up for it. */
  @state() private anonymousRefused = false;
  /** Origins can be compared in a browser only; markup that a server made is first met as the server made it. */
  @state() private comparable = false;

  private readonly localize: LocalizeController<PlayerTerms> = new LocalizeController(this, playerWords);
  private engineVideo: HTMLVideoElement | null = null;
  private unsubscribe: (() => void) | null = null;
  private cancelIdle: (() => void) | null = null;
  private idleAtPointerDown = false;

  /** The `<video>` inside, for its methods, state and events; `null` while there is nothing to play. */
  get mediaElement(): HTMLVideoElement | null {
    return this.hasUpdated ? this.video : null;
  }

  override connectedCallback(): void {
    if (!this.shadowRoot) this.comparable = true;
    super.connectedCallback();
    if (this.hasUpdated) void this.attachEngine();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.detachEngine();
    this.cancelIdle?.();
    this.cancelIdle = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('captions')) {
      this.failed = false;
      this.captionsFailed = false;
      this.anonymousRefused = false;
      this.seekingTo = null;
    }
  }

  protected override firstUpdated(): void {
    this.comparable = true;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.video !== this.engineVideo) {
      this.detachEngine();
      void this.attachEngine();
    }
    if (changed.has('anonymousRefused') && this.anonymousRefused) this.video?.load();
    this.paintSliders();
  }

  /** Loads the engine for the video on show. Where that fails, the browser's own controls stay. */
  private async attachEngine(): Promise<void> {
    const { video } = this;
    this.engineVideo = video;
    if (!video || !this.isConnected) return;
    try {
      const engine = await this.createEngine(video, this);
      if (this.engineVideo !== video || !this.isConnected || this.engine) {
        disposeMediaEngine(engine);
        return;
      }
      this.engine = engine;
      this.unsubscribe = engine.subscribe((media) => {
        this.media = media;
        if (media.mediaPaused) this.stayAwake();
        else if (!this.cancelIdle && !this.idle) this.awake();
      });
    } catch {
      this.engine = null;
    }
  }

  private detachEngine(): void {
    this.engineVideo = null;
    if (!this.engine) return;
    disposeMediaEngine(this.engine);
    this.unsubscribe?.();
    this.unsubscribe = null;
    this.engine = null;
    this.media = {};
  }

  /** Fills the sliders up to their values. By script: a `style` attribute would be against a strict policy. */
  private paintSliders(): void {
    const end = this.media.mediaBuffered?.at(-1)?.[1] ?? 0;
    for (const input of this.renderRoot.querySelectorAll<HTMLInputElement>('input[type="range"]')) {
      const max = Number(input.max) || 1;
      input.style.setProperty('--_played', `${(Number(input.value) / max) * 100}%`);
      if (input.className === 'seek') input.style.setProperty('--_loaded', `${(end / max) * 100}%`);
    }
  }

  private readonly request = (type: string, detail?: unknown): void => {
    this.engine?.dispatch({ type, detail });
  };

  private readonly togglePlay = (): void => {
    this.request(this.video?.paused === false ? 'mediapauserequest' : 'mediaplayrequest');
  };

  private readonly onSeekInput = (event: Event): void => {
    this.seekingTo = Number((event.target as HTMLInputElement).value);
    this.request('mediaseekrequest', this.seekingTo);
  };

  private readonly onSeekEnd = (): void => {
    this.seekingTo = null;
  };

  private readonly onVolumeInput = (event: Event): void => {
    const volume = Number((event.target as HTMLInputElement).value);
    this.request(volume === 0 ? 'mediamuterequest' : 'mediavolumerequest', volume);
  };

  private readonly onKeydown = (event: KeyboardEvent): void => {
    this.awake();
    const action = this.engine && playerAction(event, this.media);
    if (!action) return;
    event.preventDefault();
    if (action === 'toggle-play') this.togglePlay();
    else this.request(action.type, action.detail);
  };

  private readonly onPointerDown = (): void => {
    this.idleAtPointerDown = this.idle;
    this.awake();
  };

  /** A click on the picture plays and pauses; a tap while the controls are hidden only shows them. */
  private readonly onPictureClick = (): void => {
    if (this.engine && !this.idleAtPointerDown) this.togglePlay();
  };

  private readonly onPointerLeave = (): void => {
    if (this.media.mediaPaused === false && !this.controlsInUse()) this.idle = true;
  };

  private readonly awake = (): void => {
    this.stayAwake();
    if (this.media.mediaPaused !== false) return;
    this.cancelIdle = this.clock.setTimeout(() => {
      this.cancelIdle = null;
      if (this.controlsInUse()) this.awake();
      else this.idle = true;
    }, IDLE_AFTER);
  };

  private stayAwake(): void {
    this.cancelIdle?.();
    this.cancelIdle = null;
    this.idle = false;
  }

  private controlsInUse(): boolean {
    const controls = this.renderRoot.querySelector('.controls');
    return controls?.matches(':hover, :has(:focus-visible)') ?? false;
  }

  private readonly onVideoError = (): void => {
    if (this.needsCors && !this.anonymousRefused) {
      this.anonymousRefused = true;
      return;
    }
    this.failed = true;
    this.dispatchEvent(new Event('error'));
  };

  private readonly onTrackError = (): void => {
    this.captionsFailed = true;
  };

  private readonly onTryAgain = async (): Promise<void> => {
    this.failed = false;
    this.anonymousRefused = false;
    this.video?.load();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.play')?.focus();
  };

  /** Captions of another origin load only when the video asks for both in CORS mode. */
  private get needsCors(): boolean {
    const url = safeUrl(this.captions);
    return this.comparable && url !== '' && isForeign(url);
  }

  protected override render(): TemplateResult | typeof nothing {
    const src = safeUrl(this.src);
    if (!src) return nothing;
    const own = this.engine !== null && !this.failed;
    const paused = this.media.mediaPaused ?? true;
    const room = readResolution(this.resolution);
    const poster = safeUrl(this.poster);
    const cors = this.needsCors && !this.anonymousRefused;
    const label = this.label || this.localize.term('player.label');

    return html`<div
      class=${classMap({ stage: true, own, failed: this.failed, idle: this.idle && !paused })}
      part="stage"
      role="group"
      aria-label=${label}
      @keydown=${this.onKeydown}
      @focusin=${this.awake}
      @pointermove=${this.awake}
      @pointerdown=${this.onPointerDown}
      @pointerleave=${this.onPointerLeave}
    >
      <video
        part="video"
        playsinline
        ?controls=${!this.engine && !this.failed}
        crossorigin=${cors ? 'anonymous' : nothing}
        preload=${this.preload === 'none' || this.preload === 'auto' ? this.preload : 'metadata'}
        poster=${poster || nothing}
        width=${room?.width ?? nothing}
        height=${room?.height ?? nothing}
        src=${src}
        aria-label=${label}
        @click=${this.onPictureClick}
        @error=${this.onVideoError}
      >
        ${this.renderCaptions(cors)}
      </video>
      ${own ? this.renderOverlay(paused) : nothing}
      ${own
        ? renderControls({
            state: this.media,
            localize: this.localize,
            seekingTo: this.seekingTo,
            request: this.request,
            onSeekInput: this.onSeekInput,
            onSeekEnd: this.onSeekEnd,
            onVolumeInput: this.onVolumeInput,
          })
        : nothing}
      ${this.failed ? this.renderProblem(src) : nothing}
    </div>`;
  }

  private renderCaptions(cors: boolean): TemplateResult | typeof nothing {
    const url = safeUrl(this.captions);
    if (!url || !this.comparable || this.captionsFailed || (this.needsCors && !cors)) return nothing;
    return html`<track
      kind="captions"
      src=${url}
      srclang=${this.captionsLang || this.localize.lang}
      label=${this.localize.term('player.captions')}
      @error=${this.onTrackError}
    />`;
  }

  private renderOverlay(paused: boolean): TemplateResult | typeof nothing {
    if (paused) {
      return this.seekingTo === null
        ? html`<div class="cue">${icon(this.media.mediaEnded ? 'replay' : 'play')}</div>`
        : nothing;
    }
    return this.media.mediaLoading ? html`<div class="wait"></div>` : nothing;
  }

  private renderProblem(src: string): TemplateResult {
    return html`<div class="problem" part="problem" role="alert">
      <p>${this.localize.term('player.problem')}</p>
      <div class="actions">
        <button type="button" class="button" @click=${this.onTryAgain}>${this.localize.term('player.tryAgain')}</button>
        <a class="button" href=${safeUrl(this.download) || src} download>${this.localize.term('player.download')}</a>
      </div>
    </div>`;
  }
}
