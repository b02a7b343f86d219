import { execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GoogleStub } from './google-stub.ts'

const BOOT_DIRECTORY = fileURLToPath(
  new URL('../../terraform/modules/compute/boot/', import.meta.url)
)

/** What one call of a recorded program looked like. */
export interface Call {
  readonly argv: readonly string[]
  readonly environment: ReadonlyMap<string, string>
  /** Content of the file named by --env-file, at the time of the call. */
  readonly environmentFile: string
}

export interface Run {
  readonly exitCode: number | null
  readonly output: string
}

/** A directory that stands for one VM: its home, its tmpfs, a docker that plays answers. */
export interface Machine {
  readonly runtimeDirectory: string
  run(script: 'startup.sh' | 'shutdown.sh'): Promise<Run>
  calls(program: 'docker' | 'curl'): Promise<readonly Call[]>
  dispose(): Promise<void>
}

/** Bash snippets by docker subcommand; `pull.2` is the second pull. No snippet: success. */
export type DockerScript = Readonly<Record<string, string>>

// Records the call, then plays the snippet. PATH is set again for its own tools,
// since a test may pass a broken one.
const recorder = (directory: string): string => `#!/bin/bash
here=${directory} program=\${0##*/}
env -0 >"$here/pending.$$"
PATH=/usr/bin:/bin
n=1; while ! mkdir "$here/calls/$program.$(printf %03d $n)" 2>/dev/null; do n=$((n + 1)); done
call=$here/calls/$program.$(printf %03d $n)
printf '%s\\0' "$@" >"$call/argv"
mv "$here/pending.$$" "$call/environment"
previous=
for argument in "$@"; do
  [[ $previous != --env-file ]] || cp "$argument" "$call/environment-file"
  previous=$argument
done
[[ $program != curl ]] || exec /usr/bin/curl "$@"
n=1; while ! mkdir "$here/count/$1.$n" 2>/dev/null; do n=$((n + 1)); done
for answer in "$here/answers/$1.$n" "$here/answers/$1"; do
  [[ ! -e $answer ]] || { . "$answer"; exit; }
done
`

/** Makes a VM whose docker plays the given answers and whose network is the stub. */
export async function createMachine(google: GoogleStub, docker: DockerScript): Promise<Machine> {
  const directory = await mkdtemp(join(tmpdir(), 'boot-'))
  for (const name of ['bin', 'calls', 'count', 'answers']) await mkdir(join(directory, name))
  for (const program of ['docker', 'curl']) {
    const path = join(directory, 'bin', program)
    await writeFile(path, recorder(directory))
    await chmod(path, 0o755)
  }
  for (const [name, snippet] of Object.entries(docker)) {
    await writeFile(join(directory, 'answers', name), snippet)
  }
  const runtimeDirectory = join(directory, 'run')
  const groups: number[] = []
  const environment = {
    PATH: `${directory}/bin:/usr/bin:/bin`,
    HOME: directory,
    RUNTIME_DIRECTORY: runtimeDirectory,
  }
  return {
    runtimeDirectory,
    run: (script) => runBootScript(script, google, { environment, groups }),
    calls: (program) => readCalls(join(directory, 'calls'), program),
    async dispose() {
      for (const group of groups) killGroup(group)
      await rm(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Ends whatever a script has left running. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // Nothing is left of it, which is the usual case.
  }
}

export interface BootScriptOptions {
  readonly environment: Readonly<Record<string, string>>
  /** Gets the process group of the script, in which it may leave a process behind. */
  readonly groups: number[]
}

/** Runs the script that ships, with no other environment than a real VM would give it. */
export function runBootScript(
  script: string,
  google: Pick<GoogleStub, 'host'>,
  { environment, groups }: BootScriptOptions
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/bash', [join(BOOT_DIRECTORY, script)], {
      env: {
        GCE_METADATA_HOST: google.host,
        GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: `http://${google.host}/secretmanager/v1/`,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    if (child.pid !== undefined) groups.push(child.pid)
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') })
    )
  })
}

/** What a snippet prints that knows the functions of startup.sh. */
export function runBootFunctions(snippet: string, args: readonly string[]): string {
  const code = `source <(grep --invert-match --line-regexp main "$0")\n${snippet}`
  const script = join(BOOT_DIRECTORY, 'startup.sh')
  return execFileSync('/bin/bash', ['--norc', '-c', code, script, ...args], {
    env: { PATH: '/usr/bin:/bin', RUNTIME_DIRECTORY: '/nowhere' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function readCalls(directory: string, program: string): Promise<readonly Call[]> {
  const names = (await readdir(directory)).filter((name) => name.startsWith(`${program}.`)).sort()
  return Promise.all(names.map((name) => readCall(join(directory, name))))
}

async function readCall(directory: string): Promise<Call> {
  const environment = new Map<string, string>()
  for (const entry of await readWords(join(directory, 'environment'))) {
    const at = entry.indexOf('=')
    environment.set(entry.slice(0, at), entry.slice(at + 1))
  }
  return {
    argv: await readWords(join(directory, 'argv')),
    environment,
    environmentFile: await readFile(join(directory, 'environment-file'), 'utf8').catch(() => ''),
  }
}

async function readWords(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\0').slice(0, -1)
}

/** The variables a container would get from this `docker run`, by docker's own rules. */
export function containerEnvironment(run: Call): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const line of run.environmentFile.split('\n')) {
    const at = line.indexOf('=')
    if (at > 0) found[line.slice(0, at)] = line.slice(at + 1).replace(/\r$/, '')
  }
  run.argv.forEach((argument, index) => {
    const name = run.argv[index + 1]
    if (argument === '--env' && name !== undefined) found[name] = run.environment.get(name) ?? ''
  })
  return found
}
