import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { startTranslation } from './i18n';

beforeEach(() => startTranslation('en'));
afterEach(cleanup);
