package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.BatchReceiptCodec;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.CustomField;
import io.ezypass.model.Grant;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a vector expects to be read: every field by name, what is absent left out. */
final class VectorContent {
  private VectorContent() {}

  static ObjectNode of(Credential credential) {
    ObjectNode json = of(credential.summary());
    secrets(json, credential.content().secrets());
    return json;
  }

  static ObjectNode of(BatchReceiptCodec.Decoded receipt) {
    ObjectNode json = VectorJson.object();
    json.put("chunk", receipt.chunk());
    json.put("operation", receipt.operation().name());
    json.put("itemCount", receipt.items());
    json.put("content", VectorJson.hex(receipt.content()));
    json.put("first", receipt.first());
    json.put("expiresAtSecond", receipt.expiresAt().getEpochSecond());
    ArrayNode results = json.putArray("results");
    for (BatchReceiptCodec.Result result : receipt.results()) {
      ObjectNode one = results.addObject().put("code", result.code().name());
      byte[] id = result.id();
      if (id != null) {
        one.put("id", Base64.getUrlEncoder().withoutPadding().encodeToString(id));
      }
    }
    return json;
  }

  static ObjectNode of(AuditEvent event) {
    ObjectNode json = VectorJson.object();
    json.put("number", event.number());
    json.put("atMilli", event.at().toEpochMilli());
    json.put("actor", event.actor().id());
    ArrayNode changes = json.putArray("changes");
    for (AuditedChange change : event.changes()) {
      ObjectNode one = changes.addObject().put("action", change.action().name());
      one.put("version", change.version());
      CredentialId credential = change.credential();
      if (credential != null) {
        one.put("credential", credential.value());
      }
      UserId recipient = change.recipient();
      if (recipient != null) {
        one.put("recipient", recipient.value());
      }
    }
    return json;
  }

  /** With what the row says of itself that the user did not write. */
  static ObjectNode of(Credential credential, Lifecycle lifecycle) {
    ObjectNode json = of(credential.summary(), lifecycle);
    secrets(json, credential.content().secrets());
    return json;
  }

  static ObjectNode of(CredentialSummary summary, Lifecycle lifecycle) {
    ObjectNode json = of(summary);
    if (!lifecycle.kept().isEmpty()) {
      ArrayNode revisions = json.putArray("revisions");
      lifecycle.kept().forEach(kept -> revisions.add(of(kept)));
    }
    return lifecycle.deletion() == null ? json : deleted(json, lifecycle.deletion());
  }

  static ObjectNode of(Revision revision) {
    ObjectNode json = of(revision.summary());
    Instant until = revision.keptUntil();
    return until == null ? json : json.put("keptUntilSecond", until.getEpochSecond());
  }

  static ObjectNode of(TrashedCredential trashed) {
    Instant purgeAt = trashed.purgeAt();
    return deleted(
        of(trashed.summary()),
        new Lifecycle.Deletion(
            trashed.deletedAt(),
            trashed.deletedBy(),
            purgeAt == null ? null : purgeAt.getEpochSecond()));
  }

  static ObjectNode of(CredentialSummary summary) {
    ObjectNode json = VectorJson.object();
    json.put("id", summary.id().value());
    json.put("version", summary.version());
    CredentialMeta meta = summary.meta();
    Website website = meta.website();
    ObjectNode site = json.putObject("website");
    site.put("kind", website.kind().name());
    site.put("value", website.value());
    site.put("written", website.written());
    audit(json, summary.audit());
    text(json, "login", meta.login());
    text(json, "title", meta.title());
    texts(json, "urls", meta.urls());
    text(json, "description", meta.description());
    texts(json, "tags", meta.tags());
    if (!meta.fields().isEmpty()) {
      ArrayNode fields = json.putArray("fields");
      for (CustomField field : meta.fields()) {
        ArrayNode entry = fields.addArray().add(field.name()).add(field.value());
        if (field.kind() != CustomField.Kind.TEXT) {
          entry.add(field.kind().name());
        }
      }
    }
    if (meta.favourite()) {
      json.put("favourite", true);
    }
    LocalDate rotateBy = meta.rotateBy();
    if (rotateBy != null) {
      json.put("rotateByDay", rotateBy.toEpochDay());
    }
    Instant expiresAt = meta.expiresAt();
    if (expiresAt != null) {
      json.put("expiresAtSecond", expiresAt.getEpochSecond());
    }
    return json;
  }

