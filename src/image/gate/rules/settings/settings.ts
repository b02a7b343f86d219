import { isInBinary, textOf, type Window } from '../../scan/window.ts'
import type { Detector, Match, Rule } from '../detector.ts'
import { isKnownTestValue } from '../values/known.ts'
import { judgeSetting } from './generic.ts'
import { judgeNamed } from './named.ts'
import { readSetting } from './setting.ts'

/** Last of all: any surer rule that objects to the same text speaks instead. */
export const GENERIC_RULES: readonly Rule[] = [
  { id: 'generic-secret', title: 'Secret in a setting' },
  { id: 'generic-password', title: 'Password in a setting' },
]

// One of these stands in the name of every setting that is read; the name is judged as a whole.
const WORDS = (
  'password passwd passphrase _pass dbpass pass= pass: pass" pass\' pwd= pwd: pwd" pwd\' _pwd secret ' +
  'token credential apikey api_key api-key api.key appkey app_key app-key accesskey access_key ' +
  'access-key authkey auth_key auth-key privatekey private_key private-key accountkey account_key ' +
  'storagekey storage_key encryption_key encryptionkey signing_key signingkey master_key masterkey ' +
  'license_key session_key service_key servicekey webhook_key admin_key adminkey rest_key _pat= my_app ' +
  'my_sec paper_app paper_sec prod_app prod_sec app_sec kakao naver kis_ x-ncp- client_id client-id ' +
  'clientid'
).split(' ')
const CONTEXT_BYTES = 400

/** Settings such as `password = …`, in files of every kind; silent inside programs and archives. */
export const SETTING_DETECTOR: Detector = {
  anchors: WORDS.map((text) => ({ text, ignoreCase: true })),
  find: findSetting,
}

function findSetting(window: Window): Match | undefined {
  if (window.isBinary) return undefined
  const setting = readSetting(window)
  if (setting === undefined) return undefined
  const { start, end, value } = setting
  // Without the value: chance may have put any three letters into it.
  const around = (): string =>
    `${textOf(window, start - CONTEXT_BYTES, start)} ${textOf(window, end, end + CONTEXT_BYTES)}`
  const rule = judgeNamed(setting, around)?.id ?? genericRule(judgeSetting(setting))
  if (
    rule === undefined ||
    isBadge(window, start) ||
    isInBinary(window, start, end) ||
    isKnownTestValue(value)
  )
    return undefined
  return { rule, start, end }
}

/** Pictures in a README, which anybody may fetch. */
function isBadge(window: Window, start: number): boolean {
  return /badge|\.svg\?/.test(textOf(window, start - 120, start))
}

function genericRule(verdict: ReturnType<typeof judgeSetting>): string | undefined {
  return verdict === undefined ? undefined : `generic-${verdict}`
}
