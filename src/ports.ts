/** What the subjects need of the world outside; `adapters/` implements it, tests fake it. */

/** Something to be shown at a line of a file of the repository. */
export interface Annotation {
  readonly severity: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  /** Relative to the workspace. */
  readonly file: string
  /** From 1; 0 for the file as a whole. */
  readonly line: number
}

export interface Log {
  debug(message: string): void
  info(message: string): void
  warning(message: string): void
  /** Shows something where it stands in the repository, in the pull request too. */
  annotate(annotation: Annotation): void
  /** Makes every later appearance of `secret` unreadable, here and in the runner's own log. */
  mask(secret: string): void
  /** Runs `work` under a foldable heading. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  /** The same log, each line marked with `label`: for parts that run side by side. */
  labelled(label: string): Log
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd?: string | undefined
  /** Added to the environment of the child; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

export interface InterruptibleOptions extends CommandOptions {
  /** Called with each whole line as it comes, of standard output and standard error alike. */
  readonly onLine?: ((line: string) => void) | undefined
  /** On abort the child gets ONE SIGINT, so that terraform can free its lock. */
  readonly signal: AbortSignal
  /** After this many milliseconds the child is interrupted in the same way. */
  readonly timeoutMs: number
  /**
   * For a child that must end by itself even where we are killed: a private folder, of one such
   * child at a time, in which its output and its process id stand meanwhile.
   */
  readonly outliveIn?: string | undefined
}

export interface InterruptibleResult extends CommandResult {
  readonly timedOut: boolean
}

export interface CommandRunner {
  /** For short questions. A non-zero exit is data, not an error. @throws ActionError when the tool cannot be started. */
  run(tool: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>
  /** For work that a person may want to stop. A non-zero exit is data. */
  runInterruptible(
    tool: string,
    args: readonly string[],
    options: InterruptibleOptions
  ): Promise<InterruptibleResult>
}

export interface Files {
  read(path: string): Promise<string>
  /** Creates or replaces a file with mode 0600; missing folders are made, mode 0700. */
  writePrivate(path: string, content: string): Promise<void>
  copyFolder(from: string, to: string): Promise<void>
  makeFolder(path: string): Promise<void>
  remove(path: string): Promise<void>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** @throws the signal's reason when it aborts first. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends one request once; any HTTP status is an answer, only a missing answer throws. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>
}

/** Gives a Google access token that is valid for at least some minutes; it refreshes by itself. */
export interface TokenSource {
  accessToken(): Promise<string>
}

/** Finds and keeps downloaded tools on the runner. */
export interface ToolCache {
  /** The folder of a tool that an earlier step put there, or undefined. */
  find(name: string, version: string): Promise<string | undefined>
  /** Downloads to a temporary file and returns its path. */
  download(url: string): Promise<string>
  /** Unpacks a zip file and keeps it; returns the folder. */
  keepZip(zipPath: string, name: string, version: string): Promise<string>
  sha256(path: string): Promise<string>
}
