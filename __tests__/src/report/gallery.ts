/**
 * Writes the comments of all fixtures, and one that was cut, as web pages that look like GitHub.
 * Needs a Markdown renderer: npm install --no-save marked@18
 * Run: node __tests__/src/report/gallery.ts FOLDER, then look at them at 390 and 1100 pixels:
 * chromium --headless --no-sandbox --window-size=390,2000 --screenshot=kinds.png FOLDER/kinds.html
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { renderPlanReport } from '../../../src/report/plan-comment.ts'
import { GOLDEN, reportOf } from './golden.ts'
import { aPlan, aReport, aResource } from './report.ts'

const CSS = `
body { margin: 0; padding: 16px; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif; color: #1f2328; overflow-wrap: break-word }
main { max-width: 830px; margin: 0 auto; border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px }
p, ul { margin: 0 0 16px } ul { padding-left: 2em } h4 { margin: 24px 0 16px; font-size: 14px } a { color: #0969da }
code { font: 85% "Liberation Mono", monospace; background: #818b981f; padding: .2em .4em; border-radius: 6px; white-space: break-spaces }
pre { background: #f6f8fa; padding: 16px; overflow: auto; border-radius: 6px; font-size: 85%; line-height: 1.45; margin: 0 0 16px }
pre code { background: none; padding: 0; font-size: 100%; white-space: pre } pre i { font-style: normal }
.added { color: #116329; background: #dafbe1 } .removed { color: #82071e; background: #ffebe9 }
.changed { color: #953800; background: #ffd8b5 } .remark { color: #59636e }
blockquote { border-left: .25em solid #0969da; padding: .5em 1em; margin: 0 0 16px } blockquote p { margin: 0 }
blockquote.CAUTION { border-color: #cf222e } .CAUTION b { color: #d1242f } .NOTE b { color: #0969da }
sub { font-size: 75%; line-height: 0; position: relative; bottom: -.25em }
`

const folder = process.argv[2]
if (folder === undefined) throw new Error('Say into which folder.')
// By a name that the compiler does not follow: nothing else needs the package.
const renderer: string = 'marked'
const { marked } = await import(renderer)

mkdirSync(folder, { recursive: true })
const pages = new Map<string, string>(
  GOLDEN.map((name) => [name, renderPlanReport(reportOf(name)).comment])
)
pages.set('too-long', renderPlanReport(aReport({ plan: aLongPlan() })).comment)
for (const [name, comment] of pages) writeFileSync(`${folder}/${name}.html`, pageOf(comment))
writeFileSync(
  `${folder}/index.html`,
  pageOf([...pages].map(([name, comment]) => `### ${name}\n\n${comment}\n\n---`).join('\n\n'))
)

function aLongPlan(): object {
  const before = { id: 'x', size: 1, note: 'a note '.repeat(30) }
  const kinds = [{ after: before }, { before, after: { ...before, size: 2 } }, { before }]
  return aPlan(
    ...Array.from({ length: 900 }, (_, index) =>
      aResource(kinds[index % 3] ?? {}, { address: `module.many["${index}"].google_thing.main` })
    )
  )
}

function pageOf(markdown: string): string {
  const html: string = marked.parse(markdown)
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><main>${coloured(html)}</main>`
}

/** As GitHub's grammar of diffs has it: by the first column; remarks are grey wherever they begin. */
function coloured(html: string): string {
  return html
    .replace(/(<code class="language-diff">)(.*?)(<\/code>)/gs, (_, open, code: string, close) => {
      const lines = code.split('\n').map((line) => `<i class="${kindOf(line)}">${line}</i>`)
      return `${open}${lines.join('\n')}${close}`
    })
    .replace(/<blockquote>\s*<p>\[!(\w+)\]\s*/g, '<blockquote class="$1"><b>$1</b><p>')
}

function kindOf(line: string): string {
  if (/^\s*#/.test(line)) return 'remark'
  return { '+': 'added', '-': 'removed', '!': 'changed' }[line[0] ?? ''] ?? ''
}
