package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the golden vectors. Randomness and time are injected, so every run gives the same bytes;
 * {@code GoldenVectorsTest} fails when a file differs. To write them anew after a change of the
 * format, run {@link #main} with the directory as its argument.
 */
final class GoldenVectors {
  private final VectorVault one = VectorVault.of("main", "user-1", "one", 1);
  private final VectorVault rotated = VectorVault.of("main", "user-2", "rotated", 3);
  private final VectorVault longest = VectorVault.of("main", "a.B_9:-z".repeat(16), "longest", 1);
  private final TableVectors main =
      new TableVectors(
          VectorJson.bytes("main table id", 16), 16, VectorJson.bytes("main lookup key", 32));
  private final Map<String, JsonNode> files = new LinkedHashMap<>();

  private GoldenVectors() {}

  /** Every file by its name. */
  static Map<String, JsonNode> files() {
    GoldenVectors vectors = new GoldenVectors();
    vectors.make();
    return vectors.files;
  }

  /** Writes the files into the directory that is named by the only argument. */
  public static void main(String[] directory) throws IOException {
    for (Map.Entry<String, JsonNode> file : files().entrySet()) {
      Files.writeString(Path.of(directory[0], file.getKey()), VectorJson.print(file.getValue()));
    }
  }

  private void make() {
    files.put("vaults.json", vaults());
    file(
        "credential",
        "Credentials that open",
        f -> new CredentialVectors(f, one, rotated, longest).add());
    file(
        "credential",
        "credential-refused",
        "Credentials that are refused, and some beside them that open",
        f -> new CredentialRefusals(f, one).add());
    file(
        "credential",
        "credential-edges",
        "Credentials just inside the limits, and just beyond them",
        f -> new CredentialEdges(f, one).add());
    file(
        "credential",
        "revision",
        "Credentials with revisions, and their revisions",
        f -> new RevisionVectors(f, one, rotated).add());
    file("credential", "trash", "Credentials in the trash", f -> new TrashVectors(f, one).add());
    file(
        "credential",
        "credential-custom-field",
        "Credentials with shown custom fields that are no text",
        f -> new CustomFieldVectors(f, one).add());
    DueVectors due = new DueVectors(main.keys());
    file(
        "credential",
        "credential-due",
        "Credentials that name a row of the due list",
        f -> due.credentials(f, one));
    file("due-tag", "Tags and partition keys of the due list", due::tags);
    file("due", "Rows of the due list", due::rows);
    file("page-token", "page-token-due", "Page tokens of the due list", due::tokens);
    ShareVectors shares = new ShareVectors(one, main.keys());
    file("credential", "credential-shared", "Credentials that are shared", shares::credentials);
    file("grant", "Grants, in their owner's collection", shares::grants);
    file("received", "Grants, in their recipient's collection", shares::received);
    file("page-token", "page-token-share", "Page tokens of grants", shares::tokens);
    file("profile", "Profiles", f -> new ProfileVectors(f, one, main.keys()).add());
    file("keys", "KEYS items", f -> new KeysVectors(f, one).add());
    file("root", "Roots, with their lookup key", main::roots);
    file("claim", "Claims on e-mail addresses and usernames", main::claims);
    file("directory", "Rows of the directory", main::directory);
    file("batch-receipt", "Receipts of batches", f -> new BatchVectors(f, one).add());
    file("batch-tag", "Tags of batches", ValueVectors::batchTags);
    file("batch-content", "Content hashes of batches", ValueVectors::batchContents);
    file("audit-trail", "Audit trails", f -> new AuditVectors(f, one).add());
    file("page-token", "Page tokens", f -> new TokenVectors(f, one, main.keys()).add());
    file(
        "page-token",
        "page-token-filter",
        "Page tokens of a filtered vault",
        f -> new FilterTokenVectors(f, one).add());
    file("pending-write", "Pending writes", ValueVectors::pendingWrites);
    file("derived-key", "Keys by label", ValueVectors::derivedKeys);
    file("site-tag", "Tags of websites", ValueVectors::siteTags);
    file("claim-tag", "Tags and partition keys of claims", ValueVectors::claimTags);
    file("shard", "Shards of the directory", ValueVectors::shards);
    file("user-key", "Normalised e-mail addresses and usernames", ValueVectors::userKeys);
  }

  private void file(String kind, String description, Consumer<VectorFile> maker) {
    file(kind, kind, description, maker);
  }

  private void file(String kind, String name, String description, Consumer<VectorFile> maker) {
    VectorFile file = new VectorFile(kind, name, description);
    maker.accept(file);
    files.put(name + ".json", file.json());
  }

  private ObjectNode vaults() {
    ObjectNode json = VectorJson.object();
    json.put("description", "The opened keys that vectors name");
    ObjectNode vaults = json.putObject("vaults");
    vaults.set("one", one.json());
    vaults.set("one-for-another-user", VectorVault.of("main", "user-9", "one", 1).json());
    vaults.set("one-in-another-table", VectorVault.of("elsewhere", "user-1", "one", 1).json());
    vaults.set("one-with-another-vault-key", one.json().setAll(generations(rotated)));
    vaults.set(
        "one-with-another-index-key",
        one.json().put("indexKey", VectorJson.hex(rotated.indexKey())));
    vaults.set("rotated", rotated.json());
    vaults.set("longest", longest.json());
    ObjectNode tables = json.putObject("tables");
    tables.set("main", main.json());
    tables.set(
        "same-lookup-key", main.json().put("id", VectorJson.hex(VectorJson.bytes("twin", 16))));
    tables.set(
        "other-lookup-key",
        main.json().put("lookupKey", VectorJson.hex(VectorJson.bytes("other", 32))));
    return json;
  }

  private static ObjectNode generations(VectorVault of) {
    ObjectNode json = VectorJson.object();
    json.putObject("generations")
        .put("1", VectorJson.hex(of.generations().firstEntry().getValue()));
    return json;
  }
}
