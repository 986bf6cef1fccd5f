package io.ezypass.internal.format.v1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the receipt of one chunk of a batch: which batch and which part of it, what it was
 * asked to do, what became of each item, and until when that is known.
 */
public final class BatchReceiptCodec {
  /** The most items that a batch may have. */
  public static final int MAX_ITEMS = 100_000;

  /** The most chunks that a batch may have; their numbers have six digits. */
  public static final int MAX_CHUNKS = 1_000_000;

  private static final int CHUNK = 1;
  private static final int OPERATION = 2;
  private static final int ITEMS = 3;
  private static final int CONTENT = 4;
  private static final int FIRST = 5;
  private static final int EXPIRES_AT = 6;
  private static final int RESULT = 7;
  private static final int HASH = 32;
  private static final int ID = 21;

  private BatchReceiptCodec() {}

  /** What a batch does. The number is stored: never change it. */
  public enum Operation {
    /** Adds credentials. */
    ADD(1),
    /** Deletes credentials. */
    DELETE(2);

    final int number;

    Operation(int number) {
      this.number = number;
    }

    /** As it is stored. */
    public int number() {
      return number;
    }
  }

  /** What became of an item. The number is stored: never change it. */
  public enum Code {
    /** It was written. */
    WRITTEN(1),
    /** What stood in the table was not what it asks for. */
    CONFLICT(2),
    /** It is larger than an item may be. */
    TOO_LARGE(3),
    /** Its expiry had passed. */
    EXPIRED(4),
    /** It was not there any more. */
    GONE(5),
    /** Its row does not open, or something that the library did not write was in its way. */
    TAMPERED(6),
    /** A newer version of the library wrote it. */
    UNSUPPORTED(7);

    final int number;

    Code(int number) {
      this.number = number;
    }

    /** Whether it can become of an item of that operation. */
    boolean isOf(Operation operation) {
      return switch (this) {
        case WRITTEN, CONFLICT -> true;
        case TOO_LARGE, EXPIRED -> operation == Operation.ADD;
        case GONE, TAMPERED, UNSUPPORTED -> operation == Operation.DELETE;
      };
    }
  }

  /**
   * What became of one item.
   *
   * @param id site tag and rand of the credential that was added, 21 bytes; else null
   */
  public record Result(Code code, byte @Nullable [] id) {
    /** Shows the code only. */
    @Override
    public String toString() {
      return "Result[" + code + "]";
    }
  }

  /**
   * What a receipt holds.
   *
   * @param chunk the number of the chunk, from 0
   * @param items how many items the whole batch has
   * @param content the keyed hash of the whole batch, 32 bytes
   * @param first the index of the chunk's first item
   * @param results one for each item of the chunk
   */
  public record Decoded(
      int chunk,
      Operation operation,
      int items,
      byte[] content,
      int first,
      Instant expiresAt,
      List<Result> results) {
    /** Shows which part it is of. */
    @Override
    public String toString() {
      return "Decoded[chunk=" + chunk + ", first=" + first + "]";
    }
  }

  /** The padded payload. */
  public static byte[] encode(Decoded receipt) {
    try (FieldWriter out = new FieldWriter()) {
      out.number(CHUNK, receipt.chunk());
      out.number(OPERATION, receipt.operation().number);
      out.number(ITEMS, receipt.items());
      out.field(CONTENT, receipt.content());
      out.number(FIRST, receipt.first());
      out.number(EXPIRES_AT, receipt.expiresAt().getEpochSecond());
      for (Result result : receipt.results()) {
        byte[] id = result.id();
        byte[] value = new byte[1 + (id == null ? 0 : ID)];
        value[0] = (byte) result.code().number;
        if (id != null) {
          System.arraycopy(id, 0, value, 1, ID);
        }
        out.field(RESULT, value);
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
    long chunk = -1;
    long items = -1;
    long first = -1;
    @Nullable Operation operation = null;
    byte @Nullable [] content = null;
    @Nullable Instant expiresAt = null;
    List<Result> results = new ArrayList<>();
    try (FieldReader in = new FieldReader(padded, RESULT)) {
      while (in.next()) {
        switch (in.number()) {
          case CHUNK -> chunk = in.longValue();
          case OPERATION -> operation = operation(in.longValue());
          case ITEMS -> items = in.longValue();
          case CONTENT -> content = in.value(HASH);
          case FIRST -> first = in.longValue();
          case EXPIRES_AT -> expiresAt = instant(in.longValue());
          case RESULT -> results.add(result(in.value(), operation));
          default -> {
            if (!lenient) {
              throw new MalformedException("unknown field");
            }
          }
        }
      }
    }
    if (operation == null || content == null || expiresAt == null || results.isEmpty()) {
      throw new MalformedException("missing field");
    }
    if (chunk < 0
        || chunk >= MAX_CHUNKS
        || items < 1
        || items > MAX_ITEMS
        || first < 0
        || first > items - results.size()) {
      throw new MalformedException("bounds");
    }
    return new Decoded(
        (int) chunk, operation, (int) items, content, (int) first, expiresAt, List.copyOf(results));
  }

  private static Instant instant(long seconds) throws MalformedException {
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new MalformedException("time");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static Operation operation(long number) throws MalformedException {
    for (Operation operation : Operation.values()) {
      if (operation.number == number) {
        return operation;
      }
    }
    throw new MalformedException("operation");
  }

  /** Whoever adds names what was added; nothing else names anything. */
  private static Result result(byte[] value, @Nullable Operation operation)
      throws MalformedException {
    for (Code code : Code.values()) {
      boolean named = code == Code.WRITTEN && operation == Operation.ADD;
      if (value.length == (named ? 1 + ID : 1)
          && value[0] == code.number
          && operation != null
          && code.isOf(operation)) {
        return new Result(code, named ? Arrays.copyOfRange(value, 1, value.length) : null);
      }
    }
    throw new MalformedException("result");
  }
}
