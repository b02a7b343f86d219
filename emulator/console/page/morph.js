/**
 * Makes the children of `to` those of `from`, and keeps every element that is still meant: it is
 * found again by its key, or by its place. So nothing that a reader has opened closes under him.
 */
export function morph(to, from) {
  const kept = new Map()
  for (const child of to.children) if (child.dataset?.key) kept.set(child.dataset.key, child)
  let at = to.firstChild
  for (const wanted of [...from.childNodes]) {
    const known = wanted.dataset?.key ? kept.get(wanted.dataset.key) : undefined
    if (known && isSame(known, wanted)) {
      if (known !== at) to.insertBefore(known, at)
      change(known, wanted)
      at = known.nextSibling
    } else if (at && !at.dataset?.key && !wanted.dataset?.key && isSame(at, wanted)) {
      change(at, wanted)
      at = at.nextSibling
    } else to.insertBefore(wanted, at)
  }
  while (at) {
    const next = at.nextSibling
    at.remove()
    at = next
  }
}

function isSame(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName
}

function change(known, wanted) {
  if (known.nodeType !== Node.ELEMENT_NODE) {
    if (known.nodeValue !== wanted.nodeValue) known.nodeValue = wanted.nodeValue
    return
  }
  // Open or closed is the reader's own choice once the element is there.
  for (const { name } of [...known.attributes])
    if (!wanted.hasAttribute(name) && name !== 'open') known.removeAttribute(name)
  for (const { name, value } of wanted.attributes)
    if (name !== 'open' && known.getAttribute(name) !== value) known.setAttribute(name, value)
  // The page itself writes what is inside of these.
  if (known.hasAttribute('data-island') || known.localName === 'time') return
  morph(known, wanted)
}
