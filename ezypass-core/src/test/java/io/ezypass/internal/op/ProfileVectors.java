package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.ProfileCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.util.List;
import java.util.Locale;

/** Profiles, with the tags of their claims beside them. */
final class ProfileVectors {
  private static final String CREATED = field(4, "018bcfe56800");

  private final VectorFile file;
  private final VectorVault one;
  private final TableKeys table;

  ProfileVectors(VectorFile file, VectorVault one, TableKeys table) {
    this.file = file;
    this.one = one;
    this.table = table;
  }

  void add() {
    Audit created = CredentialVectors.created(one);
    opens("empty", "a user with an id only", new UserProfile(null, null, null), created, 1, 0);
    opens(
        "email",
        "an e-mail address as written, its tag beside it",
        new UserProfile(null, "Tahir@Example.com", null),
        created,
        1,
        0);
    opens("username", "a username", new UserProfile("Tahir", null, null), created, 1, 0);
    opens(
        "full",
        "every field",
        new UserProfile("Tahir", "tahir@example.com", "T. \u00fc \ud83d\ude00"),
        created,
        1,
        0);
    opens(
        "display-name",
        "the longest display name",
        new UserProfile(null, null, "x".repeat(1_024)),
        created,
        1,
        0);
    Audit audit =
        new Audit(
            CredentialVectors.CREATED,
            Actor.of("sign-up"),
            CredentialVectors.CREATED.plusMillis(1),
            Actor.of("operator"));
    opens("audit", "created and updated by others", new UserProfile("a", "a@b", "c"), audit, 2, 1);
    opens("earlier-4", "after four changes", new UserProfile("a", null, null), created, 5, 4);
    JsonNode base = stored(new UserProfile("Tahir", "tahir@example.com", null), created, 3, 2);
    VaultUser user =
        new VaultUser(one.user(), new UserProfile("Tahir", "tahir@example.com", null), created, 3);
    file.opens(
        "tags-are-not-sealed",
        "the tags beside a profile are not read with it",
        given(VectorWriter.flipped(VectorWriter.without(base, "n"), "e", 0)),
        VectorContent.of(user));
    file.opens(
        "feature-bit",
        "with an unknown feature bit unknown fields are passed over",
        given(
            raw(
                context(0x20, 1, SealContext.Kind.PROFILE),
                CREATED,
                text(8, "a"),
                field(11, "00"))),
        VectorContent.of(new VaultUser(one.user(), new UserProfile("a", null, null), created, 1)));
    file.opens(
        "audit-written-in-full",
        "a reader takes audit fields that could have been left out",
        given(
            raw(
                context(0, 1, SealContext.Kind.PROFILE),
                CREATED,
                text(5, "user-1"),
                field(6, "018bcfe56800"),
                text(7, "user-1"))),
        VectorContent.of(new VaultUser(one.user(), new UserProfile(null, null, null), created, 1)));
    new TamperedVectors(file, base, this::given).add();
    file.refused(
        "not-there",
        "no profile",
        given(VectorJson.object()).set("items", VectorJson.array()),
        "not-found");
    payloads();
    file.opens(
        "display-name-white-space",
        "a display name may be white space only",
        given(raw(context(0, 1, SealContext.Kind.PROFILE), CREATED, text(10, " \u3000"))),
        VectorContent.of(
            new VaultUser(one.user(), new UserProfile(null, null, " \u3000"), created, 1)));
    for (SealContext.Kind kind : SealContext.Kind.values()) {
      if (kind != SealContext.Kind.PROFILE) {
        file.refused(
            "context-kind-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "sealed as another kind",
            given(raw(context(0, 1, kind), CREATED)),
            "tampered");
      }
    }
    file.refused(
        "context-version",
        "sealed as another version",
        given(raw(context(0, 2, SealContext.Kind.PROFILE), CREATED)),
        "tampered");
    file.refused(
        "other-table",
        "the profile of another table",
        given((ObjectNode) base).put("vault", "one-in-another-table"),
        "tampered");
    file.refused(
        "other-vault-key",
        "another vault key",
        given((ObjectNode) base).put("vault", "one-with-another-vault-key"),
        "tampered");
    file.refused(
        "other-user",
        "the profile of another user",
        given(VectorWriter.with(base, "pk", "S", "U#user-9")).put("vault", "one-for-another-user"),
        "tampered");
  }

