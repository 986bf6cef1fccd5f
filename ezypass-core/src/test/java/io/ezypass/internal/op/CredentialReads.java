package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the rows of credentials in a vector, in the ways that it can name. */
final class CredentialReads {
  private final Environment env;
  private final KeyAccess access;
  private final StoredItems stored;
  private final UserId user;

  CredentialReads(Environment env, StoredItems stored, UserId user) {
    this.env = env;
    this.access = new KeyAccess(env, new Table(env, null));
    this.stored = stored;
    this.user = user;
  }

  JsonNode read(JsonNode vector) {
    String read = vector.get("read").asText();
    return switch (read) {
      case "list" ->
          array(
              stored
                  .run(new ListCredentials(env, access).plan(user, PageRequest.first(100)))
                  .items(),
              VectorContent::of);
      case "trash-list" -> array(trash(), VectorContent::of);
      default ->
          byId(
              read,
              CredentialId.of(vector.get("credential").asText()),
              vector.path("version").asLong());
    };
  }

  private JsonNode byId(String read, CredentialId id, long version) {
    CurrentCredential current = new CurrentCredential(env, access);
    ReadHistory history = new ReadHistory(env, access);
    return switch (read) {
      case "whole" -> {
        CredentialRow row = stored.run(current.whole(user, id)).row();
        yield VectorContent.of(row.credential(), row.lifecycle());
      }
      case "summary" -> {
        CredentialRow row = stored.run(current.meta(user, id)).row();
        yield VectorContent.of(row.summary(), row.lifecycle());
      }
      case "history" -> array(stored.run(history.list(user, id)), VectorContent::of);
      case "revision" -> VectorContent.of(stored.run(history.get(user, id, version)));
      case "trash" -> trashed(id);
      default -> throw new IllegalStateException("no reading " + read);
    };
  }

  /** By the two calls that read the trash: listing it shows no secret, restoring shows all. */
  private JsonNode trashed(CredentialId id) {
    Optional<TrashedCredential> shown =
        trash().stream().filter(trashed -> trashed.id().equals(id)).findFirst();
    Credential restored =
        stored.run(
            new RestoreCredential(env, access)
                .plan(
                    user,
                    id,
                    shown.map(TrashedCredential::version).orElse(1L),
                    Actor.of("whoever restores")));
    ObjectNode json = VectorContent.of(shown.orElseThrow());
    VectorContent.secrets(json, restored.content().secrets());
    return json;
  }

  private List<TrashedCredential> trash() {
    return stored.run(new ListTrash(env, access).plan(user, PageRequest.first(100))).items();
  }

  private static <T> ArrayNode array(List<T> items, Function<T, ObjectNode> json) {
    ArrayNode array = VectorJson.array();
    items.forEach(item -> array.add(json.apply(item)));
    return array;
  }
}
