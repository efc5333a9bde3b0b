import { useTranslation } from 'react-i18next';

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago, in words; the future (another machine's clock) reads as now. */
export function ago(at: Date, now: Date, language: string): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }).format(
    -Math.floor(seconds / size),
    unit,
  );
}

/** How long from now, in words. */
export function until(at: Date, now: Date, language: string): string {
  const seconds = Math.max(1, Math.round((at.getTime() - now.getTime()) / 1000));
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' }).format(
    Math.ceil(seconds / size),
    unit,
  );
}

/** The time of day of an instant. */
export function useTimeOfDay(): (at: Date) => string {
  const { i18n } = useTranslation();
  return (at) => at.toLocaleTimeString(i18n.language);
}
