// `yourApiKey`, where nothing sets the word apart but its case.
const OWN_WORD = /^your[A-Z]?[a-z]{3}|^YOUR[A-Z]{3}/

// Long enough, or set apart, so that not one random token in 100,000 holds one by chance.
const WORDS =
  /example|sample|change[-_ ]?(me|it|this)|place[-_ ]?holder|dummy|\byour[-_ ]|redacted|insert|pass[-_ ]?word|replace|foobar|lorem|deadbeef|cafebabe|\bnot[-_ ](a|re[a@4]l|secret|set)|invalid|undefined|(^|[-_ .])(fake|mock|todo|fixme|test|demo)([-_ .]|$)|[<>]|\$\{|\$\(|\{\{|\}\}|%\(|%s|#\{|\[\[|\.\.\.|…|\*{3}|x{6}|(x{4}[-_ ]?){3}|_{4}|-{4}|0{6}/i

const CHOSEN_WORDS =
  /passw|passphrase|qwert|admin|letmein|welcome|hunter|secret|guest|default|local|public|correct|horse|battery|swordfish|monkey|dragon|trustno|troubador|super|string|value|mypass|token|hello/i
const SHORT_WORDS =
  /pass|asdf|test|demo|user|root|temp|null|none|some|xxxx|fake|mock|todo|123|(?<![a-z])(abc|pwd|foo|bar|baz)(?![a-z])/i

/** Up to so many characters people choose themselves, and up to so many a short word is one. */
const LONGEST_CHOSEN = 20
const LONGEST_SHORT = 14

/** Whether the value only stands for one: a word such as `example`, a template, a pattern. */
export function isPlaceholder(text: string): boolean {
  return WORDS.test(text) || OWN_WORD.test(text) || isPattern(text)
}

/** As `isPlaceholder`, and also a word that people take for a password where none matters. */
export function isWeak(text: string): boolean {
  if (isPlaceholder(text)) return true
  if (text.length > LONGEST_CHOSEN) return false
  return [text, plainly(text)].some(
    (form) => CHOSEN_WORDS.test(form) || (text.length <= LONGEST_SHORT && SHORT_WORDS.test(form))
  )
}

/** `p4$$w0rd` as `password`. */
function plainly(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '@': 'a',
    $: 's',
    '!': 'i',
  }
  return text.toLowerCase().replace(/[013457@$!]/g, (sign) => signs[sign] ?? sign)
}

const LONGEST_PERIOD = 8

/** Counting, repeating, or one character over and over. */
function isPattern(text: string): boolean {
  return hasSequence(text) || isPeriodic(text)
}

const SEQUENCE = 6
// Chance puts six equal digits into one long hexadecimal key of twenty thousand.
const LONG_SEQUENCE = 8
const LONG_TEXT = 32

/** Characters in a row that count up or down or stay: `123456`, `abcdef`, `aaaaaa`. */
function hasSequence(text: string): boolean {
  const enough = text.length < LONG_TEXT ? SEQUENCE : LONG_SEQUENCE
  let run = 1
  let step = 0
  for (let at = 1; at < text.length; at++) {
    const now = text.charCodeAt(at) - text.charCodeAt(at - 1)
    run = now === step && Math.abs(now) <= 1 ? run + 1 : 2
    step = now
    if (run >= enough && Math.abs(step) <= 1) return true
  }
  return false
}

function isPeriodic(text: string): boolean {
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, text.length / 3); period++) {
    if (text.slice(period) === text.slice(0, -period)) return true
  }
  return false
}
