import { html, nothing, type TemplateResult } from 'lit';
import type { CreateFormTerms } from '../../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';
import type { JobEntry } from '../../../store/job-entry.ts';
import { icon } from '../../shared/icons.ts';
import type { BulkLoader } from '../bulk-loader.ts';
import { nameOf } from '../choices.ts';
import type { DraftKeeper } from '../draft-keeper.ts';
import type { FieldInput } from '../field-input.ts';
import { specOf } from '../fields.ts';
import type { FormContent } from '../form-content.ts';
import type { PresetBar } from '../preset-bar.ts';
import type { Problems } from '../problems.ts';
import type { Sender } from '../sender.ts';
import type { CreateFormSettings } from '../settings.ts';
import { valuesOf } from '../values.ts';
import type { FieldContext } from './field-context.ts';
import { labelOf, problemText } from './field.ts';
import { renderFieldsets } from './fieldsets.ts';
import { renderModes, renderModeState } from './mode.ts';
import { renderRestored, renderSendState } from './panels.ts';

export interface CardContext {
  readonly settings: CreateFormSettings;
  readonly localize: LocalizeController<CreateFormTerms>;
  readonly sender: Sender;
  readonly problems: Problems;
  readonly content: FormContent;
  readonly draft: DraftKeeper;
  readonly presetBar: PresetBar;
  readonly bulkLoader: BulkLoader;
  readonly input: FieldInput;
  /** ms since the epoch. */
  readonly now: number;
  readonly submitting: boolean;
  readonly disabled: boolean;
  readonly said: string;
  readonly unfolded: boolean;
  readonly on: CardHandlers;
}

export interface CardHandlers {
  readonly interest: () => void;
  readonly toggle: (event: Event) => void;
  readonly change: (event: Event) => void;
  readonly anyInput: (event: Event) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly submit: (event: Event) => void;
  readonly sendNow: () => void;
  readonly discard: () => void;
  readonly mode: (event: Event) => void;
  readonly ownFields: () => void;
}

/** Everything but the job that takes its place in the end. */
export function renderCard(context: CardContext): TemplateResult {
  const { settings, localize, on } = context;
  const single = settings.mode !== 'bulk';
  return html`<div class="card" part="base">
    ${settings.bulk
      ? html`<div class="head"><slot name="heading"></slot>${renderModes(localize, single ? 'single' : 'bulk', on.mode)}</div>`
      : html`<slot name="heading"></slot>`}
    ${renderForm(context, !single)} ${renderBulk(context, single)}
  </div>`;
}

function renderForm(context: CardContext, hidden: boolean): TemplateResult {
  const { settings, localize, on, draft, presetBar, submitting, now } = context;
  const { restored } = draft;
  return html`<form
    part="form"
    novalidate
    ?hidden=${hidden}
    aria-label=${localize.term('form.label')}
    aria-busy=${submitting ? 'true' : 'false'}
    @submit=${on.submit}
    @focusin=${on.interest}
    @change=${on.change}
    @input=${on.anyInput}
    @keydown=${on.key}
  >
    ${restored ? renderRestored({ localize, now }, restored, on.discard) : nothing}
    ${settings.noPresets ? nothing : presetBar.render()}
    ${renderFieldsets({
      ...fieldContext(context),
      plan: context.content.plan,
      unfolded: context.unfolded,
      chosen: chosenIn(context),
      onToggle: on.toggle,
      onOwnFields: on.ownFields,
    })}
    ${renderHiddenProblems(context)} ${renderSendState({ localize, sender: context.sender, now, onSendNow: on.sendNow })}
    ${settings.noSubmit ? nothing : renderSend(context)}
    <slot name="footer"></slot>
  </form>`;
}

function fieldContext({ localize, content, problems, disabled, input }: CardContext): FieldContext {
  return {
    localize,
    disabled,
    text: content.text,
    problem: problems.of,
    choices: (field) => content.choices(field, localize),
    isTyped: content.isTyped,
    voiceReset: content.voiceReset,
    onInput: input.onInput,
    onChoose: input.onChoose,
    onBlur: input.onBlur,
    onUseLength: input.onUseLength,
  };
}

/** What has been chosen among what is folded away, in words. */
function chosenIn({ content, localize }: CardContext): string {
  const folded = content.plan.shown.filter(({ group, name, control }) => group !== 'main' && control !== 'line' && name in content.kept);
  return folded
    .map(({ name, control }) => (control === 'switch' || content.text(name) === '' ? '' : nameOf(name, content.text(name), localize)))
    .filter(Boolean)
    .join(' · ');
}

/** Fields that the page does not show can be wrong, too: then the page is, and somebody should see it. */
function renderHiddenProblems({ problems, content, localize, settings }: CardContext): TemplateResult | typeof nothing {
  const shown = new Set(content.plan.shown.map(({ name }) => name));
  const others = [...problems.all].filter(([name]) => !shown.has(name));
  if (others.length === 0) return nothing;
  return html`<div class="panel refusal" part="refusal" role="alert">
    ${icon('failure')}
    <div>
      ${others.map(([name, problem]) => {
        const label = labelOf({ ...specOf(name), options: settings.fields[name] ?? {} }, localize);
        return html`<p>${label}: ${problemText(problem, localize)}</p>`;
      })}
    </div>
  </div>`;
}

function renderSend({ localize, problems, said, submitting, sender, disabled }: CardContext): TemplateResult {
  const note = problems.atSubmit > 0 ? localize.term('form.problems', { count: problems.atSubmit }) : said;
  const waits = submitting || sender.state.kind === 'paused';
  return html`<div class="send">
    <button type="submit" class="button main" part="submit" ?disabled=${disabled} aria-disabled=${waits ? 'true' : 'false'}>
      ${submitting ? icon('running', 'turning') : nothing} ${localize.term(submitting ? 'form.submitting' : 'form.submit')}
    </button>
    <p role="status" class="note">${note}</p>
  </div>`;
}

/** Once it is there it stays, out of sight: a list that is being sent goes on. */
function renderBulk({ settings, bulkLoader, content, localize }: CardContext, hidden: boolean): TemplateResult | typeof nothing {
  if (hidden && !bulkLoader.wanted) return nothing;
  if (!bulkLoader.ready) return hidden ? nothing : renderModeState(localize, bulkLoader.failed, bulkLoader.load);
  return html`<job-create-bulk
    part="bulk"
    ?hidden=${hidden}
    api-url=${settings.apiUrl || nothing}
    user-id=${settings.userId || nothing}
    .token=${settings.token}
    .defaults=${{ ...settings.extras, ...valuesOf(content.explicit) }}
    .locked=${[...content.plan.fixed]}
    .rate=${settings.bulkRate}
    .parallel=${settings.bulkParallel}
    .chunk=${settings.bulkChunk}
  ></job-create-bulk>`;
}

/** The job that has been created, in the form's place. */
export function renderDone(
  { apiUrl, token }: CreateFormSettings,
  entry: JobEntry,
  title: string,
  localize: LocalizeController<CreateFormTerms>,
  onAnother: () => void,
): TemplateResult {
  return html`<section class="done" part="done" tabindex="-1" aria-label=${localize.term('form.created', { title })}>
    <job-status job-id=${entry.id} api-url=${apiUrl || nothing} .token=${token}></job-status>
    <button type="button" class="button" part="another" @click=${onAnother}>${localize.term('form.another')}</button>
  </section>`;
}
