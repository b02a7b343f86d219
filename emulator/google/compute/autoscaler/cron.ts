/** A schedule in cron's five fields, such as `0 7 * * MON-FRI`. */
export interface Cron {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** Cron's odd rule: where both day fields are given, either one will do. */
  readonly eitherDay: boolean
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ')

/** The schedule, or undefined for what is none. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  if (fields.length !== 5) return undefined
  const minutes = parseField(minute, { least: 0, most: 59 })
  const hours = parseField(hour, { least: 0, most: 23 })
  const days = parseField(day, { least: 1, most: 31 })
  const months = parseField(month, { least: 1, most: 12, names: MONTHS })
  const weekdays = parseField(weekday, { least: 0, most: 7, names: WEEKDAYS })
  if (!minutes || !hours || !days || !months || !weekdays) return undefined
  const eitherDay = !day.startsWith('*') && !weekday.startsWith('*')
  // Sunday is 0 and 7.
  const week = new Set([...weekdays].map((number) => number % 7))
  return { minutes, hours, days, months, weekdays: week, eitherDay }
}

interface Range {
  readonly least: number
  readonly most: number
  /** Words for the numbers from `least` on. */
  readonly names?: readonly string[]
}

function parseField(text: string, range: Range): ReadonlySet<number> | undefined {
  const found = new Set<number>()
  for (const part of text.split(',')) {
    const numbers = parsePart(part, range)
    if (!numbers) return undefined
    for (const number of numbers) found.add(number)
  }
  return found
}

function parsePart(part: string, range: Range): readonly number[] | undefined {
  const [, from = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? []
  const first = from === '*' ? range.least : numberOf(from, range)
  const stride = step === undefined ? 1 : Number(step)
  if (first === undefined || stride === 0) return undefined
  const open = from === '*' || (to === undefined && step !== undefined)
  const last = open ? range.most : to === undefined ? first : numberOf(to, range)
  if (last === undefined || last < first) return undefined
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, i) => first + i * stride
  )
}

function numberOf(word: string, { least, most, names = [] }: Range): number | undefined {
  const named = names.indexOf(word.toUpperCase())
  const number = named >= 0 ? named + least : /^\d+$/.test(word) ? Number(word) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

const MINUTE_MS = 60_000
const HORIZON_MS = 366 * 24 * 60 * MINUTE_MS

/** The first minute after `after` that the schedule names, in the time zone; within a year. */
export function nextStart(cron: Cron, timeZone: string, after: number): number | undefined {
  const end = after + HORIZON_MS
  for (let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS; at <= end; ) {
    const local = localTime(at, timeZone)
    const isHour = isDay(cron, local) && cron.hours.has(local.hour)
    if (isHour && cron.minutes.has(local.minute)) return at
    // Whole hours are skipped, never more: a day may have 23 or 25.
    at += isHour ? MINUTE_MS : (60 - local.minute) * MINUTE_MS
  }
  return undefined
}

interface LocalTime {
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

function isDay(cron: Cron, { month, day, weekday }: LocalTime): boolean {
  if (!cron.months.has(month)) return false
  const [byDay, byWeekday] = [cron.days.has(day), cron.weekdays.has(weekday)]
  return cron.eitherDay ? byDay || byWeekday : byDay && byWeekday
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

/** Whether the name is one of the time zone database's. */
export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined
  } catch {
    return false
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
  })
  FORMATS.set(timeZone, format)
  return format
}

function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value])
  )
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
  return {
    month: number('month'),
    day: number('day'),
    weekday: WEEKDAYS.indexOf((parts.get('weekday') ?? '').toUpperCase()),
    hour: number('hour'),
    minute: number('minute'),
  }
}
