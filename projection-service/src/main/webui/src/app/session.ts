const KEPT_AS = 'hub.token';
/** What may stand in a subprotocol name, which is where the token travels. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,8192}$/;

/** The token in a link or in a bare text; null when there is none. */
export function tokenIn(input: string): string | null {
  const trimmed = input.trim();
  const hash = trimmed.indexOf('#');
  const fromLink = hash < 0 ? null : new URLSearchParams(trimmed.slice(hash + 1)).get('token');
  const token = fromLink ?? trimmed;
  return TOKEN.test(token) ? token : null;
}

/**
 * The session's token: from the address, whence it is removed at once so that it is not shared or
 * kept in the history, else from this tab's storage.
 */
export function openSession(): string | null {
  const { hash, pathname, search } = window.location;
  if (new URLSearchParams(hash.slice(1)).has('token')) {
    const token = tokenIn(hash);
    window.history.replaceState(null, '', pathname + search);
    if (token) keepToken(token);
  }
  return sessionStorage.getItem(KEPT_AS);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEPT_AS, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEPT_AS);
}
