import type { CreateFormTerms } from '../../../i18n/create-form/index.ts';
import type { LocalizeController } from '../../../i18n/localize.ts';
import type { NamedChoice } from '../choices.ts';
import type { PlannedField } from '../field-plan.ts';
import type { FieldName } from '../fields.ts';
import type { FieldProblem } from '../validation.ts';

/** What the views need of the form. */
export interface FieldContext {
  readonly localize: LocalizeController<CreateFormTerms>;
  readonly disabled: boolean;
  text(name: FieldName): string;
  problem(name: FieldName): FieldProblem | undefined;
  choices(field: PlannedField): readonly NamedChoice[];
  /** The user types a value that is not in the list. */
  isTyped(name: FieldName): boolean;
  /** The voice that was chosen does not speak the language chosen since. */
  readonly voiceReset: boolean;
  readonly onInput: (event: Event) => void;
  readonly onChoose: (event: Event) => void;
  readonly onBlur: (event: Event) => void;
  readonly onUseLength: (event: Event) => void;
}
