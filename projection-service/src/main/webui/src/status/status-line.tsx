import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { toneOf } from './tone';
import { type StatusLine, type Surface, type Trust, trustOf, worst } from './verdict';
import { useTrust } from './use-status';

interface Props {
  line: StatusLine;
  onOpen: () => void;
}

/** The three answers side by side, always in sight; a press opens what they rest on. */
export function StatusLineButton({ line, onOpen }: Props): ReactElement {
  const { t } = useTranslation();
  const { route, state, pressure, overall } = line;
  const pressed = pressure ?? 'unknown';
  return (
    <>
      <Button
        className="status-line"
        data-testid="connection"
        data-state={overall}
        data-route={route}
        data-sync={state}
        data-pressure={pressed}
        aria-haspopup="dialog"
        onPress={onOpen}
      >
        <Segment word={route} label={t('status.title.route')} text={t(`status.route.${route}`)} />
        <Segment word={state} label={t('status.title.state')} text={t(`status.state.${state}`)} />
        <Segment
          word={pressed}
          label={t('status.title.pressure')}
          text={t(`status.pressure.${pressed}`)}
        />
        <span className="visually-hidden">{t('status.show')}</span>
      </Button>
      <p className="visually-hidden" role="status">
        {t(`status.route.${route}`)}, {t(`status.state.${state}`)}
      </p>
    </>
  );
}

interface SegmentProps {
  word: string;
  label: string;
  text: string;
}

function Segment({ word, label, text }: SegmentProps): ReactElement {
  return (
    <span className="status-segment" data-tone={toneOf(word)}>
      <span className="status-dot" aria-hidden="true" />
      <span className="visually-hidden">{label}: </span>
      <span className="status-word">{text}</span>
      <span className="visually-hidden">. </span>
    </span>
  );
}

interface BadgeProps {
  surface: Surface;
  /** What that part knows of itself beside the contracts. */
  own?: Trust;
}

/** How far one part of the page can be trusted; a press opens why. */
export function StatusBadge({ surface, own = 'fresh' }: BadgeProps): ReactElement | null {
  const { t } = useTranslation();
  const trusting = useTrust();
  if (!trusting) return null;
  const trust = worst(own, trustOf(surface, trusting.known));
  return (
    <Button
      className="status-badge"
      data-testid={`badge-${surface}`}
      data-trust={trust}
      data-tone={toneOf(trust)}
      aria-haspopup="dialog"
      onPress={trusting.open}
    >
      <span className="status-dot" aria-hidden="true" />
      <span className="visually-hidden">{t(`status.surface.${surface}`)}: </span>
      {t(`status.state.${trust}`)}
      <span className="visually-hidden">. {t('status.show')}</span>
    </Button>
  );
}
