import { Directive, directive, type AttributePart } from 'lit/directive.js';

class Chosen extends Directive {
  render(chosen: boolean): boolean {
    return chosen;
  }

  override update({ element }: AttributePart, [chosen]: [boolean]): boolean {
    const option = element as HTMLOptionElement;
    if (option.selected !== chosen) option.selected = chosen;
    return chosen;
  }
}

/**
 * For `?selected` of an option: sets its property, too. Once a user has chosen, the attribute moves nothing in Firefox; on a server the
 * attribute is all there is.
 */
export const chosen = directive(Chosen);
