import type { IconName } from '../ui/icons';
import type { NotificationLevel } from './notification';

export const LEVEL_ICON: Record<NotificationLevel, IconName> = {
  success: 'check',
  warning: 'alert',
  error: 'alert',
};
