import { FIELDS, GROUPS, isFieldName, type FieldName, type FieldSpec, type GroupName } from './fields.ts';

/** A choice as a page gives it: what is sent, and how it is called when that is not the same. */
export type Choice = string | { readonly value: string; readonly label?: string };

/** What a page may change about a field. */
export interface FieldOptions {
  /** Instead of the form's own word; plain text. */
  readonly label?: string;
  /** Stands below the label; plain text. `''` takes the form's own away. */
  readonly hint?: string;
  /** Not shown; a value that the page gives is sent all the same. */
  readonly hidden?: boolean;
  /** Shown, but as the page has set it. */
  readonly locked?: boolean;
  /** Place among the others of its group: smaller comes first. */
  readonly order?: number;
  /** `main` takes it out of the folded ones; another name folds it away. */
  readonly group?: GroupName;
  /** What may be chosen, for fields that offer a choice. */
  readonly choices?: readonly Choice[];
}

export type FieldsOptions = Readonly<Partial<Record<FieldName, FieldOptions>>>;

export interface PlannedField extends FieldSpec {
  readonly options: FieldOptions;
  readonly locked: boolean;
}

export interface PlannedGroup {
  readonly name: GroupName;
  readonly fields: readonly PlannedField[];
}

export interface FieldPlan {
  /** Groups that have anything to show, `main` first. */
  readonly groups: readonly PlannedGroup[];
  /** Every field on show, in order. */
  readonly shown: readonly PlannedField[];
  /** Names whose value only the page decides. */
  readonly fixed: ReadonlySet<FieldName>;
}

export interface PlanWishes {
  readonly fields: FieldsOptions;
  readonly hide: readonly string[];
  readonly lock: readonly string[];
  readonly order: readonly string[];
}

/** Which fields are shown where. Names that are no fields, and options that are nonsense, are passed over. */
export function planFields({ fields, hide, lock, order }: PlanWishes): FieldPlan {
  const fixed = new Set<FieldName>([...hide, ...lock].filter(isFieldName));
  const shown: (PlannedField & { readonly place: number })[] = [];
  for (const [index, spec] of FIELDS.entries()) {
    const { name } = spec;
    const options = fields[name] ?? {};
    const locked = options.locked === true || lock.includes(name);
    const hidden = options.hidden === true || hide.includes(name);
    if (locked || hidden) fixed.add(name);
    if (hidden) continue;
    const wished = order.indexOf(name);
    // Named first, in that order; then those with a number of their own; then the rest as they always stand.
    const place = wished >= 0 ? wished - 1e6 : (options.order ?? 1000 + index);
    const group = options.group !== undefined && GROUPS.includes(options.group) ? options.group : spec.group;
    shown.push({ ...spec, group, options, locked, place });
  }
  shown.sort((a, b) => a.place - b.place);
  const groups = GROUPS.map((name) => ({ name, fields: shown.filter(({ group }) => group === name) }));
  const full = groups.filter((group) => group.fields.length > 0);
  return { groups: full, shown: full.flatMap((group) => group.fields), fixed };
}
