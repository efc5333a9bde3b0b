import { isObject, text } from '../ui/foreign';

/** Where the services are, as `panel/config.json` says. */
export interface PanelConfig {
  registryUrl: string;
  marketplaceUrl: string;
  operationsUrl: string;
  webspace: string;
}

/** @throws Error when the file is away or says too little */
export async function loadConfig(signal: AbortSignal): Promise<PanelConfig> {
  const response = await fetch(new URL('panel/config.json', document.baseURI), {
    signal,
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`panel/config.json answered ${response.status}`);
  return readConfig(await response.json());
}

export function readConfig(body: unknown): PanelConfig {
  const members = isObject(body) ? body : {};
  for (const name of ['registry_url', 'marketplace_url', 'operations_url']) {
    if (typeof members[name] !== 'string') throw new Error(`panel/config.json lacks ${name}`);
  }
  return {
    registryUrl: text(members['registry_url']),
    marketplaceUrl: text(members['marketplace_url']),
    operationsUrl: text(members['operations_url']),
    webspace: text(members['webspace']) || 'desktop',
  };
}
