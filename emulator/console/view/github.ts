import { type Html, html } from '../markup/html.ts'
import { renderMarkdown } from '../markup/markdown.ts'
import type { CommentState, DeploymentState, ItemState } from '../state/github.ts'
import { badge, inWords, nothing, timeOfDay, toneOf } from './words.ts'

const SHOWN_DEPLOYMENTS = 6

/** Pull requests and issues with their comments; the newest one is open. */
export function renderItems(items: readonly ItemState[]): Html {
  if (items.length === 0) return nothing('No pull request and no issue.')
  return html`${items.map((item, index) => renderItem(item, index === 0))}`
}

function renderItem(item: ItemState, isOpen: boolean): Html {
  const { number, title, author, state, pull, body, comments } = item
  const tone = { open: 'good', merged: 'merged', closed: 'quiet' }[state]
  return html`<details class="item" data-key="item-${number}" ${isOpen && 'open'}>
<summary class="opener"><span class="badge ${tone}">${state}</span><span class="grow"><b>${title}</b> <span class="muted">#${number}</span>
<small class="muted">${author}${pull && html` wants <code>${pull.headRef}</code> in <code>${pull.baseRef}</code> · <code>${pull.headSha.slice(0, 7)}</code>`} · ${comments.length} ${comments.length === 1 ? 'comment' : 'comments'}</small></span></summary>
${body !== '' && html`<div class="markdown">${renderMarkdown(body)}</div>`}
${comments.map(renderComment)}</details>`
}

function renderComment({ id, author, body, createdAt, isEdited }: CommentState): Html {
  return html`<article class="comment" data-key="comment-${id}"><header class="muted"><b>${author}</b> · ${timeOfDay(Date.parse(createdAt))}${isEdited && ' · edited'}</header>
<div class="markdown">${renderMarkdown(body)}</div></article>`
}

/** What GitHub shows of deployments: the newest of each environment first. */
export function renderDeployments(deployments: readonly DeploymentState[]): Html {
  const environments = [...new Set(deployments.map(({ environment }) => environment))]
  if (environments.length === 0) return nothing('No deployment to an environment.')
  return html`${environments.map((environment) => {
    const all = deployments.filter((one) => one.environment === environment)
    return html`<article data-key="environment-${environment}"><h3>${environment}</h3>
<ol class="ledger">${all.slice(0, SHOWN_DEPLOYMENTS).map(renderDeployment)}</ol></article>`
  })}`
}

function renderDeployment(deployment: DeploymentState): Html {
  const { id, state, sha, ref, creator, createdAt, statuses } = deployment
  const last = statuses.at(-1)
  const path = statuses.map((status) => inWords(status.state)).join(' → ')
  return html`<li data-key="deployment-${id}"><div class="bar">${badge(toneOf(state), inWords(state))}
<code>${sha.slice(0, 7)}</code><span class="muted end">${timeOfDay(Date.parse(createdAt))}</span></div>
<p class="muted">${ref !== sha && html`${ref} · `}${creator} · ${path}</p>
${(last?.description ?? '') !== '' && html`<p>${last?.description}</p>`}
${/^https?:/.test(last?.environmentUrl ?? '') && html`<p><a href="${last?.environmentUrl}" target="_blank" rel="noopener noreferrer">${last?.environmentUrl}</a></p>`}</li>`
}
