import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import go from 'highlight.js/lib/languages/go'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import markdown from 'highlight.js/lib/languages/markdown'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'
import { memo, type ReactNode } from 'react'

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
})

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

/** Few colours: what a word does in its language, not which of forty kinds it is. */
const COLOURS: Record<string, string> = {
  keyword: 'text-clay',
  'selector-tag': 'text-clay',
  name: 'text-clay',
  built_in: 'text-clay',
  deletion: 'text-rose',
  string: 'text-sage',
  regexp: 'text-sage',
  addition: 'text-sage',
  number: 'text-sand',
  literal: 'text-sand',
  symbol: 'text-sand',
  attr: 'text-sand',
  attribute: 'text-sand',
  title: 'text-ink-1',
  type: 'text-ink-1',
  section: 'text-ink-1',
  comment: 'text-ink-3 italic',
  meta: 'text-ink-3',
}

/** Code with its words in colour. `tongue` is a name or another name of a language above. */
export const ColouredCode = memo(function ColouredCode(props: { code: string; tongue: string }) {
  return draw(lowlight.highlight(props.tongue, props.code).children)
})

function draw(nodes: readonly Node[]): ReactNode {
  return nodes.map((node, index) => {
    if (node.type === 'text') return node.value
    if (node.type !== 'element') return null
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text has its words in their order
      <span key={index} className={colourOf(node.properties.className)}>
        {draw(node.children)}
      </span>
    )
  })
}

function colourOf(names: unknown): string | undefined {
  const first: unknown = Array.isArray(names) ? names[0] : undefined
  return typeof first === 'string' ? COLOURS[first.replace(/^hljs-/, '')] : undefined
}
