import type { CommandRunner } from '../ports.ts'

/**
 * When a commit was made, in seconds since the epoch: the one time that an image may carry, so that
 * the same source gives the same image. Undefined where the checkout does not have the commit.
 */
export async function readCommitTime(
  commands: CommandRunner,
  { folder, commit }: { readonly folder: string; readonly commit: string }
): Promise<number | undefined> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined
  // In a container job the checkout belongs to another user, whom git distrusts by itself.
  const args = ['-c', 'safe.directory=*', 'show', '-s', '--format=%ct', commit]
  const asked = commands.run('git', args, { cwd: folder })
  const { exitCode, stdout } = await asked.catch(() => ({ exitCode: 127, stdout: '' }))
  const seconds = Number(stdout.trim())
  return exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined
}
