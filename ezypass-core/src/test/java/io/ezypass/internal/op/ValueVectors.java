package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single values: derived keys, tags, shards, normalised text, pending writes. */
final class ValueVectors {
  private static final String ID = "AAECAwQFBgcICQoLDA0ODxAREhMU";
  private static final String INDEX = VectorJson.hex(VectorJson.bytes("one index key", 32));
  private static final String LOOKUP = VectorJson.hex(VectorJson.bytes("main lookup key", 32));

  private ValueVectors() {}

  static void derivedKeys(VectorFile file) {
    String[] labels = {
      "operation-id",
      "site-tag",
      "user-row",
      "batch-tag",
      "batch-content",
      "claim-tag",
      "table-row",
      "table-page-token"
    };
    for (String label : labels) {
      value(
          file,
          "derived-key",
          label,
          "Expand with the label as info",
          VectorJson.object()
              .put("from", VectorJson.hex(VectorJson.bytes("derive from", 32)))
              .put("label", "ezypass/1/" + label));
    }
  }

  static void siteTags(VectorFile file) {
    String[] written = {
      "example.com",
      "https://www.GitHub.com/login",
      "android://Zm9v@com.example.app",
      "My Bank",
      "m\u00fcnchen.de",
      "\ud83c\udf55 place",
      "[2001:db8::1]"
    };
    for (int i = 0; i < written.length; i++) {
      siteTag(file, "website-" + (i + 1), Website.of(written[i]));
    }
    siteTag(file, "host-as-name", Website.named("example.com"));
  }

  private static void siteTag(VectorFile file, String id, Website website) {
    ObjectNode given = VectorJson.object().put("indexKey", INDEX);
    given.putObject("website").put("kind", website.kind().name()).put("value", website.value());
    value(file, "site-tag", id, "the tag of a normalised website", given);
  }

  static void batchTags(VectorFile file) {
    String[] ids = {"import", "7f3c2a9e-5d41-4c7b-9f0a-6b1d2e8c4a55", "\u00fc\ud83d\ude00", " a "};
    for (int i = 0; i < ids.length; i++) {
      value(
          file,
          "batch-tag",
          "id-" + (i + 1),
          "the tag of the id that a caller gave",
          VectorJson.object().put("indexKey", INDEX).put("batch", ids[i]));
    }
  }

  static void batchContents(VectorFile file) {
    CredentialContent content =
        CredentialContent.builder()
            .website("https://example.com/login")
            .login("tahir")
            .password(Secret.of("correct horse"))
            .build();
    ObjectNode additions = VectorJson.object().put("indexKey", INDEX).put("operation", "ADD");
    ArrayNode asked = additions.putArray("asked");
    for (int i = 0; i < 2; i++) {
      asked
          .addObject()
          .put("meta", VectorJson.hex(MetaCodec.content(content.meta())))
          .put("secret", VectorJson.hex(SecretsCodec.encode(content.secrets())));
      value(file, "batch-content", "additions-" + (i + 1), "equal contents", additions);
    }
    ObjectNode deletions = VectorJson.object().put("indexKey", INDEX).put("operation", "DELETE");
    ArrayNode seen = deletions.putArray("asked");
    for (int i = 0; i < 2; i++) {
      seen.addObject().put("credential", "A".repeat(27) + "AQ".charAt(i)).put("version", i + 1);
      value(file, "batch-content", "deletions-" + (i + 1), "credentials as seen", deletions);
    }
  }

  static void claimTags(VectorFile file) {
    String[][] written = {
      {"email", "Tahir@Example.com"},
      {"email", "JU\u0308RGEN@example.com"},
      {"username", "Tahir"},
      {"username", "tahir@example.com"}
    };
    for (int i = 0; i < written.length; i++) {
      value(
          file,
          "claim-tag",
          written[i][0] + "-" + (i + 1),
          "the tag of what was written, normalised",
          VectorJson.object()
              .put("lookupKey", LOOKUP)
              .put("key", written[i][0])
              .put("written", written[i][1]));
    }
  }

