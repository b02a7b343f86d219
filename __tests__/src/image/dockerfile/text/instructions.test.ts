import { describe, expect, it } from '@jest/globals'
import { parseDockerfile } from '../../../../../src/image/dockerfile/text/instructions.ts'

/** `LINE-END KEYWORD [flags] rest`, one for each instruction. */
function outline(text: string): readonly string[] {
  return parseDockerfile(text).instructions.map(({ line, endLine, keyword, flags, rest }) =>
    [line === endLine ? `${line}` : `${line}-${endLine}`, keyword, ...flags, rest].join(' ')
  )
}

describe('parseDockerfile', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', []],
    ['comments and empty lines', '\n# FROM a\n  \n\t# b\n', []],
    ['instructions in any case', 'from a\nRun b\n', ['1 FROM a', '2 RUN b']],
    ['leading and trailing white space', '  FROM\t a  \n', ['1 FROM a']],
    ['a file without a last line end', 'FROM a', ['1 FROM a']],
    ['lines of Windows', 'FROM a \\\r\n AS b\r\nRUN c\r\n', ['1-2 FROM a  AS b', '3 RUN c']],
    ['a byte order mark', '\uFEFFFROM a', ['1 FROM a']],
    ['a continued line', 'RUN a \\\n  b', ['1-2 RUN a   b']],
    ['white space behind the continuation', 'RUN a \\  \t\n  b', ['1-2 RUN a   b']],
    ['comments inside', 'RUN a \\\n# no\n  # neither\n b', ['1-4 RUN a  b']],
    ['empty lines inside', 'RUN a \\\n\n  \n b\nRUN c', ['1-4 RUN a  b', '5 RUN c']],
    ['a comment that ends like a continued line', '# a \\\nFROM a', ['2 FROM a']],
    ['a lone continuation', '\\\nRUN a', ['1-2 RUN a']],
    ['an escaped escape character at the end', 'RUN a \\\\\nRUN b', ['1 RUN a \\\\', '2 RUN b']],
    ['a continuation at the end of the file', 'RUN a \\', ['1 RUN a']],
    [
      'another escape character',
      '# escape=`\nRUN a `\n b\nRUN c \\',
      ['2-3 RUN a  b', '4 RUN c \\'],
    ],
    [
      'a directive that comes too late',
      '# hello\n# escape=`\nRUN a `\nRUN b',
      ['3 RUN a `', '4 RUN b'],
    ],
    ['directives after another', '# check=skip=all\n#ESCAPE = `\nRUN a `\n b', ['3-4 RUN a  b']],
    [
      'an unknown directive, which ends them',
      '# x=y\n# escape=`\nRUN a `\nRUN b',
      ['3 RUN a `', '4 RUN b'],
    ],
    ['flags', 'COPY --from=a --link b c', ['1 COPY --from=a --link b c']],
    ['quoted flags', `COPY --from="a b" --x='c' d`, ['1 COPY --from=a b --x=c d']],
    ['escaped flags', 'COPY --fr\\om=a b c', ['1 COPY --from=a b c']],
    [
      'the end of flags',
      'COPY --link -- --from=a b',
      ['1 COPY --link  --from=a b'.replace('  ', ' ')],
    ],
    ['flags behind a word', 'RUN a --mount=b', ['1 RUN a --mount=b']],
    ['flags alone', 'RUN --mount=a', ['1 RUN --mount=a ']],
    ['ONBUILD', 'ONBUILD COPY --from=a b c', ['1 ONBUILD COPY --from=a b c']],
    [
      'a no-break space, of which BuildKit sees the bytes',
      'COPY --a=\u00a0b c',
      ['1 COPY --a=\u00c2 b c'],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected)
  })

  it.each<[string, string, readonly string[]]>([
    ['a heredoc', 'RUN <<EOF\nFROM no\nEOF\nFROM a', ['1-3 RUN <<EOF', '4 FROM a']],
    ['one with a quoted end', `RUN <<'EOF'\n$x\nEOF\nFROM a`, [`1-3 RUN <<'EOF'`, '4 FROM a']],
    ['one with tabs', 'RUN <<-EOF\n\tFROM no\n\tEOF\nFROM a', ['1-3 RUN <<-EOF', '4 FROM a']],
    [
      'an end with tabs that is none',
      'RUN <<EOF\n\tEOF\nEOF\nFROM a',
      ['1-3 RUN <<EOF', '4 FROM a'],
    ],
    ['several', 'RUN cat 3<<A <<B\na\nA\nb\nB\nFROM a', ['1-5 RUN cat 3<<A <<B', '6 FROM a']],
    ['one behind a continued line', 'RUN a \\\n <<E\nx\nE\nFROM a', ['1-4 RUN a  <<E', '5 FROM a']],
    ['a name with a space', 'RUN <<"E F"\nE\nE F\nFROM a', ['1-3 RUN <<"E F"', '4 FROM a']],
    [
      'COPY and ADD',
      'COPY <<A <<B /x\nA\nB\nADD <<C /y\nC',
      ['1-3 COPY <<A <<B /x', '4-5 ADD <<C /y'],
    ],
    ['ONBUILD', 'ONBUILD RUN <<E\nFROM no\nE\nFROM a', ['1-3 ONBUILD RUN <<E', '4 FROM a']],
    [
      "one behind the shell's own substitution",
      'RUN x ${V:0:3} <<E\nFROM no\nE\nFROM a',
      ['1-3 RUN x ${V:0:3} <<E', '4 FROM a'],
    ],
    ['lines of Windows', 'RUN <<E\r\nx\r\nE\r\nFROM a\r\n', ['1-3 RUN <<E', '4 FROM a']],
  ])('skips the text of a heredoc: %s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected)
  })

  it.each([
    ['a here-string', 'RUN cat <<<EOF'],
    ['a quotation', 'RUN echo "<<EOF"'],
    ['an escaped sign', 'RUN echo \\<<EOF'],
    ['a JSON list', 'RUN ["cat", "<<EOF"]'],
    ['another instruction', 'CMD cat <<EOF'],
    ['arithmetic', 'RUN echo $((1 << 2))'],
    ['a bare sign', 'RUN cat <<'],
    ['an unclosed quotation, which hides it', 'RUN echo " <<EOF'],
  ])('finds no heredoc in %s', (_, text) => {
    expect(outline(`${text}\nFROM a`)).toEqual([`1 ${text}`, '2 FROM a'])
  })

  it('gives what comes before a heredoc without end', () => {
    const parsed = parseDockerfile('FROM a\nRUN <<EOF\nRUN b')
    expect(parsed.instructions.map(({ keyword }) => keyword)).toEqual(['FROM'])
    expect(parsed.problem).toMatchObject({ line: 2, message: 'the heredoc "EOF" does not end' })
  })

  it.each([
    ['# escape=x\nFROM a', '"# escape=" cannot be "x"'],
    ['# escape=`\n# escape=`\nFROM a', '"# escape=" stands there twice'],
    ['COPY ["<<a", 1]', 'a JSON list holds more than strings'],
  ])('says what is wrong with %j', (text, message) => {
    const { problem } = parseDockerfile(text)
    expect(problem?.message).toBe(message)
  })

  it('reads the longest lines that BuildKit takes in no time', () => {
    const run = (character: string): string => character.repeat(65_000)
    const lines = [' ', '\\', '\\ ', '\r', '$', '"', '<', '-', '--a ', '# '].map(
      (character) => `RUN a${run(character).slice(0, 65_000)}b`
    )
    const startedAt = performance.now()
    parseDockerfile(['# check=x' + run(' ') + 'y', ...lines].join('\n'))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
