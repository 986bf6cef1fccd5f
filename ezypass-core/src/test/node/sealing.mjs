// Section 6: sealing, read backwards; tags of websites and claims are in rows.mjs.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { derived, expand, hmac, must, same, u32 } from './bytes.mjs';
import { contextOf } from './header.mjs';

const SEAL = Buffer.from('ezypass/1/seal', 'ascii');
const ZERO_NONCE = Buffer.alloc(12);
const TAG = 16;
const PART = { meta: Buffer.of(0x6d), secret: Buffer.of(0x73) };

export function sealingKeys(key, context) {
  const bytes = expand(key, Buffer.concat([SEAL, context]), 96);
  return {
    meta: bytes.subarray(0, 32),
    secret: bytes.subarray(32, 64),
    commitment: bytes.subarray(64),
  };
}

/** An opener of the parts that belong to one header, once the commitment stands for its context. */
export function opener(key, found, header) {
  const context = contextOf(found, header);
  const keys = sealingKeys(key, context);
  must(same(keys.commitment, header.commitment), 'the commitment');
  return (part, sealed) => unpadded(decrypted(keys[part], context, part, sealed));
}

function decrypted(key, context, part, sealed) {
  must(sealed.length >= TAG, 'shorter than a tag');
  const gcm = createDecipheriv('aes-256-gcm', key, ZERO_NONCE, { authTagLength: TAG });
  gcm.setAAD(Buffer.concat([context, PART[part]]));
  gcm.setAuthTag(sealed.subarray(-TAG));
  const plain = gcm.update(sealed.subarray(0, -TAG));
  try {
    gcm.final();
  } catch {
    must(false, `the tag of the ${part} part`);
  }
  return plain;
}

/** ISO/IEC 7816-4 in blocks of 32: the mark is in the last block, and only zeros stand behind it. */
function unpadded(padded) {
  must(padded.length > 0 && padded.length % 32 === 0, `${padded.length} padded bytes`);
  let end = padded.length - 1;
  while (end > padded.length - 32 && padded[end] === 0) {
    end--;
  }
  must(padded[end] === 0x80, 'the padding');
  return padded.subarray(0, end);
}

/** The writer's steps, from the same random bytes: vectors with `sealing` say what each gives. */
export function operationIdOf(key, random, context, meta, secret) {
  const part = (bytes) => (bytes === undefined ? [u32(0xffffffff)] : [u32(bytes.length), bytes]);
  const input = [random, ...part(context), ...part(meta), ...part(secret)];
  return hmac(derived(key, 'ezypass/1/operation-id'), ...input).subarray(0, 16);
}

export function sealed(key, context, part, padded) {
  const gcm = createCipheriv('aes-256-gcm', key, ZERO_NONCE, { authTagLength: TAG });
  gcm.setAAD(Buffer.concat([context, PART[part]]));
  return Buffer.concat([gcm.update(padded), gcm.final(), gcm.getAuthTag()]);
}
