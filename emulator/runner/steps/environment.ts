/** Folders of a job on its machine. */
export interface MachineFolders {
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string
}

type Variables = Readonly<Record<string, string>>

/** What any step finds before anybody has set anything. */
export function runnerVariables({ workspace, temp }: MachineFolders): Variables {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: `${temp}/_tool`,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'emulator',
    RUNNER_ENVIRONMENT: 'github-hosted',
  }
}

/** `INPUT_NAME` of each input. */
export function inputVariables(inputs: Variables): Variables {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.toUpperCase().replaceAll(' ', '_')}`,
      value,
    ])
  )
}

/** `STATE_name` of what main has left for post. */
export function stateVariables(state: ReadonlyMap<string, string>): Variables {
  return Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]))
}

/** What of the github context a step finds as GITHUB_…: everything that is plain, but the token. */
export function githubVariables(github: Readonly<Record<string, unknown>>): Variables {
  return Object.fromEntries(
    Object.entries(github).flatMap(([name, value]) =>
      name === 'token' || typeof value === 'object'
        ? []
        : [[`GITHUB_${name.toUpperCase()}`, String(value)] as const]
    )
  )
}
