import type { ReactElement, Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

type Look = 'primary' | 'secondary' | 'danger' | 'quiet' | 'icon';

export interface Props extends Omit<ButtonProps, 'className'> {
  look?: Look;
  ref?: Ref<HTMLButtonElement>;
  'data-testid'?: string;
}

export function Button({ look = 'secondary', ...props }: Props): ReactElement {
  return <AriaButton {...props} className={`button button-${look}`} />;
}
