/** A file that holds a setting with the secret; `line` is where the secret begins. */
export interface Carried {
  readonly carrier: string
  readonly path: string
  readonly text: string
  readonly line: number
}

interface Carrier {
  readonly carrier: string
  readonly path: string
  /** `%` stands for the setting; the rest is what such files otherwise hold. */
  readonly around: string
  readonly write: (name: string, secret: string) => string
  /** Where a secret of several lines begins, counted from the setting's first line. */
  readonly offset?: number
}

const escaped = (secret: string): string => JSON.stringify(secret).slice(1, -1)
const indented = (secret: string, by: string): string => secret.replace(/^/gm, by)

const CARRIERS: readonly Carrier[] = [
  {
    carrier: 'plain text',
    path: 'notes.txt',
    around: 'How to log in\n\n%\n\nand that is all.\n',
    write: (name, secret) => (secret.includes('\n') ? secret : `${name}: ${secret}`),
  },
  {
    carrier: 'JSON',
    path: 'config/settings.json',
    around: '{\n  "port": 8080,\n  %,\n  "debug": false\n}\n',
    write: (name, secret) => `"${name}": "${escaped(secret)}"`,
  },
  {
    carrier: 'minified JSON',
    path: 'settings.json',
    around: '{"port":8080,%,"debug":false}',
    write: (name, secret) => `"${name}":"${escaped(secret)}"`,
  },
  {
    carrier: 'YAML',
    path: 'deploy/values.yaml',
    around: 'replicas: 2\nenv:\n  %\n  port: 80\n',
    write: (name, secret) =>
      secret.includes('\n') ? `${name}: |\n${indented(secret, '    ')}` : `${name}: ${secret}`,
    offset: 1,
  },
  {
    carrier: 'quoted YAML',
    path: 'values.yml',
    around: 'replicas: 2\n\nenv:\n  %\n  port: 80\n',
    write: (name, secret) => `${name}: "${escaped(secret)}"`,
  },
  {
    carrier: '.env',
    path: '.env',
    around: 'PORT=8080\n%\nDEBUG=0\n',
    write: (name, secret) =>
      secret.includes('\n')
        ? `${name.toUpperCase()}="${escaped(secret)}"`
        : `${name.toUpperCase()}=${secret}`,
  },
  {
    carrier: 'Windows line ends',
    path: '.env.production',
    around: 'PORT=8080\r\n%\r\nDEBUG=0\r\n',
    write: (name, secret) => `export ${name.toUpperCase()}='${escaped(secret)}'`,
  },
  {
    carrier: 'Python',
    path: 'app/settings.py',
    around: 'import os\n\nPORT = 8080\n%\n\n\ndef main():\n    pass\n',
    write: (name, secret) =>
      secret.includes('\n') ? `${name} = """${secret}"""` : `${name} = "${secret}"`,
  },
  {
    carrier: 'Python dictionary',
    path: 'app/client.py',
    around: 'headers = {\n    %,\n}\n',
    write: (name, secret) => `'${name}': '${escaped(secret)}'`,
  },
  {
    carrier: 'TypeScript',
    path: 'src/config.ts',
    around: 'export const config = {\n  port: 8080,\n  %,\n}\n',
    write: (name, secret) => `${name}: '${escaped(secret)}'`,
  },
  {
    carrier: 'TypeScript template',
    path: 'src/config.ts',
    around: '// Settings\n\n%\n',
    write: (name, secret) => `export const ${name}: string = \`${secret}\``,
  },
  {
    carrier: 'JSON inside a string',
    path: 'src/fixture.ts',
    around: 'const raw =\n  %\n',
    write: (name, secret) => JSON.stringify(JSON.stringify({ port: 1, [name]: secret })),
  },
]

/** The secret in each kind of file. */
export function carried(name: string, secret: string): readonly Carried[] {
  return CARRIERS.map(({ carrier, path, around, write, offset = 0 }) => {
    const before = around.slice(0, around.indexOf('%'))
    const text = around.replace('%', () => write(name, secret))
    const isLong = secret.includes('\n')
    return { carrier, path, text, line: before.split('\n').length + (isLong ? offset : 0) }
  })
}
