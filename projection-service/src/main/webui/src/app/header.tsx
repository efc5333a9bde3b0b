import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { otherLanguage, switchLanguage } from '../i18n';
import { StatusLineButton } from '../status/status-line';
import type { StatusLine } from '../status/verdict';
import { Button } from '../ui/button';
import { Icon, type IconName, Logo } from '../ui/icons';
import { type Theme, useTheme } from './theme';

const THEME_ICON: Record<Theme, IconName> = { system: 'auto', light: 'sun', dark: 'moon' };

interface Props {
  /** Absent while there is no session. */
  session?: { webspace: string; line: StatusLine; onStatus: () => void };
}

/** The line at the top: where one is, how the hub is, language and colours. */
export function Header({ session }: Props): ReactElement {
  const { t } = useTranslation();
  const [theme, advanceTheme] = useTheme();
  return (
    <header className="top">
      <div className="top-inner">
        <p className="brand">
          <Logo />
          {t('app.name')}
        </p>
        {session && (
          <p className="webspace">
            <span className="visually-hidden">{t('app.webspace')} </span>
            <bdi>{session.webspace}</bdi>
          </p>
        )}
        <span className="spring" />
        {session && <StatusLineButton line={session.line} onOpen={session.onStatus} />}
        <Button look="quiet" data-testid="lang" onPress={switchLanguage}>
          <Icon name="globe" />
          <span className="lang-name" lang={otherLanguage()}>
            {t('app.language')}
          </span>
        </Button>
        <Button
          look="icon"
          data-testid="theme"
          onPress={advanceTheme}
          aria-label={t('theme.label', { theme: t(`theme.${theme}`) })}
        >
          <Icon name={THEME_ICON[theme]} />
        </Button>
      </div>
    </header>
  );
}
