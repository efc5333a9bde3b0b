import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icons';

interface Props {
  icon: IconName;
  title: string;
  hint: string;
  children?: ReactNode;
}

/** Says that there is nothing, and how there would be something. */
export function Empty({ icon, title, hint, children }: Props): ReactElement {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} />
      </span>
      <div>
        <p className="empty-title">{title}</p>
        <p className="muted">{hint}</p>
        {children}
      </div>
    </div>
  );
}

/** Stands where nothing can be said yet. */
export function Unknown(): ReactElement {
  const { t } = useTranslation();
  return <p className="muted">{t('app.unknown')}</p>;
}
