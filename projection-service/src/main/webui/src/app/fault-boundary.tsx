import { Component, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';

interface Props {
  children: ReactNode;
}

/** Shows a way out instead of an empty page when drawing fails. */
export class FaultBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactElement {
  const { t } = useTranslation();
  return (
    <main className="sign-in card" role="alert">
      <p>{t('app.broken')}</p>
      <Button look="primary" onPress={() => window.location.reload()}>
        {t('app.reload')}
      </Button>
    </main>
  );
}
