package io.ezypass.testkit.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Users and credentials as JSON, to be compared with what an image says. What is not set is left
 * out, so a field that a later version adds changes nothing for the images before it.
 */
final class Contents {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SECRETS = "secrets";

  private Contents() {}

  static ObjectNode of(VaultUser user) {
    ObjectNode node = identified(user.id().value(), user.version());
    node.set("audit", of(user.audit()));
    text(node, "username", user.username());
    text(node, "email", user.email());
    text(node, "displayName", user.displayName());
    return node;
  }

  static ObjectNode of(Credential credential) {
    ObjectNode node = of(credential.summary());
    node.set(SECRETS, of(credential.content().secrets()));
    return node;
  }

  static ObjectNode of(CredentialSummary summary) {
    CredentialMeta meta = summary.meta();
    ObjectNode node = identified(summary.id().value(), summary.version());
    node.set("audit", of(summary.audit()));
    node.set("website", of(meta.website()));
    text(node, "login", meta.login());
    text(node, "title", meta.title());
    list(node, "urls", meta.urls(), (array, url) -> array.add(url));
    text(node, "description", meta.description());
    list(node, "tags", meta.tags(), (array, tag) -> array.add(tag));
    list(
        node,
        "fields",
        meta.fields(),
        (array, field) -> array.addObject().put("name", field.name()).put("value", field.value()));
    if (meta.favourite()) {
      node.put("favourite", true);
    }
    text(node, "rotateBy", meta.rotateBy());
    text(node, "expiresAt", meta.expiresAt());
    return node;
  }

  static ObjectNode of(Revision revision) {
    ObjectNode node = of(revision.summary());
    text(node, "keptUntil", revision.keptUntil());
    return node;
  }

  static ObjectNode of(TrashedCredential trashed) {
    ObjectNode node = of(trashed.summary());
    text(node, "deletedAt", trashed.deletedAt());
    text(node, "deletedBy", trashed.deletedBy().id());
    text(node, "purgeAt", trashed.purgeAt());
    return node;
  }

  /** What a list shows of a credential that an image describes. */
  static ObjectNode summary(JsonNode credential) {
    ObjectNode copy = credential.deepCopy();
    copy.remove(SECRETS);
    return copy;
  }

  private static ObjectNode identified(String id, long version) {
    // As int, since that is what a small number is when it is read back.
    return JSON.objectNode().put("id", id).put("version", Math.toIntExact(version));
  }

  private static ObjectNode of(CredentialSecrets secrets) {
    ObjectNode node = JSON.objectNode();
    text(node, "password", clear(secrets.password()));
    text(node, "notes", clear(secrets.notes()));
    text(node, "totp", clear(secrets.totp()));
    list(
        node,
        "hiddenFields",
        secrets.hiddenFields(),
        (array, field) ->
            array.addObject().put("name", field.name()).put("value", clear(field.value())));
    return node;
  }

  private static ObjectNode of(Audit audit) {
    return JSON.objectNode()
        .put("createdAt", audit.createdAt().toString())
        .put("createdBy", audit.createdBy().id())
        .put("updatedAt", audit.updatedAt().toString())
        .put("updatedBy", audit.updatedBy().id());
  }

  private static ObjectNode of(Website website) {
    return JSON.objectNode()
        .put("kind", website.kind().name())
        .put("value", website.value())
        .put("written", website.written());
  }

  private static void text(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  private static <T> void list(
      ObjectNode node, String name, List<T> values, BiConsumer<ArrayNode, T> add) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(value -> add.accept(array, value));
    }
  }

  private static @Nullable String clear(@Nullable Secret secret) {
    return secret == null ? null : secret.use(String::new);
  }
}