  private void payloads() {
    refused("without-created", "no time of creation", text(8, "a"));
    refused("created-twice", "field 4 twice", CREATED, CREATED);
    for (int number = 5; number <= 10; number++) {
      String value = number == 6 ? "01" : number == 9 ? "614062" : "61";
      refused(
          "field-" + number + "-twice",
          "field " + number + " twice",
          CREATED,
          field(number, value),
          field(number, value));
      refused(
          "field-" + number + "-empty",
          "field " + number + " without a byte",
          CREATED,
          field(number, ""));
    }
    refused("descending", "fields that do not ascend", CREATED, text(9, "a@b"), text(8, "a"));
    for (int number : new int[] {1, 2, 3, 11, 255}) {
      String unknown = field(number, "00");
      refused(
          "unknown-field-" + number,
          "an unknown field without a feature bit",
          number < 4 ? unknown + CREATED : CREATED + unknown);
    }
    refused("email-without-at", "an e-mail address without @", CREATED, text(9, "tahir"));
    refused(
        "email-at-first",
        "an e-mail address that begins with its last @",
        CREATED,
        text(9, "@example.com"));
    refused("email-at-last", "an e-mail address that ends with @", CREATED, text(9, "tahir@"));
    refused("email-321", "an e-mail address of 321", CREATED, text(9, "x".repeat(319) + "@a"));
    refused("username-321", "a username of 321", CREATED, text(8, "x".repeat(321)));
    refused("username-blank", "a blank username", CREATED, text(8, " \u00a0"));
    refused("username-control", "a control character", CREATED, field(8, "6100"));
    refused("display-name-1025", "a display name of 1,025", CREATED, text(10, "x".repeat(1_025)));
    refused(
        "display-name-line-feed", "a line feed in a display name", CREATED, field(10, "610a62"));
    refused("utf-8", "malformed UTF-8", CREATED, field(10, "c3"));
    refused("number-leading-zero", "a number with a leading zero", field(4, "00018bcfe56800"));
  }

  private void refused(String id, String description, String... fields) {
    file.refused(
        "payload-" + id,
        description,
        given(raw(context(0, 1, SealContext.Kind.PROFILE), fields)),
        "tampered");
  }

  private void opens(
      String id, String description, UserProfile profile, Audit audit, long version, int earlier) {
    VaultUser user = new VaultUser(one.user(), profile, audit, version);
    byte[] random = VectorJson.bytes("random " + version, 32);
    SealContext context =
        new SealContext(
            0,
            one.table(),
            one.user().value(),
            SealContext.Kind.PROFILE,
            new byte[0],
            SealContext.State.LIVE,
            version,
            1,
            new byte[0],
            CredentialVectors.earlier(earlier));
    VectorWriter.sealSomethingElse();
    CredentialSealer.SealedCredential sealed = seal(profile, audit, version, earlier);
    file.opens(id, description, given(VectorJson.item(sealed.item())), VectorContent.of(user))
        .set(
            "sealing",
            VectorWriter.steps(
                one.key(1),
                random,
                context,
                sealed.header(),
                ProfileCodec.encode(one.user(), profile, audit),
                null));
  }

  private ObjectNode stored(UserProfile profile, Audit audit, long version, int earlier) {
    return VectorJson.item(seal(profile, audit, version, earlier).item());
  }

  private CredentialSealer.SealedCredential seal(
      UserProfile profile, Audit audit, long version, int earlier) {
    VectorWriter.sealSomethingElse();
    return ProfileRow.seal(
        VectorReader.environment(
            CredentialVectors.CREATED,
            new VectorWriter.Prepared().then(VectorJson.bytes("random " + version, 32))),
        one.userKeys(),
        table,
        profile,
        audit,
        version,
        CredentialVectors.earlier(earlier));
  }

  private SealContext context(int features, long version, SealContext.Kind kind) {
    return new SealContext(
        features,
        one.table(),
        one.user().value(),
        kind,
        new byte[0],
        SealContext.State.LIVE,
        version,
        1,
        new byte[0],
        List.of());
  }

  private ObjectNode raw(SealContext context, String... fields) {
    Sealer.Sealed sealed =
        VectorWriter.seal(
            one.key(1), context, VectorJson.bytes("random", 32), padded(fields), null);
    return VectorJson.item(
        sealed.into(Item.at(ItemKey.profile(one.user())).number(Item.VERSION, 1)));
  }

  private ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object().put("vault", "one");
    given.putArray("items").add(item);
    return given;
  }
}
