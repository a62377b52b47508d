import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import emojibase from 'emojibase-data/package.json' with { type: 'json' }
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { firstLoad } from './scripts/first-load.mjs'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const out = path('../courtyard/static')
const server = process.env.COURTYARD_URL ?? 'http://localhost:8000'

/** Compiles the catalogues at build time, so that no message parser is shipped to the browser. */
function catalogues(): Plugin {
  return {
    name: 'courtyard-catalogues',
    enforce: 'pre',
    transform(source, id) {
      if (!/\/src\/locales\/.+\.json$/.test(id)) return null
      const entries = Object.entries(JSON.parse(source) as Record<string, string>)
      return JSON.stringify(
        Object.fromEntries(entries.map(([key, text]) => [key, compileMessage(text)])),
      )
    },
  }
}

// With its version in the name it can be kept for ever.
const emoji = `assets/emoji-${emojibase.version}`

/** The names of the emoji, from our own house: the picker would ask a foreign one. */
function emojiData(): Plugin {
  const files = ['en/data.json', 'en/messages.json']
  const read = (file: string) => readFileSync(path(`node_modules/emojibase-data/${file}`))
  return {
    name: 'courtyard-emoji',
    configureServer(dev) {
      for (const file of files) {
        dev.middlewares.use(`/${emoji}/${file}`, (_request, response) => {
          response.setHeader('content-type', 'application/json')
          response.end(read(file))
        })
      }
    },
    generateBundle() {
      for (const file of files) {
        this.emitFile({ type: 'asset', fileName: `${emoji}/${file}`, source: read(file) })
      }
    },
  }
}

export default defineConfig({
  define: { EMOJI_DATA: JSON.stringify(`/${emoji}`) },
  plugins: [
    catalogues(),
    emojiData(),
    react(),
    tailwindcss(),
    VitePWA({
      strategies: 'injectManifest',
      registerType: 'prompt',
      injectRegister: false,
      manifest: false,
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectManifest: {
        globPatterns: [
          'index.html',
          'manifest.webmanifest',
          'icons/mark.svg',
          '**/*.{js,css}',
          'assets/{inter,newsreader}-latin-{wght,opsz}-normal-*.woff2',
        ],
        // The shell only: what is loaded on demand is kept when it was first used.
        manifestTransforms: [
          (entries) => {
            const first = firstLoad(out)
            const keep = ({ url }: { url: string }) => first.has(url) || !/\.(js|css)$/.test(url)
            return { manifest: entries.filter(keep), warnings: [] }
          },
        ],
      },
    }),
  ],
  resolve: {
    alias: {
      '@': path('./src'),
      // The page never scrolls, and the original writes inline styles our policy forbids.
      'react-remove-scroll': path('./src/ui/NoScrollLock.tsx'),
    },
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // What a first visit needs is one file: eighty small ones weigh a twelfth more.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: {
    proxy: { '/api': { target: server, ws: true }, '/admin': { target: server } },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./vitest.setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
