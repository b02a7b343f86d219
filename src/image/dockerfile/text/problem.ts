/** What BuildKit would refuse: reading stops there, and the build itself will tell the user. */
export class DockerfileProblem extends Error {
  /** 1-based; 0 where no line is meant. */
  readonly line: number

  constructor(message: string, line = 0) {
    super(message)
    this.name = 'DockerfileProblem'
    this.line = line
  }
}
