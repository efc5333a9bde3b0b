import { beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config';
import { forgetToken, openSession, tokenIn } from './session';
import { nextTheme } from './theme';

beforeEach(() => {
  sessionStorage.clear();
  window.history.replaceState(null, '', '/');
});

describe('the session', () => {
  test('takes the token from the address and removes it there', () => {
    window.history.replaceState(null, '', '/?x=1#token=se-cret_1.2~3');
    expect(openSession()).toBe('se-cret_1.2~3');
    expect(window.location.href).toMatch(/\/\?x=1$/);
    expect(openSession()).toBe('se-cret_1.2~3');
    forgetToken();
    expect(openSession()).toBeNull();
  });

  test('a broken token in the address is removed, too, and not taken', () => {
    window.history.replaceState(null, '', '/#token=a%20b');
    expect(openSession()).toBeNull();
    expect(window.location.hash).toBe('');
  });

  test.each([
    ['  abc.def-1 ', 'abc.def-1'],
    ['http://127.0.0.1:8084/#token=abc', 'abc'],
    ['http://127.0.0.1:8084/', null],
    ['two words', null],
    ['', null],
    ['quo"te', null],
  ])('%j holds the token %j', (input, token) => {
    expect(tokenIn(input)).toBe(token);
  });
});

describe('the configuration', () => {
  const whole = {
    registry_url: 'r',
    marketplace_url: 'm',
    operations_url: 'o',
    webspace: 'desktop',
  };

  test('is read', () => {
    expect(readConfig(whole)).toEqual({
      registryUrl: 'r',
      marketplaceUrl: 'm',
      operationsUrl: 'o',
      webspace: 'desktop',
    });
  });

  test('names what it lacks', () => {
    expect(() => readConfig({ ...whole, operations_url: undefined })).toThrow('operations_url');
    expect(() => readConfig('nonsense')).toThrow('registry_url');
  });
});

test.each([
  [false, ['dark', 'light', 'system']],
  [true, ['light', 'dark', 'system']],
])('on a system whose darkness is %s the colours go %j', (dark, cycle) => {
  const first = nextTheme('system', dark);
  const second = nextTheme(first, dark);
  expect([first, second, nextTheme(second, dark)]).toEqual(cycle);
});
