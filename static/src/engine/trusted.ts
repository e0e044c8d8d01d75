interface Policy { createScriptURL(url: string): unknown }
let policy: Policy | undefined;

/** Under require-trusted-types-for a worker's address must come from a policy; ours lets same-origin addresses through. */
export function trusted(url: string): unknown {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): Policy } }).trustedTypes;
  if (!factory) return url;
  policy ??= factory.createPolicy('unisson-worker', {
    createScriptURL(address: string) {
      if (new URL(address, location.href).origin !== location.origin) throw new TypeError(`not ours: ${address}`);
      return address;
    },
  });
  return policy.createScriptURL(url);
}
