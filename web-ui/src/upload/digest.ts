/**
 * `Content-Digest` of some bytes (RFC 9530 §2), or undefined where the browser offers no digests:
 * `crypto.subtle` exists only in secure contexts, and a LAN address over plain http is none.
 */
export async function contentDigest(bytes: Blob): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
  return `sha-256=:${btoa(String.fromCharCode(...hash))}:`;
}
