/** Which channels the short diagnosis offers first, by kind of organisation; the rest are one press away. */
export const presets: Record<string, readonly string[]> = {
  '': ['site', 'newsletter', 'instagram', 'linkedin', 'facebook', 'store'],
  pme: ['site', 'linkedin', 'instagram', 'newsletter', 'phone', 'event'],
  commerce: ['store', 'instagram', 'facebook', 'site', 'newsletter', 'outdoor'],
  association: ['site', 'facebook', 'newsletter', 'event', 'press', 'instagram'],
  collectivite: ['site', 'facebook', 'print', 'press', 'event', 'outdoor'],
  culture: ['site', 'instagram', 'newsletter', 'press', 'event', 'print'],
  b2b: ['site', 'linkedin', 'newsletter', 'event', 'youtube', 'press'],
};
