import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { VoicesFor } from './choices.ts';
import type { FieldsOptions } from './field-plan.ts';
import { jsonAttribute, listAttribute, type FormValues } from './fields.ts';
import type { Preset } from './presets.ts';

/** All that a page can set on `<job-create-form>`. Bad values fall back, none throws. */
export abstract class CreateFormSettings extends LitElement {
  /** Address of the API. Empty: that of the provider around, without one `http://localhost:8012`. */
  @property({ attribute: 'api-url' }) apiUrl = '';

  /** Bearer token for the API. A property only, so that it does not stand in the page. */
  @property({ attribute: false }) token: string | null = null;

  /** Whose job it will be. Empty: the provider's user. */
  @property({ attribute: 'user-id' }) userId = '';

  /** Platform chosen at first. Empty: `youtube`. */
  @property() platform = '';

  /** Language chosen at first, BCP 47. Empty: `en-US`. */
  @property() language = '';

  /** Length at first, in seconds. `null`: what suits the platform. */
  @property({ type: Number }) duration: number | null = null;

  /** Voice service chosen at first: `azure`, `google` or `elevenlabs`. Empty: `azure`. */
  @property({ attribute: 'voice-provider' }) voiceProvider = '';

  /** Priority chosen at first: 1 (first) to 10. `null`: 5. */
  @property({ type: Number }) priority: number | null = null;

  /** Platforms to choose from; in the attribute with spaces or commas between. Empty: the usual four. */
  @property({ converter: listAttribute }) platforms: readonly string[] = [];

  /** Languages to choose from, BCP 47; in the attribute with spaces or commas between. Empty: eleven large ones. */
  @property({ converter: listAttribute }) languages: readonly string[] = [];

  /** Voices to choose from, instead of those that are known for a provider and a language. */
  @property({ attribute: false }) voices: VoicesFor | null = null;

  /**
   * What the fields start from, by the names on the wire (`title`, `voice_name`, `priority`, …); in the attribute, which is
   * called `value`, as JSON. A reset comes back to it. It goes before `platform`, `language` and the like.
   */
  @property({ attribute: 'value', converter: jsonAttribute }) defaultValue: FormValues = {};

  /** Id of the preset that the fields start from: one of the page's, or `explainer`, `short`, `post`, `draft`. */
  @property() preset = '';

  /** The page's own presets, offered beside those that are built in. */
  @property({ attribute: false }) presets: readonly Preset[] = [];

  /** No choice of presets. */
  @property({ type: Boolean, attribute: 'no-presets' }) noPresets = false;

  /** Fields that are not shown, by their names; a value that the page gives for them is sent all the same. */
  @property({ converter: listAttribute }) hide: readonly string[] = [];

  /** Fields that are shown but stay as the page has set them. */
  @property({ converter: listAttribute }) lock: readonly string[] = [];

  /** Names of fields in the order in which they are asked, within their group; those not named follow. */
  @property({ converter: listAttribute }) order: readonly string[] = [];

  /** More about single fields: `label`, `hint`, `hidden`, `locked`, `order`, `group`, `choices`; in the attribute as JSON. */
  @property({ converter: jsonAttribute }) fields: FieldsOptions = {};

  /** Further fields of `video_request`, sent with every request. */
  @property({ attribute: false }) extras: Readonly<Record<string, unknown>> = {};

  /** Under which key of `video_request` the values of the page's own fields (slot `fields`) go along. */
  @property({ attribute: 'own-key' }) ownKey = 'metadata';

  /** All options are open from the start. */
  @property({ type: Boolean }) open = false;

  /** Nothing is kept across reloads. */
  @property({ type: Boolean, attribute: 'no-draft' }) noDraft = false;

  /** Tells drafts apart where a page has several forms for the same user and API. */
  @property({ attribute: 'draft-key' }) draftKey = '';

  /** Makes the video in one long call (`POST /api/v1/videos/generate`) when the service takes no jobs. */
  @property({ type: Boolean, attribute: 'sync-fallback' }) syncFallback = false;

  /** It creates nothing by itself and has no button: its values go with the form around it. */
  @property({ type: Boolean, attribute: 'no-submit' }) noSubmit = false;

  /** Offers to create many videos at once, from a file or a table. */
  @property({ type: Boolean }) bulk = false;

  /** Of many videos: most that are sent in a second. Absent: 10 where the service takes them one by one, 200 with many in a call. */
  @property({ type: Number, attribute: 'bulk-rate' }) bulkRate: number | null = null;

  /** Of many videos: requests at once where the service takes them one by one, 1 to 16. */
  @property({ type: Number, attribute: 'bulk-parallel' }) bulkParallel = 4;

  /** Of many videos: how many go in a call where the service takes that, 1 to 500. */
  @property({ type: Number, attribute: 'bulk-chunk' }) bulkChunk = 100;

  /** `single` or `bulk`: one video, or many. */
  @property({ reflect: true }) mode: 'single' | 'bulk' = 'single';

  /** All controls are off. So they are inside a disabled `<fieldset>`. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** What it is called in a form around it. Empty: each field goes by its own name. */
  @property() name = '';

  /**
   * A form around it cannot be sent before title and script are written. Without it, a form in which neither is written
   * counts as left out: it is valid and has no value.
   */
  @property({ type: Boolean }) required = false;
}
