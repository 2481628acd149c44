/** SHA-256 (FIPS 180-4): Node's own on the server, @noble/hashes in the browser (Web Crypto is missing on plain-http pages). */
export { sha256 } from '#sha256'
