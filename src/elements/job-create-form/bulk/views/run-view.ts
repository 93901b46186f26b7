import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../shared/icons.ts';
import { pageOf } from '../browser.ts';
import type { RowState, RunCounts } from '../run/rows.ts';
import type { BulkRun } from '../run/run.ts';
import { markText, type BulkWords } from '../words.ts';
import { bulkIcon } from './icons.ts';
import { renderPager } from './pager.ts';

export interface RunContext {
  readonly words: BulkWords;
  readonly run: BulkRun;
  readonly name: string;
  /** Ms since the epoch. */
  readonly now: number;
  readonly page: number;
  /** Whether it is being asked if the rest is to be cancelled. */
  readonly asking: boolean;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onAsk: () => void;
  readonly onCancelRest: () => void;
  readonly onKeepRest: () => void;
  readonly onRetry: () => void;
  readonly onLook: () => void;
  readonly onReport: () => void;
  readonly onAgain: () => void;
  readonly onPage: (event: Event) => void;
}

type Tone = 'success' | 'danger' | 'warning' | '';

const TILES: readonly (readonly [Exclude<RowState, 'sending'> | 'left', Tone])[] = [
  ['created', 'success'],
  ['waiting', ''],
  ['failed', 'danger'],
  ['unknown', 'warning'],
  ['cancelled', ''],
  ['left', 'warning'],
];

/** Rows of which is known what became of them. */
export const doneOf = ({ total, waiting, sending }: RunCounts): number => total - waiting - sending;

/** A list on its way, or done. */
export function renderRun(context: RunContext): TemplateResult {
  const { words, run, name } = context;
  const { counts, phase } = run;
  const done = doneOf(counts);
  const title = phase === 'finished' ? 'run.done' : phase === 'running' ? 'run.title' : 'run.paused';
  return html`<div class="head">
      <h3 id="run-title" tabindex="-1" dir="auto">${words.term(title, { name })}</h3>
    </div>
    <div class="progress" part="progress">
      <progress max=${Math.max(1, counts.total)} .value=${done} aria-labelledby="run-title"></progress>
      <p class="strong"><bdi>${words.term('run.progress', { done, total: counts.total })}</bdi></p>
    </div>
    <dl class="tiles" part="counts">
      ${TILES.map(([state, tone]) => {
        const count = state === 'waiting' ? counts.waiting + counts.sending : counts[state];
        return count === 0 && state !== 'created'
          ? nothing
          : html`<div class="tile ${tone && count > 0 ? `tone-${tone}` : ''}" data-state=${state}>
              <dt>${words.term(`run.${state}`)}</dt>
              <dd>${words.number(count)}</dd>
            </div>`;
      })}
    </dl>
    ${renderNote(context)} ${renderActions(context, counts)} ${renderProblems(context)}`;
}

/** Why nothing happens at the moment, or what to know before one leaves. */
function renderNote({ words, run, now }: RunContext): TemplateResult | typeof nothing {
  const { hold, stop, phase, counts, honoursKeys } = run;
  if (stop) {
    const reason = words.optionalTerm(`error.${stop.code}`) ?? '';
    return message('danger', 'failure', words.term('run.stopped', { reason: [reason, stop.detail].filter(Boolean).join(' ') }));
  }
  if (hold?.reason === 'offline') return message('warning', 'offline', words.term('run.offline'));
  if (hold) {
    const left = hold.until === null ? 0 : hold.until - now;
    // A second's countdown that stands still for a while says less than "soon".
    const text = left < 1_000 ? words.term(`run.${hold.reason}Soon` as 'run.lostSoon') : words.term(`run.${hold.reason}` as 'run.lost', { time: words.duration(Math.ceil(left / 1000) * 1000) });
    return message('warning', 'waiting', text);
  }
  if (counts.unknown > 0) return message('warning', 'unknown', words.term(honoursKeys ? 'run.unknownKeyed' : 'run.unknownNote'));
  if (phase === 'finished') return nothing;
  if (!run.kept) return message('warning', 'unknown', words.term('run.unkept'));
  return html`<p class="muted">${words.term(phase === 'paused' && honoursKeys === null ? 'run.left.reload' : 'run.keyed')}</p>`;
}

function message(tone: 'danger' | 'warning', sign: 'failure' | 'offline' | 'waiting' | 'unknown', text: string): TemplateResult {
  return html`<div class="message ${tone}" part="note">${icon(sign)}<p><bdi>${text}</bdi></p></div>`;
}

