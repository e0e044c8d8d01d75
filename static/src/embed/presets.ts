import table from '../ui/assess/channels.json';

/** Which channels the short diagnosis offers first, by kind of organisation (the self-assessment's); the rest are one press away. */
export const presets: Record<string, readonly string[]> = table;
