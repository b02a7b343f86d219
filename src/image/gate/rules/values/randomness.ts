/** Bits per character, from how often each character occurs. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** Four fifths of what chance gives on average: one random text in a million falls below. */
const ENTROPY_SHARE = 0.72

/** Whether so many different characters occur as chance would give from that alphabet. */
export function isVaried(text: string, alphabet = 62): boolean {
  return entropyOf(text) >= ENTROPY_SHARE * Math.log2(Math.min(text.length, alphabet))
}

// Of the 676 pairs of letters these make up nine tenths of English and of identifiers, but only a
// quarter of random text.
const COMMON_PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me ' +
    'de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot ' +
    'il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai ' +
    'sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag ' +
    'if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da cr cl du ga qu ue ff ba ey ' +
    'ls va um pp ua up lu go ru ds pi rc rr eg au ck ew br pt ak pu key'
  ).split(' ')
)
// As likely a word as not, between the two.
const WORDLIKE_SHARE = 0.62
const FEWEST_PAIRS = 6

/** Whether the letters follow each other as in words; undefined where too few do to tell. */
export function isWordlike(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  let pairs = 0
  let common = 0
  for (let at = 0; at + 1 < lower.length; at++) {
    const pair = lower.slice(at, at + 2)
    if (!/^[a-z]{2}$/.test(pair)) continue
    pairs += 1
    if (COMMON_PAIRS.has(pair)) common += 1
  }
  return pairs < FEWEST_PAIRS ? undefined : common / pairs >= WORDLIKE_SHARE
}

/** Letters of both cases so often in turn are no word of any language. */
const SHORTEST_CASED = 16

/** How often letters and digits take turns. */
export function turnsOf(text: string): number {
  return (text.match(/[a-z](?=\d)|\d(?=[a-z])/gi) ?? []).length
}

/** Words with numbers between them take fewer turns. */
const MANY_TURNS = 6
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a machine drew it: varied, no words, letters and digits mixed. Never a UUID. */
export function isRandom(text: string): boolean {
  if (UUID.test(text)) return false
  const isHex = /^[0-9a-f]+$/i.test(text)
  if (!isVaried(text, isHex ? 16 : 62)) return false
  if (isHex) return text.length >= 24 && /\d/.test(text) && /[a-f]/i.test(text)
  if (!/[a-z]/i.test(text)) return false
  const isWords = isWordlike(text)
  const turns = turnsOf(text)
  if (isWords === true) return turns >= MANY_TURNS
  if (isWords === undefined) return turns >= 4
  // Without digits it may be a language of which the pairs know nothing, but rarely in mixed case.
  return turns >= 2 || (text.length >= SHORTEST_CASED && caseTurnsOf(text) >= text.length / 5)
}

function caseTurnsOf(text: string): number {
  return (text.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length
}
