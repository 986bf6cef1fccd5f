// Section 7: fields of a payload and the encodings of their values.
import { must } from './bytes.mjs';
import { utf8 } from './text.mjs';

const MAX_LENGTH = 524_288;

/** Reads a varint of at most 4 bytes in its shortest form. */
function varint(bytes, at) {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    must(at + i < bytes.length, 'a varint without its end');
    const byte = bytes[at + i];
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) {
      must(byte !== 0 || i === 0, 'a varint that is not the shortest');
      return { value, end: at + i + 1 };
    }
  }
  return must(false, 'a varint of more than 4 bytes');
}

/**
 * The fields by number, each with the list of its values.
 *
 * `known` maps a number to its decoder; `lists` are the numbers that may repeat. Unknown numbers are passed over, but
 * not unread, if `unknownMayBe`.
 */
export function fields(bytes, known, lists, unknownMayBe) {
  const found = new Map();
  let last = 0;
  for (let at = 0; at < bytes.length; ) {
    const number = bytes[at];
    const length = varint(bytes, at + 1);
    const end = length.end + length.value;
    must(length.value <= MAX_LENGTH && end <= bytes.length, `the length of field ${number}`);
    must(number > 0, 'field 0');
    const decode = known[number];
    must(decode !== undefined || unknownMayBe, `unknown field ${number}`);
    const repeats = decode ? lists.includes(number) : number > 63;
    must(number > last || (number === last && repeats), `field ${number} behind ${last}`);
    if (decode) {
      found.set(number, [...(found.get(number) ?? []), decode(bytes.subarray(length.end, end))]);
    }
    last = number;
    at = end;
  }
  return { one: (number) => found.get(number)?.[0], list: (number) => found.get(number) };
}

export function number(bytes) {
  must(bytes.length >= 1 && bytes.length <= 8, `a number of ${bytes.length} bytes`);
  must(bytes[0] !== 0 || bytes.length === 1, 'a leading zero byte');
  // Fewer than 8 bytes are never negative.
  return bytes.length === 8 ? bytes.readBigInt64BE() : BigInt(`0x${bytes.toString('hex')}`);
}

export function text(bytes) {
  must(bytes.length > 0, 'empty text');
  return utf8(bytes);
}

export function pair(bytes) {
  const length = varint(bytes, 0);
  const end = length.end + length.value;
  must(length.value > 0 && end <= bytes.length, 'the length of a name');
  return [utf8(bytes.subarray(length.end, end)), utf8(bytes.subarray(end))];
}

export const exactly = (size) => (bytes) => {
  must(bytes.length === size, `${bytes.length} bytes where ${size} belong`);
  return bytes;
};

export function mark(bytes) {
  must(bytes.length === 0, 'a mark with a value');
  return true;
}