function renderActions(context: RunContext, counts: RunCounts): TemplateResult {
  const { words, run, asking } = context;
  const { phase, honoursKeys } = run;
  if (asking && phase !== 'finished') {
    return html`<div class="ask" role="group" aria-labelledby="ask">
      <p id="ask">${words.term('run.cancelAsk', { count: counts.waiting })}</p>
      <div class="row">
        <button type="button" class="button danger" data-action="cancel-yes" @click=${context.onCancelRest}>${words.term('run.cancelYes')}</button>
        <button type="button" class="button" @click=${context.onKeepRest}>${words.term('run.cancelNo')}</button>
      </div>
    </div>`;
  }
  const unfinished = phase !== 'finished';
  return html`<div class="row" part="actions">
    ${phase === 'running'
      ? html`<button type="button" class="button main" data-action="pause" @click=${context.onPause}>${bulkIcon('pause')}${words.term('run.pause')}</button>`
      : nothing}
    ${phase === 'paused'
      ? html`<button type="button" class="button main" data-action="resume" @click=${context.onResume}>${bulkIcon('play', 'directed')}${words.term('run.resume')}</button>`
      : nothing}
    ${unfinished && counts.waiting > 0
      ? html`<button type="button" class="button danger" data-action="cancel" @click=${context.onAsk}>${words.term('run.cancelRest')}</button>`
      : nothing}
    ${phase !== 'running' && counts.failed > 0
      ? html`<button type="button" class="button" data-action="retry" @click=${context.onRetry}>${icon('retry')}${words.term('run.retry', { count: counts.failed })}</button>`
      : nothing}
    ${phase === 'finished' && counts.unknown > 0 && honoursKeys
      ? html`<button type="button" class="button" data-action="resend" @click=${context.onResume}>${icon('retry')}${words.term('run.resend', { count: counts.unknown })}</button>`
      : nothing}
    ${phase !== 'running' && counts.unknown > 0 && !honoursKeys
      ? html`<button type="button" class="button" data-action="look" aria-disabled=${run.looking ? 'true' : 'false'} @click=${context.onLook}>
          ${words.term(run.looking ? 'run.looking' : 'run.look')}
        </button>`
      : nothing}
    ${phase === 'running'
      ? nothing
      : html`<button type="button" class="button" data-action="report" @click=${context.onReport}>${icon('download')}${words.term('run.report')}</button>`}
    ${phase === 'finished'
      ? html`<button type="button" class="button" data-action="again" @click=${context.onAgain}>${words.term('run.again')}</button>`
      : nothing}
  </div>`;
}

interface Problem {
  readonly line: number;
  readonly title: string;
  readonly what: string;
  readonly reason: string;
}

function renderProblems(context: RunContext): TemplateResult | typeof nothing {
  const { words, run } = context;
  const page = pageOf(problemsOf(run, words), context.page);
  if (page.total === 0) return nothing;
  return html`<div class="scroll" part="problems" role="region" tabindex="0" aria-label=${words.term('run.problems')}>
      <table role="table">
        <caption>${words.term('run.problems')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="number">${words.term('check.row')}</th>
            <th role="columnheader" scope="col">${words.term('run.titleColumn')}</th>
            <th role="columnheader" scope="col">${words.term('run.what')}</th>
            <th role="columnheader" scope="col">${words.term('run.reason')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${page.items.map(
            ({ line, title, what, reason }) => html`<tr role="row">
              <th role="rowheader" scope="row" class="number">${words.number(line)}</th>
              <td role="cell" class="cell"><span class="text" dir="auto">${title || '–'}</span></td>
              <td role="cell" data-label=${words.term('run.what')}>${what}</td>
              <td role="cell" data-label=${words.term('run.reason')}><bdi>${reason}</bdi></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${renderPager(page, words, context.onPage)}`;
}

function problemsOf({ run: { marks, rows, left } }: BulkRun, words: BulkWords): Problem[] {
  const problems: Problem[] = left.map(({ line, title, reason }) => ({ line, title, what: words.term('run.left'), reason }));
  marks.forEach((mark, index) => {
    const { line, title } = rows[index] as { line: number; title: string };
    if (mark.state === 'failed' || mark.state === 'unknown') problems.push({ line, title, what: words.term(`run.${mark.state}`), reason: markText(mark, words) });
  });
  return problems.sort((a, b) => a.line - b.line);
}
