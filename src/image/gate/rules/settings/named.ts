import type { Rule } from '../detector.ts'
import { isPlaceholder } from '../values/placeholder.ts'
import { isRandom, isVaried } from '../values/randomness.ts'
import type { Setting } from './setting.ts'

/** A kind of secret that is known by the name of the setting and the shape of its value. */
export interface NamedRule extends Rule {
  readonly name: RegExp
  readonly value: RegExp
  /** Words that must stand near where the name alone does not say whose key it is. */
  readonly context?: RegExp
  /** Names of the same vendor whose value is public. */
  readonly except?: RegExp
}

// What a bundler puts into the page is public whatever it is called.
const IN_PAGE = /NEXT_PUBLIC|VITE_|REACT_APP|java?script|js[-_]?key|EXPO_PUBLIC/i

/** First match wins; generic rules come after all of these. */
export const NAMED_RULES: readonly NamedRule[] = [
  {
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    name: /(aws|amazon|s3|ses|minio)?.{0,20}secret[-_.]?(access[-_.]?)?key$/i,
    value: /^[A-Za-z0-9/+]{40}$/,
    context: /aws|amazon|\b(AKIA|ASIA)[A-Z2-7]{16}|secret_?access_?key/i,
  },
  {
    id: 'azure-storage-key',
    title: 'Azure storage account key',
    name: /account[-_.]?key|storage[-_.]?key|(azure|cosmos).*key/i,
    value: /^[A-Za-z0-9+/]{86}==$/,
  },
  {
    id: 'azure-shared-access-key',
    title: 'Azure shared access key',
    name: /shared[-_.]?access[-_.]?key$/i,
    value: /^[A-Za-z0-9+/]{43}=$/,
  },
  {
    id: 'kis-app-key',
    title: 'Korea Investment & Securities app key',
    // PS and 34 characters; this is what its published samples look like, no specification says so.
    name: /app[-_.]?key|my_app|paper_app|prod_app|kis|appkey|key/i,
    value: /^PS[A-Za-z0-9]{34}$/,
  },
  {
    id: 'kis-app-secret',
    title: 'Korea Investment & Securities app secret',
    name: /app[-_.]?secret|app[-_.]?sec$|my_sec|paper_sec|prod_sec|kis.*sec|sec(ret)?[-_.]?key/i,
    value: /^[A-Za-z0-9+/]{150,200}={0,2}$/,
  },
  {
    id: 'kakao-key',
    title: 'Kakao key',
    name: /kakao.*(key|secret|token|rest|admin)|(rest[-_.]?api|admin)[-_.]?key|client[-_.]?(secret|id)$/i,
    value: /^([0-9a-f]{32}|[A-Za-z0-9]{32})$/,
    context: /kakao/i,
    except: IN_PAGE,
  },
  {
    id: 'naver-client-secret',
    title: 'Naver client secret',
    name: /client[-_.]?secret$|naver.*(secret|key)|x-naver-client-secret/i,
    value: /^[A-Za-z0-9_]{10}$/,
    context: /naver/i,
    except: IN_PAGE,
  },
  {
    id: 'naver-cloud-key',
    title: 'Naver Cloud Platform key',
    name: /(ncp|naver|x-ncp).*(key|secret)/i,
    value: /^[A-Za-z0-9]{40}$/,
    except: /key[-_.]?id$/i,
  },
  {
    id: 'twilio-auth-token',
    title: 'Twilio auth token',
    name: /auth[-_.]?token|api[-_.]?secret|secret/i,
    value: /^([0-9a-f]{32}|[A-Za-z0-9]{32})$/,
    context: /twilio|\bAC[0-9a-f]{32}\b/i,
  },
]

/** The first named rule that the setting fits. `around` is asked only when a rule needs a context. */
export function judgeNamed(setting: Setting, around: () => string): NamedRule | undefined {
  return NAMED_RULES.find((rule) => fits(rule, setting, around))
}

function fits(rule: NamedRule, { name, value }: Setting, around: () => string): boolean {
  if (!rule.name.test(name) || !rule.value.test(value) || rule.except?.test(name) === true)
    return false
  if (isPlaceholder(value) || !looksDrawn(value)) return false
  return rule.context === undefined || rule.context.test(name) || rule.context.test(around())
}

function looksDrawn(value: string): boolean {
  if (value.length >= 16) return isRandom(value) || value.length >= 80
  return isVaried(value) && /\d/.test(value) && /[A-Za-z]/.test(value)
}
