package io.ezypass.internal.format.v1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a sealing is bound to. Encoded in a fixed order, each field as type (1 byte), length (2
 * bytes) and value, so that no two contexts have the same bytes.
 *
 * @param features the header's feature bits
 * @param tableId 16 bytes; the table's name is left out, since a backup restores under another one
 * @param owner the user's id; empty for what belongs to the table
 * @param kind what is sealed
 * @param rand the credential's 12 random bytes, or the 12 bytes of a batch's tag; empty for other
 *     kinds
 * @param state live or trash
 * @param version the item's version
 * @param generation the generation of the vault key
 * @param operationId the operation id; empty while it is being made
 * @param earlier the header's earlier operation ids
 */
public record SealContext(
    int features,
    byte[] tableId,
    String owner,
    Kind kind,
    byte[] rand,
    State state,
    long version,
    int generation,
    byte[] operationId,
    List<byte[]> earlier) {

  /** What is sealed. The number is stored: never change it. */
  public enum Kind {
    /** The rest of a user's keys. */
    KEYS(1),
    /** A user's profile. */
    PROFILE(2),
    /** A credential. */
    CREDENTIAL(3),
    /** A page token of a vault. */
    VAULT_PAGE(4),
    /** A page token of the list of users. */
    DIRECTORY_PAGE(5),
    /** A page token of the list of unfinished deletions. */
    DELETIONS_PAGE(6),
    /** A page token of a filtered vault. */
    FILTER_PAGE(7),
    /** The receipt of a batch's chunk. */
    BATCH_RECEIPT(9),
    /** A page token of a vault's trash. */
    TRASH_PAGE(10),
    /** A page token of the due list of one day, which stands in the version. */
    DUE_PAGE(11),
    /** A page token of the grants that a vault gives. */
    GIVEN_PAGE(12),
    /** A page token of what others share with a user. */
    RECEIVED_PAGE(13),
    /** An event of an audit trail, whose number stands in the version. */
    AUDIT(14),
    /** A page token of an audit trail. */
    AUDIT_PAGE(15);

    final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** Whether the item is live. The number is stored: never change it. */
  public enum State {
    /** In use. */
    LIVE(0),
    /** In the trash. */
    TRASH(1);

    final int number;

    State(int number) {
      this.number = number;
    }
  }

  private static final int NUMBER = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;

  /** A context of something with neither rand nor earlier operation ids. */
  public static SealContext of(
      byte[] tableId, String owner, Kind kind, long version, int generation) {
    return new SealContext(
        0,
        tableId,
        owner,
        kind,
        new byte[0],
        State.LIVE,
        version,
        generation,
        new byte[0],
        List.of());
  }

  /** The same context with the header's share of it. */
  public SealContext with(Header header) {
    return new SealContext(
        header.features(),
        tableId,
        owner,
        kind,
        rand,
        state,
        version,
        header.generation(),
        header.operationId(),
        header.earlier());
  }

  /** The same context with earlier operation ids. */
  public SealContext withEarlier(List<byte[]> ids) {
    return new SealContext(
        features, tableId, owner, kind, rand, state, version, generation, operationId, ids);
  }

  /** The same context with feature bits. */
  public SealContext withFeatures(int bits) {
    return new SealContext(
        bits, tableId, owner, kind, rand, state, version, generation, operationId, earlier);
  }

  /** The same context with an operation id. */
  public SealContext withOperationId(byte[] id) {
    return new SealContext(
        features, tableId, owner, kind, rand, state, version, generation, id, earlier);
  }

  /** The canonical bytes. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(192);
    number(out, Header.FORMAT);
    number(out, features);
    field(out, BYTES, tableId);
    field(out, TEXT, owner.getBytes(StandardCharsets.UTF_8));
    number(out, kind.number);
    field(out, BYTES, rand);
    number(out, state.number);
    number(out, version);
    number(out, generation);
    field(out, BYTES, operationId);
    number(out, earlier.size());
    earlier.forEach(id -> field(out, BYTES, id));
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long value) {
    field(out, NUMBER, ByteBuffer.allocate(8).putLong(value).array());
  }

  private static void field(ByteArrayOutputStream out, int type, byte[] value) {
    out.write(type);
    out.write(value.length >>> 8);
    out.write(value.length);
    out.writeBytes(value);
  }
}
