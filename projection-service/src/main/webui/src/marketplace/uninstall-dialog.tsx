import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { FramedDialog } from '../ui/framed-dialog';
import type { MarketplaceRow } from './row';

interface Props {
  /** Null while nothing is asked. */
  row: MarketplaceRow | null;
  node: string;
  onConfirm: (row: MarketplaceRow) => void;
  onClose: () => void;
}

/** Asks once more before something is taken away. */
export function UninstallDialog({ row, node, onConfirm, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <FramedDialog
      isOpen={row !== null}
      onClose={onClose}
      title={t('uninstall.title', { title: row?.title ?? '' })}
      lead={t('uninstall.lead', { version: row?.installedVersion ?? '', node })}
      testId="uninstall-dialog"
      className="modal modal-small"
      role="alertdialog"
    >
      <div className="dialog-buttons">
        <Button autoFocus onPress={onClose} data-testid="uninstall-keep">
          {t('uninstall.keep')}
        </Button>
        <Button
          look="danger"
          data-testid="uninstall-confirm"
          onPress={() => {
            if (row) onConfirm(row);
            onClose();
          }}
        >
          {t('uninstall.confirm')}
        </Button>
      </div>
    </FramedDialog>
  );
}
