/** One call of GitHub's REST API, as its documentation spells it. */
export interface ApiRequest {
  /** `GET /repos/{owner}/{repo}/pulls/{pull_number}` */
  readonly route: string
  /** What fills the braces; the rest becomes the query of a GET and else the body. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface ApiAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed where it is JSON. */
  readonly data: unknown
}

/** Sends one request once; any HTTP status is an answer, only a missing answer throws. */
export interface GitHubApi {
  send(request: ApiRequest): Promise<ApiAnswer>
}