  static void shards(VectorFile file) {
    String[] users = {"user-1", "f3b1c9d2-0a4e-4c1f-9a57-3d2e1b0c9a88", "a", "a.B_9:-z".repeat(16)};
    for (int i = 0; i < users.length; i++) {
      for (int shards : new int[] {1, 16, 1_000}) {
        value(
            file,
            "shard",
            "user-" + (i + 1) + "-of-" + shards,
            "where the row of a user is",
            VectorJson.object().put("user", users[i]).put("shards", shards));
      }
    }
  }

  static void userKeys(VectorFile file) {
    String[] emails = {
      "tahir@example.com",
      "Tahir@Example.COM",
      "  tahir@example.com ",
      "tahir+vault@example.com",
      "\"a@b\"@example.com",
      "JU\u0308RGEN@example.com",
      "\u0130@example.com",
      "STRASSE@example.com",
      "stra\u00dfe@example.com",
      "a@b",
      "\u212bngstr\u00f6m@example.com",
      "\u039f\u03a3@example.com",
      "\u00a0a@b",
      "\u2007a@b\u202f",
      "H\u0331a\u030c@b",
      "x".repeat(318) + "@a"
    };
    for (int i = 0; i < emails.length; i++) {
      userKey(file, "email", i, emails[i]);
    }
    String[] names = {
      "Tahir",
      " Tahir ",
      "Stra\u00dfe",
      "a b",
      "x@y",
      "\u2003x\u2003",
      "\u00a0x",
      "\ufb01",
      "\u0130",
      "\ud83d\ude00",
      "\u2007x\u2007",
      "J\u030c",
      "x".repeat(320)
    };
    for (int i = 0; i < names.length; i++) {
      userKey(file, "username", i, names[i]);
    }
    String[] noEmails = {
      "",
      " ",
      "tahir",
      "@example.com",
      "tahir@",
      " @b",
      "a@ ",
      "a\u0000@b",
      "a\n@b",
      "x".repeat(319) + "@a",
      "a@b@",
      "\u2007"
    };
    for (int i = 0; i < noEmails.length; i++) {
      noKey(file, "email", i, noEmails[i]);
    }
    String[] noNames = {"", " ", "\u00a0", "a\tb", "\u007f", "x".repeat(321), "\u2028"};
    for (int i = 0; i < noNames.length; i++) {
      noKey(file, "username", i, noNames[i]);
    }
  }

  private static void userKey(VectorFile file, String key, int i, String written) {
    value(
        file,
        "user-key",
        key + "-" + (i + 1),
        "normalised",
        VectorJson.object().put("key", key).put("written", written));
  }

  private static void noKey(VectorFile file, String key, int i, String written) {
    file.refused(
        key + "-refused-" + (i + 1),
        "not one",
        VectorJson.object().put("key", key).put("written", written),
        "invalid-argument");
  }

