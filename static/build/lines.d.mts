export function withoutLines(module: Buffer): Buffer | undefined;
