import type { TokenRule } from './token-rule.ts'

/** Google's keys and tokens that carry their own prefix. */
export const GOOGLE_TOKENS: readonly TokenRule[] = [
  {
    id: 'google-api-key',
    title: 'Google API key',
    anchors: ['AIza'],
    pattern: /AIza([\w-]{35})(?![\w-])/y,
  },
  {
    id: 'google-api-key',
    title: 'Google API key',
    anchors: ['AQ.Ab'],
    pattern: /AQ\.Ab([\w-]{40,80})(?![\w-])/y,
  },
  {
    id: 'google-oauth-client-secret',
    title: 'Google OAuth client secret',
    anchors: ['GOCSPX-'],
    pattern: /GOCSPX-([\w-]{28})(?![\w-])/y,
  },
  {
    id: 'google-oauth-access-token',
    title: 'Google OAuth access token',
    anchors: ['ya29.'],
    pattern: /ya29\.([\w-]{40,2000})/y,
    longest: 2_100,
  },
  {
    id: 'google-oauth-refresh-token',
    title: 'Google OAuth refresh token',
    anchors: ['1//0'],
    pattern: /1\/\/0([\w-]{40,250})(?![\w-])/y,
  },
  {
    id: 'google-storage-hmac-key',
    title: 'Cloud Storage HMAC key',
    // The access id alone opens nothing.
    anchors: ['GOOG1E', 'GOOG'],
    pattern:
      /GOOG(?:1E[A-Z2-7]{55}|[A-Z0-9]{20})[\s\S]{1,120}?(?<![\w/+])([A-Za-z0-9/+]{40})(?![\w/+=])/y,
  },
  {
    id: 'firebase-server-key',
    title: 'Firebase Cloud Messaging server key',
    anchors: [':APA91b'],
    lead: 11,
    pattern: /AAAA[\w-]{7}:APA91b([\w-]{134})(?![\w-])/y,
  },
]
