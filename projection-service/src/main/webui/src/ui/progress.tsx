import type { ReactElement } from 'react';
import { ProgressBar } from 'react-aria-components';

/** A bar from 0 to 100 with its number. */
export function Progress({ label, value }: { label: string; value: number }): ReactElement {
  return (
    <ProgressBar className="progress" aria-label={label} value={value}>
      {({ percentage, valueText }) => (
        <>
          <span className="progress-track">
            <span className="progress-fill" style={{ inlineSize: `${percentage ?? 0}%` }} />
          </span>
          <span className="progress-text">{valueText}</span>
        </>
      )}
    </ProgressBar>
  );
}
