import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a program of this machine is. */
export function pathOf(program: string): string {
  return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
}

/** A folder that can be a whole PATH: links to programs of this machine, and scripts of the test. */
export async function makePath(
  directory: string,
  programs: readonly string[],
  scripts: Readonly<Record<string, string>> = {}
): Promise<string> {
  await mkdir(directory, { recursive: true })
  for (const program of programs) await symlink(pathOf(program), join(directory, program))
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(directory, name), script)
    await chmod(join(directory, name), 0o755)
  }
  return directory
}

/** Command lines of all processes of this machine, as everybody on it may read them. */
async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const gone = (): string => ''
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(gone)))
}

/** Reads all command lines again and again while `work` goes on; returns those that hold `text`. */
export async function commandLinesWith(
  text: string,
  work: () => Promise<unknown>
): Promise<{ readonly seen: ReadonlySet<string>; readonly looks: number }> {
  const seen = new Set<string>()
  let looks = 0
  let ended = false
  const done = work().finally(() => {
    ended = true
  })
  while (!ended) {
    for (const line of await commandLines()) if (line.includes(text)) seen.add(line)
    looks++
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  await done
  return { seen, looks }
}

/**
 * Kills the node of the job that runs in `workspace` with SIGKILL, as a runner that dies does:
 * nothing of it can clean up.
 */
export async function killAction(workspace: string): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const gone = (): string => ''
    const [line, cwd] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(gone),
      readlink(`/proc/${pid}/cwd`).catch(gone),
    ])
    const isJob = line.includes('/dist/main/index.js') && cwd === workspace
    if (isJob) process.kill(Number(pid), 'SIGKILL')
  }
}
