// Bytes on a line of text, as base64.

/** Bytes as text. */
export function toText(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Text as bytes. */
export function toBytes(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
