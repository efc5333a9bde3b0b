import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { word } from './contracts';
import { toneOf } from './tone';

/** A word of a contract as it is on the wire, coloured. */
export function Word({ word: said }: { word: string | null }): ReactElement {
  return (
    <code className="word" data-tone={toneOf(said)}>
      {said ?? '?'}
    </code>
  );
}

interface FactProps {
  label: ReactNode;
  word: string | null;
  children: ReactNode;
}

/** One line of a contract: what it is about, its word, and what that word means. */
export function Fact({ label, word: said, children }: FactProps): ReactElement {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <Word word={said} />
        <span className="fact-meaning">{children}</span>
      </dd>
    </div>
  );
}

/** One number or moment that proves something. */
export function Figure({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The words before a colon that are explained; what follows it says of whom. */
const BLOCKERS = [
  'room_not_open',
  'log_unavailable',
  'log_set_aside',
  'branch_missing',
  'source_pending',
  'source_behind',
  'source_lost',
  'source_silent',
  'sessions_unproven',
  'client_refused',
  'heartbeat_missed',
  'never_heard',
  'behind',
] as const;

/** What keeps something from being ready; nothing when nothing does. */
export function Blockers({ blockers }: { blockers: readonly string[] }): ReactElement | null {
  const { t } = useTranslation();
  if (blockers.length === 0) return null;
  return (
    <div className="blockers" data-testid="blockers">
      <h4>{t('status.blockers')}</h4>
      <ul>
        {blockers.map((blocker) => {
          const known = word(BLOCKERS, blocker.split(':', 1)[0]);
          return (
            <li key={blocker}>
              <code>{blocker}</code> {known && t(`status.blocker.${known}`)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Numbers and spans of time in the reader's language. */
export function useFigures(): {
  span: (milliseconds: number) => string;
  size: (bytes: number) => string;
  count: (number: number) => string;
} {
  const { i18n } = useTranslation();
  const unit = (value: number, name: string, digits: number) =>
    new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  return {
    span: (ms) => {
      if (ms < 1_000) return unit(Math.round(ms), 'millisecond', 0);
      if (ms < 60_000) return unit(ms / 1_000, 'second', 1);
      return ms < 3_600_000 ? unit(ms / 60_000, 'minute', 0) : unit(ms / 3_600_000, 'hour', 0);
    },
    size: (bytes) => {
      return bytes < 1_000_000 ? unit(bytes / 1_000, 'kilobyte', 1) : unit(bytes / 1e6, 'megabyte', 1);
    },
    count: (number) =>
      new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(number),
  };
}
