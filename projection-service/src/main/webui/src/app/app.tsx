import { type ReactElement, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { loadConfig, type PanelConfig } from './config';
import { FaultBoundary } from './fault-boundary';
import { Header } from './header';
import { Hub } from './hub';
import { forgetToken, keepToken, openSession } from './session';
import { SignIn } from './sign-in';

const TRY_CONFIG_EVERY_MS = 2_000;

/** Session first, configuration second, then the panel. */
export function App(): ReactElement {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language === 'ru' ? 'ru-RU' : 'en-US'}>
      <FaultBoundary>
        <Session />
      </FaultBoundary>
    </I18nProvider>
  );
}

function Session(): ReactElement {
  const [token, setToken] = useState(openSession);
  const { config, failed } = useConfig();
  useEffect(() => {
    // A link opened in this very tab changes nothing but the fragment.
    const onHash = () => setToken(openSession());
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const signIn = (fresh: string) => {
    keepToken(fresh);
    setToken(fresh);
  };
  const signOut = () => {
    forgetToken();
    setToken(null);
  };
  if (token === null)
    return (
      <>
        <Header />
        <SignIn onToken={signIn} />
      </>
    );
  if (config === null)
    return (
      <>
        <Header />
        <Opening failed={failed} />
      </>
    );
  return <Hub key={token} config={config} token={token} onOtherToken={signOut} />;
}

function Opening({ failed }: { failed: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <main className="page">
      <p className="muted" role="status">
        {failed ? t('app.configFailed') : t('app.loading')}
      </p>
    </main>
  );
}

/** The configuration, asked for until it comes. */
function useConfig(): { config: PanelConfig | null; failed: boolean } {
  const [config, setConfig] = useState<PanelConfig | null>(null);
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    const timer = setTimeout(
      () => {
        loadConfig(asking.signal).then(setConfig, (failure: unknown) => {
          if (asking.signal.aborted) return;
          console.warn('no configuration yet:', failure);
          setFailures((before) => before + 1);
        });
      },
      failures === 0 ? 0 : TRY_CONFIG_EVERY_MS,
    );
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [failures]);
  return { config, failed: failures > 0 };
}
