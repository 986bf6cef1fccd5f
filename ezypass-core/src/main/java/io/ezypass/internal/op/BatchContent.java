package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.RowBytes;
import io.ezypass.model.CredentialVersion;
import java.nio.ByteBuffer;
import java.util.List;

/** The keyed hash of what a batch asks for, in order: by it a batch id is for one content only. */
final class BatchContent {
  private BatchContent() {}

  /** Of a whole batch, by the hashes of its items. */
  static byte[] of(UserKeys keys, Operation operation, List<byte[]> items) {
    RowBytes all = new RowBytes("batch").number(operation.number()).number(items.size());
    items.forEach(all::bytes);
    return keys.batchContent(all.encode());
  }

  /**
   * Of one addition. The padded plaintexts are the caller's to wipe.
   *
   * @param meta what the user wrote of the meta part
   * @param secret the secret part
   */
  static byte[] addition(UserKeys keys, byte[] meta, byte[] secret) {
    // What RowBytes would make of it, without a copy that nobody wipes.
    return keys.batchContent(
        new RowBytes("add").encode(), length(meta), meta, length(secret), secret);
  }

  /** Of one deletion. */
  static byte[] deletion(UserKeys keys, CredentialVersion item) {
    return keys.batchContent(
        new RowBytes("delete").text(item.id().value()).number(item.version()).encode());
  }

  private static byte[] length(byte[] part) {
    return ByteBuffer.allocate(4).putInt(part.length).array();
  }
}
