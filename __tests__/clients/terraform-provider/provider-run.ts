import { type RunningProvider, startProvider } from '../../../emulator/provider/start.ts'
import { FakeGoogle } from './fake-google.ts'
import { Workspace } from './workspace.ts'

/** Real terraform, attached to a provider of ours, in front of a Google of the test's own. */
export interface ProviderRun {
  readonly google: FakeGoogle
  readonly provider: RunningProvider
  readonly workspace: Workspace
  close(): Promise<void>
}

export async function openRun(hcl: string, environment = TOKEN): Promise<ProviderRun> {
  const google = new FakeGoogle()
  await google.start()
  const provider = await startProvider({ fallbackEnvironment: {} })
  const workspace = await Workspace.open({
    ...google.endpoints(),
    ...environment,
    TF_REATTACH_PROVIDERS: provider.reattach,
  })
  await workspace.write('main.tf', hcl)
  await workspace.must('init')
  const close = async (): Promise<void> => {
    await workspace.close()
    await provider.stop()
    await google.stop()
  }
  return { google, provider, workspace, close }
}

const TOKEN: Readonly<Record<string, string>> = { GOOGLE_OAUTH_ACCESS_TOKEN: 'test-token' }