  static void pendingWrites(VectorFile file) {
    for (PendingWriteCodec.Kind kind : PendingWriteCodec.Kind.values()) {
      CredentialId credential =
          switch (kind) {
            case ADD, UPDATE, DELETE, TRASH, RESTORE, PURGE, SHARE, REVOKE -> CredentialId.of(ID);
            case REGISTER, UPDATE_USER, DELETE_USER -> null;
          };
      UserId recipient =
          switch (kind) {
            case SHARE, REVOKE -> UserId.of("user-2");
            default -> null;
          };
      pending(
          file,
          kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          pending(kind, "user-1", credential, recipient == null ? 3 : 0, recipient));
    }
    pending(
        file,
        "longest-user",
        pending(
            PendingWriteCodec.Kind.UPDATE,
            "a.B_9:-z".repeat(16),
            CredentialId.of(ID),
            Long.MAX_VALUE));
    byte[] user = bytes(pending(PendingWriteCodec.Kind.UPDATE_USER, "user-1", null, 3));
    byte[] item = bytes(pending(PendingWriteCodec.Kind.UPDATE, "user-1", CredentialId.of(ID), 3));
    for (int format : new int[] {0, 2, 255}) {
      refused(file, "format-" + format, "another format byte", with(user, 0, format));
    }
    for (int kind : new int[] {0, 12, 255}) {
      refused(file, "kind-" + kind, "an unknown kind", with(user, 1, kind));
    }
    for (int kind : new int[] {3, 4, 5, 7, 8, 9, 10, 11}) {
      refused(
          file,
          "kind-" + kind + "-without-credential",
          "no credential id where there must be one",
          with(user, 1, kind));
    }
    for (int kind : new int[] {1, 2, 6}) {
      refused(
          file,
          "kind-" + kind + "-with-credential",
          "a credential id where there must be none",
          with(item, 1, kind));
    }
    for (int kind : new int[] {10, 11}) {
      refused(
          file,
          "kind-" + kind + "-without-recipient",
          "no recipient where there must be one",
          with(item, 1, kind));
    }
    UserId recipient = UserId.of("user-2");
    byte[] grant =
        bytes(pending(PendingWriteCodec.Kind.SHARE, "user-1", CredentialId.of(ID), 0, recipient));
    refused(
        file, "kind-4-with-recipient", "a recipient where there must be none", with(grant, 1, 4));
    refused(file, "recipient-form", "what is no user id", with(grant, grant.length - 1, '#'));
    refused(file, "version-negative", "a negative version", with(user, 34, 0x80));
    for (int length : new int[] {1, 42, 43, user.length - 1}) {
      refused(file, "cut-to-" + length, "a text that was cut", VectorWriter.cut(user, length));
    }
    refused(file, "longer-by-1", "one byte more", VectorWriter.cut(user, user.length + 1));
    refused(file, "user-length-0", "no user id", with(VectorWriter.cut(user, 43), 42, 0));
    refused(
        file, "user-length-beyond", "a user id that is longer than the text", with(user, 42, 200));
    refused(file, "user-form", "what is no user id", with(user, 43, ' '));
    refused(file, "user-not-ascii", "a byte above 7f", with(user, 43, 0xe9));
    refused(file, "credential-form", "what is no credential id", with(item, item.length - 1, '.'));
    byte[] long129 =
        ByteBuffer.allocate(43 + 129)
            .put(VectorWriter.cut(user, 42))
            .put((byte) 129)
            .put("x".repeat(129).getBytes(StandardCharsets.US_ASCII))
            .array();
    refused(file, "user-of-129", "a user id of 129 characters", long129);
    String text = pending(PendingWriteCodec.Kind.UPDATE_USER, "user-1", null, 3);
    if (text.length() % 4 == 0) {
      throw new IllegalStateException("choose a pending write with slack bits");
    }
    refused(
        file,
        "slack-bits",
        "the same bytes in another spelling",
        text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) + 1));
    refused(file, "padding-character", "a padding character", text + "=");
    refused(file, "empty", "no character", "");
    refused(file, "too-long", "1,025 characters", "A".repeat(1_025));
  }

  private static void pending(VectorFile file, String id, String text) {
    value(
        file,
        "pending-write",
        id,
        "what a write of unknown outcome names",
        VectorJson.object().put("text", text));
  }

  private static String pending(
      PendingWriteCodec.Kind kind, String user, @Nullable CredentialId credential, long version) {
    return pending(kind, user, credential, version, null);
  }

  private static String pending(
      PendingWriteCodec.Kind kind,
      String user,
      @Nullable CredentialId credential,
      long version,
      @Nullable UserId recipient) {
    return PendingWriteCodec.encode(
            new PendingWriteCodec.Pending(
                kind,
                VectorJson.bytes("main table id", 16),
                VectorJson.bytes("operation", 16),
                UserId.of(user),
                credential,
                version,
                recipient))
        .value();
  }

  private static void refused(VectorFile file, String id, String description, byte[] bytes) {
    refused(file, id, description, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static void refused(VectorFile file, String id, String description, String text) {
    file.refused(id, description, VectorJson.object().put("text", text), "invalid-argument");
  }

  private static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /** A value is what the code computes; a second implementation has to come to the same. */
  private static void value(
      VectorFile file, String kind, String id, String description, ObjectNode given) {
    try {
      JsonNode expect = VectorValues.read(kind, given);
      file.opens(id, description, given, expect);
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }
}
