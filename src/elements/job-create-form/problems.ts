import type { ReactiveControllerHost } from 'lit';
import type { FieldName } from './fields.ts';
import { checkFields, loadSchema, type FieldProblem, type FieldProblems } from './validation.ts';

const NONE: FieldProblems = new Map();

/** What is said to be wrong with the fields. What is wrong and was not looked at yet is not said. */
export class Problems {
  readonly #host: ReactiveControllerHost;
  readonly #names: () => readonly FieldName[];
  readonly #text: (name: FieldName) => string;
  #all: FieldProblems = NONE;
  /** How many fields were wrong when the form was last sent; 0 as soon as all are right. */
  atSubmit = 0;

  constructor(host: ReactiveControllerHost, names: () => readonly FieldName[], text: (name: FieldName) => string) {
    this.#host = host;
    this.#names = names;
    this.#text = text;
  }

  get all(): FieldProblems {
    return this.#all;
  }

  /** What is wrong at this moment, said or not; by the schema when that is here. */
  get found(): FieldProblems {
    return checkFields(this.#names(), this.#text);
  }

  readonly of = (name: FieldName): FieldProblem | undefined => this.#all.get(name);

  /** Says these, and no others. */
  show(problems: FieldProblems): void {
    this.#set(problems);
    this.atSubmit = problems.size;
  }

  clear(): void {
    this.show(NONE);
  }

  /** Renews what is said about these fields, and leaves the others as they are. */
  async check(names: readonly FieldName[]): Promise<void> {
    await loadSchema();
    const found = checkFields(names, this.#text);
    const others = [...this.#all].filter(([name]) => !names.includes(name));
    const inOrder = new Map([...others, ...found]);
    this.#set(inOrder);
    if (inOrder.size === 0) this.atSubmit = 0;
  }

  /** Looks at everything. */
  async checkAll(): Promise<boolean> {
    await loadSchema();
    this.show(this.found);
    return this.#all.size === 0;
  }

  #set(problems: FieldProblems): void {
    this.#all = problems;
    this.#host.requestUpdate();
  }
}
