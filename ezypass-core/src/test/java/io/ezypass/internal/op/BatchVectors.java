package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.BatchReceiptCodec;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Receipts of batches. */
final class BatchVectors {
  private static final Instant NOW = CredentialVectors.CREATED;
  private static final byte[] TAG = VectorJson.bytes("batch tag", 12);
  private static final byte[] CONTENT = VectorJson.bytes("batch content", 32);
  private static final byte[] ID = VectorJson.bytes("credential id", 21);
  private static final Result WRITTEN = new Result(Code.WRITTEN, ID);

  /**
   * Fields 1 to 6 of an addition of three items, in its only chunk; its expiry is 1,700,000,001.
   */
  private static final String[] BOUNDS = {
    field(1, "00"),
    field(2, "01"),
    field(3, "03"),
    field(4, VectorJson.hex(CONTENT)),
    field(5, "00"),
    field(6, "6553f101")
  };

  private final VectorFile file;
  private final VectorVault one;

  BatchVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
  }

  void add() {
    opens("addition", "one credential was added", 0, Operation.ADD, 1, 0, WRITTEN);
    opens(
        "addition-codes",
        "what can become of an addition",
        7,
        Operation.ADD,
        100_000,
        693,
        WRITTEN,
        result(Code.CONFLICT),
        result(Code.TOO_LARGE),
        result(Code.EXPIRED));
    opens(
        "deletion-codes",
        "what can become of a deletion",
        0,
        Operation.DELETE,
        5,
        0,
        result(Code.WRITTEN),
        result(Code.CONFLICT),
        result(Code.GONE),
        result(Code.TAMPERED),
        result(Code.UNSUPPORTED));
    opens("last-chunk", "the last number", 999_999, Operation.ADD, 100_000, 99_999, WRITTEN);
    opens(
        "chunk-99",
        "as many as one transaction takes",
        1,
        Operation.ADD,
        250,
        99,
        Collections.nCopies(99, WRITTEN).toArray(Result[]::new));
    file.opens(
        "feature-bit",
        "with an unknown feature bit unknown fields are passed over",
        given(raw(context(0x80, 0), fields(result("02"), field(8, "00")))),
        expected(0, Operation.ADD, 3, 0, List.of(result(Code.CONFLICT))));
    ObjectNode base = raw(context(0, 2, SealContext.Kind.BATCH_RECEIPT, 3), fields(result("02")));
    file.opens(
        "earlier-2",
        "a reader takes earlier operation ids",
        given(base),
        expected(0, Operation.ADD, 3, 0, List.of(result(Code.CONFLICT))));
    new TamperedVectors(file, base, this::given).add();
    places(base);
    payloads();
  }

  private void places(ObjectNode base) {
    file.refused(
        "not-there", "no receipt", given(base).set("items", VectorJson.array()), "not-found");
    for (int seconds : new int[] {1, 2}) {
      file.refused(
          "expired-" + seconds,
          "its expiry has passed, or is now",
          given(base).put("now", NOW.plusSeconds(seconds).toEpochMilli()),
          "not-found");
    }
    ItemKey second = ItemKey.batchReceipt(one.user(), BatchReceipt.text(TAG), 1);
    file.refused(
        "other-chunk",
        "the receipt of another chunk",
        given(VectorWriter.with(base, "sk", "S", second.sk())).put("chunk", 1),
        "tampered");
    byte[] otherTag = VectorJson.bytes("other tag", 12);
    file.refused(
        "other-batch",
        "the receipt of another batch",
        given(VectorWriter.with(base, "sk", "S", key(one.user(), otherTag).sk()))
            .put("tag", BatchReceipt.text(otherTag)),
        "tampered");
    file.refused(
        "other-user",
        "the receipt of another user",
        given(VectorWriter.with(base, "pk", "S", "U#user-9")).put("vault", "one-for-another-user"),
        "tampered");
    file.refused(
        "other-table",
        "the receipt of another table",
        given(base).put("vault", "one-in-another-table"),
        "tampered");
    file.refused(
        "other-vault-key",
        "another vault key",
        given(base).put("vault", "one-with-another-vault-key"),
        "tampered");
    for (SealContext.Kind kind : SealContext.Kind.values()) {
      if (kind != SealContext.Kind.BATCH_RECEIPT) {
        file.refused(
            "context-kind-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "sealed as another kind",
            given(raw(context(0, 0, kind, 1), fields(result("02")))),
            "tampered");
      }
    }
  }

  private void payloads() {
    for (int missing = 1; missing <= BOUNDS.length; missing++) {
      String[] fields = fields(result("02"));
      fields[missing - 1] = "";
      refused("without-" + missing, "field " + missing + " is not there", fields);
      String[] twice = fields(result("02"));
      twice[missing - 1] += twice[missing - 1];
      refused("twice-" + missing, "field " + missing + " twice", twice);
    }
    refused("without-results", "no result", BOUNDS);
    refused(
        "unknown-field",
        "an unknown field without a feature bit",
        fields(result("02"), field(8, "00")));
    changed("chunk-other", "another chunk than the sort key's", 1, "01");
    changed("chunk-negative", "a negative chunk", 1, "ffffffffffffffff");
    changed("chunk-million", "a chunk beyond the last number", 1, "0f4240");
    changed("operation-0", "no operation", 2, "00");
    changed("operation-3", "an unknown operation", 2, "03");
    changed("items-0", "a batch without items", 3, "00");
    changed("items-100001", "a batch with too many items", 3, "0186a1");
    changed("content-31", "a content hash that is too short", 4, "00".repeat(31));
    changed("first-3", "an item behind the batch", 5, "03");
    changed("first-negative", "a negative index", 5, "ffffffffffffffff");
    changed("expiry-negative", "a negative expiry", 6, "ffffffffffffffff");
    refused(
        "four-results",
        "more results than items",
        fields(result("02"), result("02"), result("02"), result("02")));
    for (String value : List.of("", "00", "08", "01", "0200", "02" + VectorJson.hex(ID))) {
      refused(
          "result-" + (value.length() > 4 ? "02-with-id" : value),
          "no result",
          fields(result(value)));
    }
    refused("result-id-20", "an id that is too short", fields(result("01" + "00".repeat(20))));
    for (String code : List.of("05", "06", "07")) {
      refused("addition-" + code, "a result of deletions", fields(result(code)));
    }
    for (String value : List.of("03", "04", "01" + VectorJson.hex(ID))) {
      String[] fields = fields(result(value));
      fields[1] = field(2, "02");
      refused("deletion-" + value.substring(0, 2), "a result of additions", fields);
    }
  }

  private void changed(String id, String description, int number, String value) {
    String[] fields = fields(result("02"));
    fields[number - 1] = field(number, value);
    refused(id, description, fields);
  }

  private void refused(String id, String description, String... fields) {
    file.refused("payload-" + id, description, given(raw(context(0, 0), fields)), "tampered");
  }

  private static String[] fields(String... more) {
    String[] all = Arrays.copyOf(BOUNDS, BOUNDS.length + more.length);
    System.arraycopy(more, 0, all, BOUNDS.length, more.length);
    return all;
  }

  private static String result(String value) {
    return field(7, value);
  }

  private static Result result(Code code) {
    return new Result(code, null);
  }

  private void opens(
      String id,
      String description,
      int chunk,
      Operation operation,
      int items,
      int first,
      Result... results) {
    byte[] random = VectorJson.bytes("random " + id, 32);
    BatchReceiptCodec.Decoded content =
        new BatchReceiptCodec.Decoded(
            chunk, operation, items, CONTENT, first, NOW.plusSeconds(1), List.of(results));
    VectorWriter.sealSomethingElse();
    Item item =
        BatchReceipt.seal(
            VectorReader.environment(NOW, new VectorWriter.Prepared().then(random)),
            one.userKeys(),
            BatchReceipt.text(TAG),
            content);
    file.opens(
            id,
            description,
            given(VectorJson.item(item)).put("chunk", chunk),
            expected(chunk, operation, items, first, List.of(results)))
        .set(
            "sealing",
            VectorWriter.steps(
                one.key(1),
                random,
                context(0, 0),
                CredentialRow.header(one.user(), item),
                BatchReceiptCodec.encode(content),
                null));
  }

  private static JsonNode expected(
      int chunk, Operation operation, int items, int first, List<Result> results) {
    return VectorContent.of(
        new BatchReceiptCodec.Decoded(
            chunk, operation, items, CONTENT, first, NOW.plusSeconds(1), results));
  }

  private SealContext context(int features, int earlier) {
    return context(features, earlier, SealContext.Kind.BATCH_RECEIPT, 1);
  }

  private SealContext context(int features, int earlier, SealContext.Kind kind, long version) {
    return new SealContext(
        features,
        one.table(),
        one.user().value(),
        kind,
        TAG,
        SealContext.State.LIVE,
        version,
        1,
        new byte[0],
        CredentialVectors.earlier(earlier));
  }

  private ObjectNode raw(SealContext context, String... fields) {
    Sealer.Sealed sealed =
        VectorWriter.seal(
            one.key(1), context, VectorJson.bytes("random", 32), padded(fields), null);
    return VectorJson.item(
        sealed.into(Item.at(key(one.user(), TAG)).number(Item.VERSION, context.version())));
  }

  private static ItemKey key(UserId user, byte[] tag) {
    return ItemKey.batchReceipt(user, BatchReceipt.text(tag), 0);
  }

  private ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object().put("vault", "one");
    given.put("tag", BatchReceipt.text(TAG)).put("chunk", 0).put("now", NOW.toEpochMilli());
    given.putArray("items").add(item);
    return given;
  }
}
