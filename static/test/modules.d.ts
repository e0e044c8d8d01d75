declare module 'ws' { const socket: typeof WebSocket; export default socket; }
declare module '*/build/module.mjs' { export function moduleBuild(root: string, scratch: string, go: (args: string[]) => string, fail: (message: string) => never): Promise<{ flags: string[]; env: Record<string, string> }> }
