// Section 4: the header, attribute h. Section 5: the context.
import { i64, must, u16 } from './bytes.mjs';

export const KIND = {
  keys: 1n,
  profile: 2n,
  credential: 3n,
  vaultPage: 4n,
  usersPage: 5n,
  deletionsPage: 6n,
  filterPage: 7n,
  batchReceipt: 9n,
  trashPage: 10n,
  duePage: 11n,
  givenPage: 12n,
  receivedPage: 13n,
  auditEvent: 14n,
};

/** Fields of the context: 0 live, 1 in the trash. */
export const TRASH = 1;

export const FEATURE = { revisions: 0x01, due: 0x02, shares: 0x04, customFieldKinds: 0x08 };
const KNOWN = Object.values(FEATURE).reduce((bits, bit) => bits | bit, 0);

/** Whether a later version wrote it, with fields that this one does not know. */
export const hasUnknownFeatures = (header) => (header.featureBits & ~KNOWN) !== 0;

export function readHeader(bytes) {
  must(bytes.length > 0, 'an empty header');
  must(bytes[0] === 1, `format ${bytes[0]}`, 'unsupported');
  must([52, 60, 68, 76, 84].includes(bytes.length), `a header of ${bytes.length} bytes`);
  const earlier = [];
  for (let at = 52; at < bytes.length; at += 8) {
    earlier.push(bytes.subarray(at, at + 8));
  }
  return {
    featureBits: bytes[1],
    generation: bytes.readUInt16BE(2),
    operationId: bytes.subarray(4, 20),
    commitment: bytes.subarray(20, 52),
    earlier,
  };
}

const field = (type, value) => Buffer.concat([Buffer.of(type), u16(value.length), value]);
const number = (n) => field(1, i64(BigInt(n)));
const bytes = (value) => field(2, value);
const text = (value) => field(3, Buffer.from(value, 'utf8'));
const NONE = Buffer.alloc(0);

/** `found`: table, owner, kind, rand, state, version, from where the item was found. */
export function contextOf(found, header, operationId = header.operationId) {
  return Buffer.concat([
    number(1),
    number(header.featureBits),
    bytes(found.table),
    text(found.owner),
    number(found.kind),
    bytes(found.rand ?? NONE),
    number(found.state ?? 0),
    number(found.version),
    number(header.generation),
    bytes(operationId),
    number(header.earlier.length),
    ...header.earlier.map(bytes),
  ]);
}
