import { Marked, type Tokens } from 'marked'
import { parseGantt } from './gantt.ts'
import { renderGantt } from './gantt-picture.ts'
import { escapeHtml, type Html, html } from './html.ts'
import { MARK, sanitise } from './sanitise.ts'

const ALERT = /^<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:<br>)?\s*/

/**
 * GitHub's Markdown as a page may show it: tables, alerts, <details>, and Mermaid's gantt charts as
 * pictures. Whoever wrote the text can put no script into the page, and fetch nothing.
 */
export function renderMarkdown(source: string): Html {
  const pictures: Html[] = []
  const marked = new Marked({
    gfm: true,
    renderer: {
      code({ text, lang }: Tokens.Code): string | false {
        const gantt = lang === 'mermaid' ? parseGantt(text) : undefined
        if (!gantt) return `<pre><code>${escapeHtml(text)}</code></pre>`
        pictures.push(renderGantt(gantt))
        return `<div>${MARK}${pictures.length - 1}${MARK}</div>`
      },
      blockquote({ tokens }: Tokens.Blockquote): string {
        return renderQuote(this.parser.parse(tokens))
      },
      checkbox({ checked }: Tokens.Checkbox): string {
        return checked ? '☑ ' : '☐ '
      },
    },
  })
  try {
    return sanitise(marked.parse(source.replaceAll(MARK, ''), { async: false }), pictures)
  } catch {
    // Nested deeper than the parser can follow: the one text is shown as it is, and the page lives on.
    return html`<pre><code>${source}</code></pre>`
  }
}

/** A quotation, or one of GitHub's alerts, which are quotations that begin with a mark. */
function renderQuote(body: string): string {
  const [mark, kind] = ALERT.exec(body) ?? []
  if (mark === undefined || kind === undefined) return `<blockquote>${body}</blockquote>`
  const title = `${kind[0]}${kind.slice(1).toLowerCase()}`
  const rest = `<p>${body.slice(mark.length)}`
  return `<div class="alert alert-${kind.toLowerCase()}"><p><strong>${title}</strong></p>${rest}</div>`
}
