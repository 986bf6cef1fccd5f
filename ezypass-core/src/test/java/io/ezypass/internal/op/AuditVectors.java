package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.AuditEventCodec;
import io.ezypass.internal.format.v1.AuditEventCodec.Decoded;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Audit trails: single events, and how they hang together. */
final class AuditVectors {
  private static final Instant NOW = CredentialVectors.CREATED;
  private static final long SECOND = NOW.getEpochSecond();
  private static final byte[] ID = VectorJson.bytes("credential id", 21);
  private static final CredentialId CREDENTIAL =
      CredentialId.of(Base64.getUrlEncoder().withoutPadding().encodeToString(ID));
  private static final UserId RECIPIENT = UserId.of("user:9");
  private static final AuditedChange REGISTERED = new AuditedChange(Action.REGISTER, null, 1, null);
  private static final AuditedChange ADDED = new AuditedChange(Action.ADD, CREDENTIAL, 1, null);

  /** Fields 1 and 3 of the first event: 1,700,000,000,000, a registration. */
  private static final String AT = field(1, "018bcfe56800");

  private static final String CHANGE = field(3, "01" + version(1));

  /** Fields 5 and 6 of an event behind one that has ended. */
  private static final String AHEAD = field(5, "00".repeat(32));

  private static final String ENDED = field(6, "6553f100");

  private final VectorFile file;
  private final VectorVault one;

  AuditVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
  }

  /** What an event says, before it is known what is ahead of it. */
  private record Said(Instant at, Actor actor, @Nullable Long endAt, List<AuditedChange> changes) {}

  void add() {
    opens("first", "the user was registered", owner(null, REGISTERED));
    opens("end", "it ends in a second", owner(SECOND + 1, REGISTERED));
    opens(
        "actor", "by somebody else", new Said(NOW, Actor.of("support"), null, List.of(REGISTERED)));
    opens("actions", "everything that can be done", owner(null, everyAction()));
    opens(
        "changes-100",
        "as many changes as there can be",
        owner(null, Collections.nCopies(100, ADDED).toArray(AuditedChange[]::new)));
    opens("before-1970", "a clock that is far behind", at(Instant.ofEpochMilli(-1)));
    trails();
    ObjectNode base = raw(context(0, 2, SealContext.Kind.AUDIT, 3), AT, CHANGE, AHEAD, ENDED);
    file.opens(
        "earlier-2",
        "a reader takes earlier operation ids",
        given(base),
        expected(List.of(owner(null, REGISTERED)), 3));
    file.opens(
        "feature-bit",
        "with an unknown feature bit unknown fields are passed over, and there may be no change",
        given(raw(context(0x80, 0), AT, field(7, "00"))),
        expected(List.of(new Said(NOW, Actor.user(one.user()), null, List.of())), 1));
    new TamperedVectors(file, base, this::given).add();
    places(base);
    payloads();
  }

  private static AuditedChange[] everyAction() {
    List<AuditedChange> changes = new ArrayList<>();
    for (Action action : Action.values()) {
      boolean ofUser = action == Action.REGISTER || action == Action.UPDATE_USER;
      boolean ofGrant = action == Action.SHARE || action == Action.REVOKE;
      changes.add(
          new AuditedChange(
              action, ofUser ? null : CREDENTIAL, changes.size(), ofGrant ? RECIPIENT : null));
    }
    return changes.toArray(AuditedChange[]::new);
  }

  /** Trails of three events, in November, January and January. */
  private void trails() {
    List<Said> said = said(null, null, null);
    List<Item> whole = trail(said);
    trailOpens("trail", "each is linked to the one ahead", whole, said, 1);
    trailOpens(
        "cut-new", "the newest is gone: not detected", whole.subList(0, 2), said.subList(0, 2), 1);
    trailRefused("cut-old", "the oldest is gone", whole.subList(1, 3));
    trailRefused("gap", "the one in the middle is gone", List.of(whole.get(0), whole.get(2)));
    List<Said> others = said(null, null, null);
    others.set(0, new Said(NOW, Actor.of("support"), null, List.of(ADDED)));
    trailRefused(
        "other-first",
        "another first event",
        List.of(trail(others).get(0), whole.get(1), whole.get(2)));
    trailRefused(
        "swapped",
        "two events in each other's places",
        List.of(
            whole.get(0), moved(whole.get(1), whole.get(2)), moved(whole.get(2), whole.get(1))));
    trailRefused(
        "twice",
        "an event in two months",
        List.of(
            whole.get(0), whole.get(1), whole.get(2), moved(whole.get(1), "AUDIT#2023-12#", 2)));
    trailRefused(
        "month",
        "an event in another month than that of the one ahead",
        List.of(whole.get(0), whole.get(1), moved(whole.get(2), "AUDIT#2023-12#", 3)));
    trailRefused(
        "time",
        "an event before the one ahead of it",
        trail(List.of(at(NOW), at(NOW.minusMillis(1)))));
    List<Said> ending = said(null, SECOND, null);
    List<Item> ended = trail(ending);
    trailOpens("ended", "what has ended ends the trail", ended, ending.subList(2, 3), 3);
    trailOpens(
        "ended-gap",
        "what has ended may be gone, and what is ahead of it counts as ended",
        List.of(ended.get(0), ended.get(2)),
        ending.subList(2, 3),
        3);
    List<Item> lasting = trail(said(null, SECOND + 1, null));
    trailRefused(
        "lasting-gap", "what has not ended is gone", List.of(lasting.get(0), lasting.get(2)));
  }

  private List<Said> said(@Nullable Long... ends) {
    List<Said> said = new ArrayList<>();
    for (Long end : ends) {
      Instant at = said.isEmpty() ? NOW : NOW.plus(Duration.ofDays(70));
      said.add(
          new Said(at, Actor.user(one.user()), end, List.of(said.isEmpty() ? REGISTERED : ADDED)));
    }
    return said;
  }

  private List<Item> trail(List<Said> said) {
    List<Item> items = new ArrayList<>();
    @Nullable AuditEventRow ahead = null;
    for (Said next : said) {
      int number = items.size() + 1;
      VectorWriter.sealSomethingElse();
      Instant at = ahead == null ? Instant.MIN : ahead.content().at();
      Item item = seal(at, number, content(next, ahead), VectorJson.bytes("random " + number, 32));
      items.add(item);
      ahead = AuditEventRow.open(one.userKeys(), item);
    }
    return items;
  }

  private static Decoded content(Said said, @Nullable AuditEventRow ahead) {
    return new Decoded(
        said.at(),
        said.actor(),
        said.changes(),
        said.endAt(),
        ahead == null ? null : ahead.hash(),
        ahead == null ? null : ahead.content().endAt());
  }

  private Item seal(Instant ahead, int number, Decoded content, byte[] random) {
    return AuditEventRow.seal(
        VectorReader.environment(NOW, new VectorWriter.Prepared().then(random)),
        one.userKeys(),
        ahead,
        number,
        content);
  }

  private static Item moved(Item row, Item to) {
    return Item.copyAt(to.key(), row, Item.VERSION, Item.HEADER, Item.META);
  }

  private static Item moved(Item row, String month, int number) {
    ItemKey key = new ItemKey(row.key().pk(), month + version(number));
    return Item.copyAt(key, row, Item.VERSION, Item.HEADER, Item.META);
  }

  private void places(ObjectNode base) {
    String month = "AUDIT#2023-11#";
    refusedAt("other-month", "in a month after its own", base, "AUDIT#2023-12#" + version(3));
    ObjectNode first = raw(context(0, 0), AT, CHANGE);
    refusedAt("first-month", "the first in its own month", first, month + version(1));
    refusedAt("other-number", "at another number", base, month + version(2));
    refusedAt("upper-case", "another spelling", base, month + "000000000000000A");
    refusedAt("no-number", "no number", base, month);
    file.refused(
        "number-0",
        "numbers begin with 1",
        given(raw(context(0, 0, SealContext.Kind.AUDIT, 0), AT, CHANGE)),
        "tampered");
    file.refused(
        "other-user",
        "the event of another user",
        given(VectorWriter.with(base, "pk", "S", "U#user-9")).put("vault", "one-for-another-user"),
        "tampered");
    for (String vault : List.of("one-in-another-table", "one-with-another-vault-key")) {
      file.refused(vault, "other keys", given(base).put("vault", vault), "tampered");
    }
    for (SealContext.Kind kind : SealContext.Kind.values()) {
      if (kind != SealContext.Kind.AUDIT) {
        file.refused(
            "context-kind-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "sealed as another kind",
            given(raw(context(0, 0, kind, 1), AT, CHANGE)),
            "tampered");
      }
    }
  }

  private void payloads() {
    String id = VectorJson.hex(ID);
    refused("without-time", "no time", CHANGE);
    refused("without-change", "no change", AT);
    refused("time-twice", "field 1 twice", AT, AT, CHANGE);
    refused("unknown-field", "an unknown field", AT, CHANGE, field(7, "00"));
    refused("hash", "the first has nothing ahead", AT, CHANGE, field(5, "00".repeat(32)));
    refused("hash-31", "a short hash", AT, CHANGE, field(5, "00".repeat(31)));
    refused("end-ahead", "the end of nothing", AT, CHANGE, field(6, "01"));
    refused("actor-empty", "an actor without a name", AT, field(2, ""), CHANGE);
    refused("actor-line", "an actor of two lines", AT, text(2, "a\nb"), CHANGE);
    String[] many = new String[102];
    Arrays.fill(many, CHANGE);
    many[0] = AT;
    refused("changes-101", "too many changes", many);
    change("empty", "");
    change("action-only", "01");
    change("action-0", "00" + version(1));
    change("action-12", "0c" + version(1));
    change("version-negative", "01" + "ffffffffffffffff");
    change("user-with-more", "01" + version(1) + "61");
    change("user-with-id", "01" + version(1) + id);
    change("without-id", "03" + version(1));
    change("id-20", "03" + version(1) + id.substring(2));
    change("with-recipient", "03" + version(1) + id + "61");
    change("without-recipient", "0a" + version(1) + id);
    change("recipient-slash", "0a" + version(1) + id + "2f");
    change("recipient-129", "0a" + version(1) + id + "61".repeat(129));
  }

  private void change(String id, String value) {
    refused("change-" + id, "no change that there can be", AT, field(3, value));
  }

  private void refused(String id, String description, String... fields) {
    file.refused("payload-" + id, description, given(raw(context(0, 0), fields)), "tampered");
  }

  private void refusedAt(String id, String description, ObjectNode base, String sortKey) {
    file.refused(id, description, given(VectorWriter.with(base, "sk", "S", sortKey)), "tampered");
  }

  private void trailRefused(String id, String description, List<Item> items) {
    file.refused(id, description, given(items), "tampered");
  }

  private void trailOpens(
      String id, String description, List<Item> items, List<Said> shown, int from) {
    file.opens(id, description, given(items), expected(shown, from));
  }

  private void opens(String id, String description, Said said) {
    byte[] random = VectorJson.bytes("random " + id, 32);
    VectorWriter.sealSomethingElse();
    Decoded content = content(said, null);
    Item item = seal(Instant.MIN, 1, content, random);
    file.opens(id, description, given(List.of(item)), expected(List.of(said), 1))
        .set(
            "sealing",
            VectorWriter.steps(
                one.key(1),
                random,
                context(0, 0),
                CredentialRow.header(one.user(), item),
                AuditEventCodec.encode(one.user(), content),
                null));
  }

  /** Newest first, where the first of those given has that number. */
  private static ArrayNode expected(List<Said> said, int from) {
    ArrayNode events = VectorJson.array();
    for (int i = said.size() - 1; i >= 0; i--) {
      Said one = said.get(i);
      events.add(VectorContent.of(new AuditEvent(from + i, one.at(), one.actor(), one.changes())));
    }
    return events;
  }

  private Said owner(@Nullable Long endAt, AuditedChange... changes) {
    return new Said(NOW, Actor.user(one.user()), endAt, List.of(changes));
  }

  private Said at(Instant at) {
    return new Said(at, Actor.user(one.user()), null, List.of(ADDED));
  }

  private SealContext context(int features, int earlier) {
    return context(features, earlier, SealContext.Kind.AUDIT, 1);
  }

  private SealContext context(int features, int earlier, SealContext.Kind kind, long version) {
    return SealContext.of(one.table(), one.user().value(), kind, version, 1)
        .withFeatures(features)
        .withEarlier(CredentialVectors.earlier(earlier));
  }

  private ObjectNode raw(SealContext context, String... fields) {
    Sealer.Sealed sealed =
        VectorWriter.seal(
            one.key(1), context, VectorJson.bytes("random", 32), padded(fields), null);
    Instant ahead = context.version() == 1 ? Instant.MIN : NOW;
    ItemKey key = ItemKey.audit(one.user(), ahead, context.version());
    return VectorJson.item(sealed.into(Item.at(key).number(Item.VERSION, context.version())));
  }

  private ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object().put("vault", "one").put("now", NOW.toEpochMilli());
    given.putArray("items").add(item);
    return given;
  }

  private ObjectNode given(List<Item> items) {
    ObjectNode given = VectorJson.object().put("vault", "one").put("now", NOW.toEpochMilli());
    ArrayNode all = given.putArray("items");
    items.forEach(item -> all.add(VectorJson.item(item)));
    return given;
  }

  private static String version(long version) {
    return String.format("%016x", version);
  }
}
