export function stemmerFlag(root: string, scratch: string, go: (args: string[]) => string, fail: (message: string) => never): Promise<string>;
