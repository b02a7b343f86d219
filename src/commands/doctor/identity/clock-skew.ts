import type { Clock, Http } from '../../../ports.ts'
import { broken, doubtful, type Finding, ok, unknown } from '../check.ts'

const WARN_ABOVE_MS = 60_000
/** A token of GitHub is valid for this long. */
const FAIL_ABOVE_MS = 300_000
const TIMEOUT_MS = 5_000
const FIX = 'sudo timedatectl set-ntp true'

/** Compares the runner's clock with the Date of answers: whatever the servers answer, they tell the time. */
export async function lookAtClock(
  { http, clock }: { readonly http: Http; readonly clock: Clock },
  urls: readonly string[],
  signal: AbortSignal
): Promise<Finding> {
  const measured = await Promise.all(
    urls.map((url) => measureSkew({ http, clock }, url, signal).catch(() => undefined))
  )
  const skews = measured.filter((skew) => skew !== undefined)
  const [skewMs] = skews.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  if (skewMs === undefined) return unknown('Nobody who was asked told the time.')
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  const said = `The runner's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} those of GitHub and Google`
  if (seconds * 1000 > FAIL_ABOVE_MS)
    return broken(`${said}: tokens, which are valid for minutes, are refused.`, FIX)
  if (seconds * 1000 > WARN_ABOVE_MS)
    return doubtful(`${said}: tokens may be refused, and times in reports are wrong.`, FIX)
  return ok(`The runner's clock is right to within ${Math.max(1, seconds)} s.`)
}

/** In milliseconds; above 0 where our clock is ahead. A Date has whole seconds. */
async function measureSkew(
  { http, clock }: { readonly http: Http; readonly clock: Clock },
  url: string,
  signal: AbortSignal
): Promise<number | undefined> {
  const askedAt = clock.now()
  const { headers } = await http.send({
    method: 'GET',
    url,
    headers: {},
    timeoutMs: TIMEOUT_MS,
    signal,
  })
  const theirs = Date.parse(headers['date'] ?? '')
  return Number.isNaN(theirs) ? undefined : (askedAt + clock.now()) / 2 - theirs
}