  static ObjectNode of(VaultUser user) {
    ObjectNode json = VectorJson.object();
    json.put("user", user.id().value());
    json.put("version", user.version());
    audit(json, user.audit());
    text(json, "username", user.username());
    text(json, "email", user.email());
    text(json, "displayName", user.displayName());
    return json;
  }

  static ObjectNode of(KeysCodec.Decoded keys, int active, long version, boolean writable) {
    ObjectNode json = VectorJson.object();
    json.put("version", version);
    json.put("active", active);
    json.put("writable", writable);
    json.put("indexKey", VectorJson.hex(keys.indexKey()));
    json.put("pageTokenKey", VectorJson.hex(keys.pageTokenKey()));
    ArrayNode generations = json.putArray("generations");
    for (KeysCodec.Generation generation : keys.generations()) {
      ObjectNode entry = generations.addObject();
      entry.put("number", generation.number());
      entry.put("activatedAtMilli", generation.activatedAt().toEpochMilli());
      byte[] key = generation.key();
      if (key != null) {
        entry.put("key", VectorJson.hex(key));
      }
    }
    return json;
  }

  static ObjectNode of(Grant grant) {
    ObjectNode json =
        VectorJson.object()
            .put("credential", grant.credential().value())
            .put("recipient", grant.recipient().value())
            .put("grantedAtMilli", grant.grantedAt().toEpochMilli());
    Instant end = grant.expiresAt();
    return end == null ? json : json.put("untilSecond", end.getEpochSecond());
  }

  static ObjectNode of(SharedCredential shared) {
    ObjectNode json =
        VectorJson.object()
            .put("owner", shared.owner().value())
            .put("credential", shared.id().value())
            .put("sharedAtMilli", shared.sharedAt().toEpochMilli());
    Instant end = shared.expiresAt();
    return end == null ? json : json.put("endsAtSecond", end.getEpochSecond());
  }

  private static ObjectNode of(Lifecycle.Kept kept) {
    ObjectNode json = VectorJson.object().put("version", kept.version());
    Long until = kept.until();
    return until == null ? json : json.put("keptUntilSecond", until);
  }

  private static ObjectNode deleted(ObjectNode json, Lifecycle.Deletion deletion) {
    json.put("deletedAtMilli", deletion.at().toEpochMilli());
    json.put("deletedBy", deletion.by().id());
    Long purgeAt = deletion.purgeAt();
    return purgeAt == null ? json : json.put("purgeAtSecond", purgeAt);
  }

  static void secrets(ObjectNode json, CredentialSecrets secrets) {
    text(json, "password", plain(secrets.password()));
    text(json, "notes", plain(secrets.notes()));
    text(json, "totp", plain(secrets.totp()));
    if (!secrets.hiddenFields().isEmpty()) {
      ArrayNode fields = json.putArray("hiddenFields");
      secrets.hiddenFields().forEach(f -> fields.addArray().add(f.name()).add(plain(f.value())));
    }
  }

  private static void audit(ObjectNode json, Audit audit) {
    json.put("createdAtMilli", audit.createdAt().toEpochMilli());
    json.put("createdBy", audit.createdBy().id());
    json.put("updatedAtMilli", audit.updatedAt().toEpochMilli());
    json.put("updatedBy", audit.updatedBy().id());
  }

  private static void text(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void texts(ObjectNode json, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      values.forEach(array::add);
    }
  }

  private static @Nullable String plain(@Nullable Secret secret) {
    return secret == null ? null : secret.use(String::new);
  }
}
