import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { Icon } from './icons';

const SAY_COPIED_MS = 2_000;

/** A command to run in a terminal, with a button that copies it where the browser allows that. */
export function CommandLine({ command }: { command: string }): ReactElement {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  return (
    <div className="command">
      <code>{command}</code>
      {clipboard && (
        <Button
          look="icon"
          aria-label={copied ? t('actions.copied') : t('actions.copy')}
          onPress={() =>
            void clipboard.writeText(command).then(
              () => setCopied(true),
              () => undefined,
            )
          }
        >
          <Icon name={copied ? 'check' : 'copy'} />
        </Button>
      )}
    </div>
  );
}

export const PUSH_COMMAND = './hub push skills/weather_skill';
export const UP_COMMAND = './hub up';
