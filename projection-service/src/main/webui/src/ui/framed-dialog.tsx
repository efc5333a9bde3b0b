import type { ReactElement, ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { Icon } from './icons';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** One sentence about what is asked or shown. */
  lead: string;
  testId: string;
  className?: string;
  /** An alert dialog interrupts: it asks before something is lost. */
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

/** A dialog with its title and the way out of it. */
export function FramedDialog({
  isOpen,
  onClose,
  title,
  lead,
  testId,
  className = 'modal',
  role = 'dialog',
  children,
}: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={className}>
        <Dialog className="dialog" role={role} data-testid={testId}>
          {({ close }) => (
            <>
              <header className="dialog-head">
                <div>
                  <Heading slot="title" level={2}>
                    {title}
                  </Heading>
                  <p className="muted">{lead}</p>
                </div>
                <Button look="icon" aria-label={t('actions.close')} onPress={close}>
                  <Icon name="cross" />
                </Button>
              </header>
              {children}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
