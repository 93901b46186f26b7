import type { CreateJobRequest } from '../../api/wire.ts';
import type { FieldName } from './fields.ts';
import type { FieldProblem, FieldProblems } from './validation.ts';
import { textsOf, type Texts } from './values.ts';

/** What a form around the element sends for it. */
export interface FormPartState {
  /** What the element is called in the form; empty: each field goes by its own name. */
  readonly name: string;
  readonly request: CreateJobRequest;
  /** The job that has been created, if any. */
  readonly jobId: string | null;
  /** What is typed, for the browser to bring back. */
  readonly texts: Texts;
  /** Nobody has written anything, and nobody has to: the form has no value. */
  readonly leftOut: boolean;
  readonly problems: FieldProblems;
  readonly words: (problem: FieldProblem) => string;
  /** The control of a field, for the browser to point at. */
  readonly control: (name: FieldName) => HTMLElement | null;
}

/** The element's part in a form around it, by `ElementInternals`. */
export class FormPart {
  readonly internals: ElementInternals;
  #custom = '';
  #state: FormPartState | null = null;

  constructor(host: HTMLElement) {
    this.internals = host.attachInternals();
  }

  /** A message of the page's own, as of a native control. */
  setCustomValidity(message: string): void {
    this.#custom = message;
    if (this.#state) this.update(this.#state);
  }

  update(state: FormPartState): void {
    this.#state = state;
    const { internals } = this;
    const { leftOut, problems, jobId } = state;
    internals.setFormValue(leftOut && jobId === null ? null : entriesOf(state), JSON.stringify(state.texts));
    const [first] = leftOut || jobId !== null ? [] : problems;
    if (this.#custom) internals.setValidity({ customError: true }, this.#custom, state.control('title') ?? undefined);
    else if (!first) internals.setValidity({});
    else {
      const [name, problem] = first;
      internals.setValidity({ [flagOf(problem)]: true }, state.words(problem), state.control(name) ?? undefined);
    }
  }
}

/** What the browser kept of the form, as texts. Anything could stand there. */
export function restoredTexts(state: unknown): Texts {
  try {
    return typeof state === 'string' ? textsOf(JSON.parse(state) as object) : {};
  } catch {
    return {};
  }
}

function entriesOf({ name, request, jobId }: FormPartState): FormData {
  const data = new FormData();
  const { video_request: video, ...rest } = request;
  if (name) {
    data.set(name, JSON.stringify({ ...request, ...(jobId === null ? {} : { job_id: jobId }) }));
    return data;
  }
  for (const [key, value] of Object.entries({ ...video, ...rest })) {
    if (value === null || value === undefined) continue;
    data.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  if (jobId !== null) data.set('job_id', jobId);
  return data;
}

/** The flag of `ValidityState` that says what is wrong. */
function flagOf(problem: FieldProblem): keyof ValidityStateFlags {
  if ('text' in problem) return 'customError';
  const kind = problem.key.split('.').at(-1);
  if (kind === 'required') return 'valueMissing';
  if (kind === 'too_long') return 'tooLong';
  if (kind === 'range') return 'rangeOverflow';
  return 'patternMismatch';
}

/** Whether anybody has written what only a person can: title or script. */
export function isUntouched(texts: (name: FieldName) => string): boolean {
  return texts('title').trim() === '' && texts('script_content').trim() === '';
}
