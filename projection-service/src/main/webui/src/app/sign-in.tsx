import { type FormEvent, type ReactElement, useState } from 'react';
import { FieldError, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { CommandLine, UP_COMMAND } from '../ui/command-line';
import { tokenIn } from './session';

/** Says how to get a token, and takes one. */
export function SignIn({ onToken }: { onToken: (token: string) => void }): ReactElement {
  const { t } = useTranslation();
  const [input, setInput] = useState('');
  const [isInvalid, setInvalid] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = tokenIn(input);
    if (token) onToken(token);
    else setInvalid(true);
  };
  return (
    <main className="sign-in card">
      <h1>{t('signIn.title')}</h1>
      <p className="muted">{t('signIn.lead')}</p>
      <p>{t('signIn.how')}</p>
      <CommandLine command={UP_COMMAND} />
      <Form className="sign-in-form" onSubmit={submit}>
        <TextField
          className="field"
          value={input}
          isInvalid={isInvalid}
          isRequired
          validationBehavior="aria"
          onChange={(value) => {
            setInput(value);
            setInvalid(false);
          }}
        >
          <Label>{t('signIn.field')}</Label>
          <Input data-testid="token" type="password" autoComplete="off" spellCheck="false" />
          <FieldError className="field-error">{t('signIn.invalid')}</FieldError>
          <Text slot="description" className="muted">
            {t('signIn.hint')}
          </Text>
        </TextField>
        <Button look="primary" type="submit">
          {t('signIn.submit')}
        </Button>
      </Form>
    </main>
  );
}
