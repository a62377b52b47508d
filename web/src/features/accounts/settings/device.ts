const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** The browser and the system a user agent string speaks of; null where it says nothing known. */
export function describeDevice(agent: string): {
  browser: string | null
  system: string | null
  handheld: boolean
} {
  const find = (table: [RegExp, string][]) => table.find(([sign]) => sign.test(agent))?.[1] ?? null
  return {
    browser: find(browsers),
    system: find(systems),
    handheld: /iPhone|iPad|Android|Mobile/.test(agent),
  }
}
