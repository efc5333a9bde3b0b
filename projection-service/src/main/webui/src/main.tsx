import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startTranslation } from './i18n';
import './ui/base.css';
import './ui/layout.css';
import './ui/controls.css';
import './ui/content.css';
import './ui/operations.css';
import './ui/status.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks #root');

await startTranslation();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
