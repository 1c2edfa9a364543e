/** Looks at keys that no script of ours looks into. */

export const about = ({ extractable, algorithm, usages }) => [extractable, algorithm.name, ...usages];

export async function sign(key, bytes) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

export const raw = (key) => crypto.subtle.exportKey("raw", key);

export const hmacKey = (bytes) =>
  crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

let count = 0;

/** Counts from now on how often a key is derived, which takes long. */
export function countDerivations() {
  count = 0;
  delete crypto.subtle.deriveKey;
  const { deriveKey } = crypto.subtle;
  crypto.subtle.deriveKey = (...all) => {
    count += 1;
    return deriveKey.apply(crypto.subtle, all);
  };
}

export const derivations = () => count;
