declare module 'ws' { const socket: typeof WebSocket; export default socket; }
declare module '*/build/module.mjs' { export function moduleFlags(root: string, scratch: string, go: (args: string[]) => string, fail: (message: string) => never): Promise<string[]> }
