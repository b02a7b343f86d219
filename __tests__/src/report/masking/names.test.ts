import { describe, expect, it } from '@jest/globals'
import {
  holdsSettings,
  isReference,
  isSecretMember,
  isSecretName,
  maskSettings,
  maskUrlPasswords,
} from '../../../../src/report/masking/names.ts'

describe('isSecretName', () => {
  it.each([
    'DB_PASSWORD',
    'password',
    'API_KEY',
    'apiKey',
    'api-token',
    'CLIENT_SECRET',
    'SENTRY_DSN',
    'my.secret',
  ])('is so for %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    'LOG_LEVEL',
    'PUBLIC_KEY',
    'PASSWORD_FILE',
    'TOKEN_TTL',
    'SECRET_NAME',
    'KEYBOARD',
    'PASSENGER',
    'MONKEY',
    '',
  ])('is not so for %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('isSecretMember', () => {
  it.each<readonly [member: string, isSetting: boolean, is: boolean]>([
    ['DB_PASSWORD', false, true],
    ['db_password', false, false],
    ['db_password', true, true],
    ['KEY', true, false],
    ['LOG_LEVEL', true, false],
  ])('of %s: %s', (member, isSetting, is) => {
    expect(isSecretMember(member, isSetting)).toBe(is)
  })
})

describe('holdsSettings', () => {
  it.each(['env', 'app_env', 'environment_variables', 'metadata', 'secrets'])('%s does', (name) => {
    expect(holdsSettings(name)).toBe(true)
  })

  it.each(['labels', 'disk', 'environments_count', ''])('%s does not', (name) => {
    expect(holdsSettings(name)).toBe(false)
  })
})

describe('isReference', () => {
  it.each<readonly [text: string, is: boolean]>([
    ['API_KEY=mervis-api-key/3\nTOKEN=a-token/latest\n', true],
    ['a-token/1', true],
    ['API_KEY=the value itself', false],
    ['API_KEY=a-token/1\nTOKEN=x', false],
  ])('%j: %s', (text, is) => {
    expect(isReference(text)).toBe(is)
  })
})

describe('maskSettings', () => {
  it.each([
    [
      'LOG=info\nAPI_KEY=abc\n  export TOKEN="x y"\nPASSWORD=\nif a=b',
      'LOG=info\nAPI_KEY=***\n  export TOKEN=***\nPASSWORD=\nif a=b',
    ],
    [
      'REF_SECRET=app/3\nTOKEN=$(get token)\nTOKEN="${token}"',
      'REF_SECRET=app/3\nTOKEN=$(get token)\nTOKEN="${token}"',
    ],
    ['users:\n  - password: abc\n    name: x\n', 'users:\n  - password: ***\n    name: x\n'],
    ['{"db_password": "a\\"b", "port":"1"}', '{"db_password": "***", "port":"1"}'],
    ['db_password = abc', 'db_password = ***'],
    [
      'see https://example.com/password: it says so',
      'see https://example.com/password: it says so',
    ],
  ])('turns %j into %j', (text, masked) => {
    expect(maskSettings(text, '***')).toBe(masked)
  })
})

describe('maskUrlPasswords', () => {
  it.each([
    ['postgres://app:pa55@db:5432/x', 'postgres://app:***@db:5432/x'],
    ['redis://:pa55@db', 'redis://:***@db'],
    ['https://user@example.com/a:b@c', 'https://user@example.com/a:b@c'],
    ['https://example.com:8080/', 'https://example.com:8080/'],
  ])('turns %s into %s', (text, masked) => {
    expect(maskUrlPasswords(text, '***')).toBe(masked)
  })
})
