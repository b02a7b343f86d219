import { describe, expect, it } from '@jest/globals'
import { addLogin } from '../../../../src/image/build/client-folder.ts'

const LOGIN = { host: 'europe-west1-docker.pkg.dev', token: 'ya29.x' }
const AUTH = Buffer.from('oauth2accesstoken:ya29.x').toString('base64')
const AUTHS = { [LOGIN.host]: { auth: AUTH } }

describe('addLogin', () => {
  it.each([
    ['nothing', undefined, { auths: AUTHS }],
    ['what is no JSON', '{', { auths: AUTHS }],
    [
      'other settings and logins',
      { currentContext: 'far', auths: { 'ghcr.io': { auth: 'x' } } },
      { currentContext: 'far', auths: { 'ghcr.io': { auth: 'x' }, ...AUTHS } },
    ],
    ['an old login', { auths: { [LOGIN.host]: { auth: 'old' } } }, { auths: AUTHS }],
    [
      'a store for all hosts, which keeps the others',
      { credsStore: 'desktop' },
      { credsStore: 'desktop', auths: AUTHS, credHelpers: { [LOGIN.host]: '' } },
    ],
    [
      "gcloud's helper for the host",
      { credHelpers: { [LOGIN.host]: 'gcloud', 'gcr.io': 'gcloud' } },
      { auths: AUTHS, credHelpers: { [LOGIN.host]: '', 'gcr.io': 'gcloud' } },
    ],
  ])('to %s', (_, config, expected) => {
    const text = typeof config === 'string' || !config ? config : JSON.stringify(config)
    const { text: written, secret } = addLogin(text, LOGIN)
    expect(JSON.parse(written)).toEqual(expected)
    expect(secret).toBe(AUTH)
  })
})
