import { morph } from './morph.js'

const SECTIONS = ['group', 'traffic', 'summary', 'items', 'runs', 'ledger', 'deployments']
const link = document.getElementById('link')

/** A section's markup comes drawn; what is open, focused or scrolled here stays as it is. */
function show(name, markup) {
  const section = document.getElementById(name)
  const drawn = document.createElement('template')
  drawn.innerHTML = markup
  morph(section, drawn.content)
  tellTimes(section)
  if (name === 'runs') refreshLogs()
}

function listen() {
  const events = new EventSource('/emulator/console/events')
  for (const name of SECTIONS) events.addEventListener(name, ({ data }) => show(name, data))
  events.addEventListener('open', () => {
    say('good', 'live')
    // From now on what is new on the page comes in softly.
    setTimeout(() => document.body.classList.add('live'), 1000)
  })
  // The browser itself tries again, until the emulator is there or the page is closed.
  events.addEventListener('error', () => say('bad', 'not connected'))
}

function say(tone, text) {
  link.className = `badge ${tone}`
  link.textContent = text
}

function tellTimes(root = document) {
  const now = Date.now()
  for (const time of root.querySelectorAll('time[data-since]'))
    time.textContent = span(now - Number(time.dataset.since))
  for (const time of root.querySelectorAll('time[data-clock]'))
    time.textContent = new Date(Number(time.dataset.clock)).toLocaleTimeString([], {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
}

function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Logs that somebody has open, as long as they grow. */
function refreshLogs() {
  for (const details of document.querySelectorAll('details[data-log][open]')) void load(details)
}

async function load(details) {
  if (details.shownLines === details.dataset.lines) return
  details.shownLines = details.dataset.lines
  const box = details.querySelector('.log')
  const answer = await fetch(details.dataset.log)
  const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 8
  // The server has escaped every line.
  if (answer.ok) box.innerHTML = await answer.text()
  else box.textContent = 'This log is gone.'
  if (isAtEnd) box.scrollTop = box.scrollHeight
}

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.matches('details[data-log][open]')) void load(target)
  },
  true
)
setInterval(() => tellTimes(), 1000)
tellTimes()
listen()
