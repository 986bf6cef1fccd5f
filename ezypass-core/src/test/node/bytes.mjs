// Conventions of docs/wire-format.md: bytes, numbers, base64url, HMAC, Expand; and how a reader refuses.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A refusal by its name in section 11. Any other error that a reader throws is a fault of the reader. */
export class Refused extends Error {
  constructor(code, why) {
    super(`${code}: ${why}`);
    this.code = code;
    this.why = why;
  }
}

/** Ends the reading unless `condition` holds. */
export function must(condition, why, code = 'tampered') {
  if (!condition) {
    throw new Refused(code, why);
  }
}

/** What `read` gives, with every refusal of it under another name. */
export function refusingAs(code, read) {
  try {
    return read();
  } catch (e) {
    throw e instanceof Refused ? new Refused(code, e.why) : e;
  }
}

export const hex = (text) => {
  const bytes = Buffer.from(text, 'hex');
  if (bytes.length * 2 !== text.length) {
    throw new Error(`not hexadecimal: ${text}`);
  }
  return bytes;
};

export const u16 = (n) => {
  const b = Buffer.alloc(2);
  b.writeUInt16BE(n);
  return b;
};

export const u32 = (n) => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n);
  return b;
};

export const i64 = (n) => {
  const b = Buffer.alloc(8);
  b.writeBigInt64BE(n);
  return b;
};

export const isBase64url = (text) => /^[A-Za-z0-9_-]*$/.test(text);

/** The bytes of a text in base64url, or undefined if it is not the one spelling of its bytes. */
export function fromBase64url(text) {
  // Buffer takes padding, the other alphabet, set slack bits and line ends: only the way back tells.
  const bytes = Buffer.from(text, 'base64url');
  return isBase64url(text) && bytes.toString('base64url') === text ? bytes : undefined;
}

export const hmac = (key, ...parts) => {
  const mac = createHmac('sha256', key);
  parts.forEach((part) => mac.update(part));
  return mac.digest();
};

/** HKDF-Expand with SHA-256. Not crypto.hkdf, which also extracts. */
export function expand(key, info, length) {
  const blocks = [];
  let block = Buffer.alloc(0);
  for (let i = 1; blocks.length * 32 < length; i++) {
    block = hmac(key, block, info, Buffer.of(i));
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** A key of 32 bytes by its label. */
export const derived = (key, label) => expand(key, Buffer.from(label, 'ascii'), 32);

/** Equal bytes, compared in constant time; what is not there is not equal. */
export const same = (a, b) =>
  a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b);
