import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { startTranslation } from './i18n';

// The simulated browser lacks this one; the texts escaped in tests are plain ids.
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS;

// A busy machine is no fault of the page.
configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => startTranslation('en'));
afterEach(cleanup);
