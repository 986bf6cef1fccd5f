package io.ezypass.internal.format.v1;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the sealed rest of a KEYS item: index key, page-token key, and for each generation
 * of the vault key its activation time and, unless it is the active one, the key itself.
 */
public final class KeysCodec {
  private static final int INDEX_KEY = 1;
  private static final int PAGE_TOKEN_KEY = 2;
  private static final int GENERATION = 3;
  private static final int KEY = 32;
  private static final int FIXED = 2 + 8;

  private KeysCodec() {}

  /**
   * One generation of the vault key.
   *
   * @param number 1 and up
   * @param activatedAt since when writes use it
   * @param key the key; null for the active generation, under which this payload is sealed
   */
  public record Generation(int number, Instant activatedAt, byte @Nullable [] key) {
    /** Shows the number only. */
    @Override
    public String toString() {
      return "Generation[" + number + "]";
    }
  }

  /** What the sealed rest holds. */
  public record Decoded(byte[] indexKey, byte[] pageTokenKey, List<Generation> generations) {
    /** Whether this generation is the active one here, and all others have keys. */
    public boolean names(int active) {
      return generations.stream().filter(each -> each.number() == active).count() == 1
          && generations.stream()
              .allMatch(each -> (each.number() == active) == (each.key() == null));
    }

    /** Overwrites the keys. */
    public void wipe() {
      Arrays.fill(indexKey, (byte) 0);
      Arrays.fill(pageTokenKey, (byte) 0);
      for (Generation generation : generations) {
        byte[] key = generation.key();
        if (key != null) {
          Arrays.fill(key, (byte) 0);
        }
      }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
      return "Decoded[redacted]";
    }
  }

  /** The padded payload. */
  public static byte[] encode(Decoded keys) {
    try (FieldWriter out = new FieldWriter()) {
      out.field(INDEX_KEY, keys.indexKey());
      out.field(PAGE_TOKEN_KEY, keys.pageTokenKey());
      for (Generation generation : keys.generations()) {
        byte[] key = generation.key();
        ByteBuffer value = ByteBuffer.allocate(FIXED + (key == null ? 0 : KEY));
        value.putShort((short) generation.number());
        value.putLong(generation.activatedAt().toEpochMilli());
        if (key != null) {
          value.put(key);
        }
        out.field(GENERATION, value.array());
        Arrays.fill(value.array(), (byte) 0);
      }
      return out.padded();
    }
  }

  /**
   * Reads a padded payload, which is wiped.
   *
   * @param lenient whether unknown fields are passed over
   */
  public static Decoded decode(byte[] padded, boolean lenient) throws MalformedException {
    byte @Nullable [] indexKey = null;
    byte @Nullable [] pageTokenKey = null;
    List<Generation> generations = new ArrayList<>();
    try (FieldReader in = new FieldReader(padded, GENERATION)) {
      while (in.next()) {
        switch (in.number()) {
          case INDEX_KEY -> indexKey = in.value(KEY);
          case PAGE_TOKEN_KEY -> pageTokenKey = in.value(KEY);
          case GENERATION -> generations.add(generation(in.value()));
          default -> {
            if (!lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
    }
    if (indexKey == null || pageTokenKey == null || generations.isEmpty()) {
      throw new MalformedException("missing field");
    }
    return new Decoded(indexKey, pageTokenKey, List.copyOf(generations));
  }

  private static Generation generation(byte[] value) throws MalformedException {
    if (value.length != FIXED && value.length != FIXED + KEY) {
      throw new MalformedException("generation");
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    int number = in.getShort() & 0xffff;
    Instant activatedAt = Instant.ofEpochMilli(in.getLong());
    byte @Nullable [] key =
        value.length == FIXED ? null : Arrays.copyOfRange(value, FIXED, value.length);
    Arrays.fill(value, (byte) 0);
    return new Generation(number, activatedAt, key);
  }
}
