import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/ui/Tooltip'
import { CodeBlock } from './CodeBlock'
import { ColouredCode } from './ColouredCode'
import { LANGUAGES } from './languages'

const draw = (code: string, info: string) =>
  render(
    <TooltipProvider>
      <CodeBlock code={code} info={info} />
    </TooltipProvider>,
  ).container

describe('code', () => {
  it.each(Object.keys(LANGUAGES))('knows the words of %s', (tongue) => {
    // mutant: the language not given to createLowlight in ColouredCode
    render(<ColouredCode code={'"x" 1 // y'} tongue={tongue} />)
  })

  it('gets its colours, and keeps its words', async () => {
    const code = 'def greet(name):\n    return f"hello {name}"  # politely\n'
    const page = draw(code, 'py')
    expect(page.querySelector('code')).toHaveTextContent('def greet(name)')
    // mutant: `tongue &&` in CodeBlock always false
    expect(await screen.findByText('def')).toHaveClass('text-clay')
    expect(screen.getByText('# politely')).toHaveClass('text-ink-3')
    expect(page.querySelector('code')?.textContent).toBe(code.trimEnd())
  })

  it.each(['constructor', '__proto__', 'toString', 'x'.repeat(300), ''])(
    'takes %s for no language',
    (info) => {
      // mutant: LANGUAGES[name] in tongueOf without hasOwn
      expect(draw('a < b', info).querySelector('code')?.innerHTML).toBe('a &lt; b')
    },
  )

  it('is text, whatever it says', async () => {
    const page = draw('<img src=x onerror=alert(1)>', 'html')
    await screen.findByText('img')
    expect(page.querySelector('img')).toBeNull()
  })

  it('of great length stays plain', () => {
    // mutant: COLOURED = 1e9
    const page = draw(`const a = "${'x'.repeat(20_000)}"`, 'js')
    expect(page.querySelector('code span')).toBeNull()
  })
})
