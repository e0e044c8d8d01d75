/** Whether an earlier visit left a database of this name: opening one would make it. undefined: the browser cannot say, or keeps nothing here. */
export async function kept(name: string): Promise<boolean | undefined> {
  try {
    void localStorage.length; // denied with it: asked where it may not be, Chromium's databases() throws, and leaves a rejection besides that nobody can catch
    return (await indexedDB.databases()).some((d) => d.name === name);
  } catch {
    return undefined;
  }
}
