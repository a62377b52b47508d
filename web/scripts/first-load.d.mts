export function firstLoad(root: string): Set<string>
