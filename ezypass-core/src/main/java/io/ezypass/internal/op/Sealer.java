package io.ezypass.internal.op;

import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts header, context and cipher together. */
final class Sealer {
  private Sealer() {}

  /** What a sealing gives to store. */
  record Sealed(Header header, byte[] meta, byte @Nullable [] secret) {
    /** Puts it into an item. */
    Item into(Item item) {
      item.bytes(Item.HEADER, header.encode()).bytes(Item.META, meta);
      if (secret != null) {
        item.bytes(Item.SECRET, secret);
      }
      return item;
    }

    @Override
    public String toString() {
      return "Sealed[redacted]";
    }
  }

  /**
   * Seals under a key and a context without operation id. The padded plaintexts are wiped.
   *
   * @param random 32 fresh bytes
   */
  static Sealed seal(
      Key key, SealContext context, byte[] random, byte[] meta, byte @Nullable [] secret) {
    byte[] operationId = Sealing.operationId(key, random, context.encode(), meta, secret);
    SealContext full = context.withOperationId(operationId);
    try (Sealing sealing = Sealing.forSealing(key, full.encode())) {
      Header header =
          new Header(
              context.features(),
              context.generation(),
              operationId,
              sealing.commitment(),
              context.earlier());
      return new Sealed(
          header, sealing.sealMeta(meta), secret == null ? null : sealing.sealSecret(secret));
    } finally {
      Arrays.fill(meta, (byte) 0);
      if (secret != null) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  /**
   * Seals once more what was opened, under another generation or with more features: the same
   * version, operation id and earlier ids, so that whoever does it gets the same bytes. The padded
   * plaintexts are wiped.
   *
   * @param key the vault key of the header's generation
   * @param context what the item is bound to, without the header's share of it
   * @param next the header to be, but for its commitment
   */
  static Sealed reseal(
      Key key, SealContext context, Header next, byte[] meta, byte @Nullable [] secret) {
    SealContext full = context.with(next);
    try (Sealing sealing = Sealing.forSealing(key, full.encode())) {
      return new Sealed(
          next.under(next.generation(), sealing.commitment()),
          sealing.sealMeta(meta),
          secret == null ? null : sealing.sealSecret(secret));
    } finally {
      Arrays.fill(meta, (byte) 0);
      if (secret != null) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  /** Derives the keys to open what has that header, after checking the commitment. */
  static Sealing opening(Key key, SealContext context, Header header) throws NotAuthenticException {
    return Sealing.forOpening(key, context.with(header).encode(), header.commitment());
  }
}
