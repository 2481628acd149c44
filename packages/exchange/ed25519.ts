/** Ed25519 (RFC 8032): Node's own on the server, @noble/curves in the browser. Keys are 32 raw bytes, the secret one is the seed. */
export { publicKeyOf, sign, verify } from '#ed25519'
