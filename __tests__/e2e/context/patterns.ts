import type { Random } from './random.ts'

/** Lines that speak of these paths in every way that there is, and in some that there is not. */
export function makeIgnoreFile(
  random: Random,
  paths: readonly string[],
  dockerfile: string
): string {
  const count = random.pick([0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 12])
  const lines = Array.from({ length: count }, () => makeLine(random, paths, dockerfile))
  if (random.chance(0.15)) lines.unshift('*')
  if (random.chance(0.1)) lines.unshift('**')
  const end = random.chance(0.1) ? '\r\n' : '\n'
  return `${random.chance(0.05) ? '\uFEFF' : ''}${lines.join(end)}${random.chance(0.8) ? end : ''}`
}

function makeLine(random: Random, paths: readonly string[], dockerfile: string): string {
  if (random.chance(0.04)) return random.pick(['', '   ', '# comment', ' # no comment', '#', '\t'])
  if (random.chance(0.012))
    return random.pick([
      '!',
      '! ',
      '!/',
      '[',
      'a[',
      '[]a]',
      'a\\',
      '[z-a]',
      '\\é',
      '[a-',
      '!!',
      'a\tb',
    ])
  if (random.chance(0.05)) {
    return random.pick([
      '.',
      './',
      '/',
      '..',
      '*',
      '**',
      '!**',
      '!*',
      '**/*',
      '*/*',
      '!.',
      'Dockerfile',
      '.dockerignore',
      '!Dockerfile',
      '.*',
      '**/.*',
    ])
  }
  const path = random.chance(0.05) ? dockerfile : (paths[random.below(paths.length)] ?? 'a')
  const pattern = bend(random, path)
  const sign = random.chance(0.35)
    ? random.pick(['!', '!', '!', '! ', ' !', '!/', '!./'])
    : random.pick(['', '', '', '', '/', './', '//', ' ', '\t', '/ '])
  return `${sign}${pattern}${random.pick(['', '', '', '', '', '/', ' ', '/.', '/ ', '\t', '//', '\u00a0'])}`
}

function bend(random: Random, path: string): string {
  let segments = path
    .split('/')
    .map((segment) => (random.chance(0.4) ? bendName(random, segment) : segment))
  if (random.chance(0.3)) segments = segments.slice(0, 1 + random.below(segments.length))
  if (random.chance(0.15)) segments = segments.slice(random.below(segments.length))
  if (random.chance(0.12)) segments.splice(random.below(segments.length + 1), 0, '**')
  if (random.chance(0.12)) segments.push(random.pick(['*', '**', '**/*', '*/*', 'x', '*/**']))
  if (random.chance(0.08)) segments.unshift(random.pick(['**', '*', '..', '.', 'x/..']))
  const text = segments.join('/')
  if (random.chance(0.03)) return text.replace('/', '**')
  return random.chance(0.03) ? `**${text}` : text
}

function bendName(random: Random, name: string): string {
  const chars = [...name]
  const at = random.below(chars.length)
  const before = chars.slice(0, at).join('')
  const char = chars[at] ?? 'a'
  const after = chars.slice(at + 1).join('')
  const escaped = name.replace(/[\\*?[\]]/g, '\\$&')
  return random.pick([
    '*',
    '**',
    '?',
    `${before}*`,
    `*${after}`,
    `${before}?${after}`,
    `${before}*${after}`,
    `${before}**`,
    `**${after}`,
    `${before}**${after}`,
    `${before}[${char}]${after}`,
    `${before}[^${char}]${after}`,
    `${before}[!${char}]${after}`,
    `${before}[a-c]${after}`,
    `${before}[^a-c]${after}`,
    `${before}[\\${char}x]${after}`,
    `${before}[[:alpha:]]${after}`,
    `${before}[a*]${after}`,
    `${before}[*?]*${after}`,
    `${before}\\${char}${after}`,
    `${before}\\d${after}`,
    `${before}\\w${after}`,
    `${before}\\Q*${after}`,
    `${before}\\pL${after}`,
    `^${name}`,
    `${name}*^`,
    name.toUpperCase(),
    name.toLowerCase(),
    escaped,
    escaped,
    `${name}x`,
    `${before}.${after}`,
    `***${after}`,
    `{${char}}${after}*`,
    `${name}|*`,
    `${char}{1}*`,
    `${char}{0,2}*`,
    `\\b${name}*`,
  ])
}
