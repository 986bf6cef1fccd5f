package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.BatchReceiptCodec;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The receipt of one chunk of a batch: written in the transaction that writes the chunk, on the
 * condition that there is none, so that each chunk is written once, whoever runs the batch and
 * however often. It is bound to the batch's tag and to the number of its chunk.
 */
record BatchReceipt(Header header, BatchReceiptCodec.Decoded content) {
  /** The length of a batch's tag. */
  static final int TAG = 12;

  private static final int TAG_CHARS = 16;
  private static final int CHUNK_DIGITS = 6;
  private static final Pattern SORT_KEY =
      Pattern.compile(ItemKey.BATCH_PREFIX + "[A-Za-z0-9_-]{16}#[0-9]{6}");

  /** A batch's tag as sort keys have it. */
  static String text(byte[] tag) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  /** Whether a sort key has the form of a receipt's. */
  static boolean hasForm(String sortKey) {
    return SORT_KEY.matcher(sortKey).matches();
  }

  /** The number of the chunk, by a sort key of that form. */
  static int chunk(ItemKey key) {
    return Integer.parseInt(key.sk().substring(key.sk().length() - CHUNK_DIGITS));
  }

  /** Seals a receipt. */
  static Item seal(Environment env, UserKeys keys, String tag, BatchReceiptCodec.Decoded content) {
    ItemKey key = ItemKey.batchReceipt(keys.user(), tag, content.chunk());
    return Sealer.seal(
            keys.vaultKey(keys.active()),
            context(keys, key.sk(), 1, keys.active()),
            env.randomBytes(32),
            BatchReceiptCodec.encode(content),
            null)
        .into(Item.at(key).number(Item.VERSION, 1))
        .number(Item.TTL, content.expiresAt().getEpochSecond());
  }

  /** Opens a receipt. The generation must be among the keys. */
  static BatchReceipt open(UserKeys keys, Item item) {
    String sortKey = item.key().sk();
    byte[] meta = item.bytes(Item.META);
    OptionalLong version = item.number(Item.VERSION);
    Header header = CredentialRow.header(keys.user(), item);
    if (!hasForm(sortKey) || meta == null || version.isEmpty()) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    SealContext context =
        context(keys, sortKey, version.getAsLong(), header.generation())
            .withEarlier(header.earlier());
    try (Sealing sealing = Sealer.opening(keys.vaultKey(header.generation()), context, header)) {
      BatchReceiptCodec.Decoded content =
          BatchReceiptCodec.decode(sealing.openMeta(meta), header.hasUnknownFeatures());
      if (content.chunk() != chunk(item.key())) {
        throw new NotAuthenticException();
      }
      return new BatchReceipt(header, content);
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
  }

  /** What a receipt is bound to, by its sort key. */
  static SealContext context(UserKeys keys, String sortKey, long version, int generation) {
    int from = ItemKey.BATCH_PREFIX.length();
    return new SealContext(
        0,
        keys.tableId(),
        keys.user().value(),
        SealContext.Kind.BATCH_RECEIPT,
        Base64.getUrlDecoder().decode(sortKey.substring(from, from + TAG_CHARS)),
        SealContext.State.LIVE,
        version,
        generation,
        new byte[0],
        List.of());
  }

  /** Whether it counts no more; DynamoDB deletes it late. */
  boolean isExpired(Instant now) {
    return !content.expiresAt().isAfter(now);
  }

  /** Shows which part it is of. */
  @Override
  public String toString() {
    return "BatchReceipt[" + content + "]";
  }
}
