package io.ezypass.testkit.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.FakeKms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A table in the making, and what must be read out of it: what the library returned when it wrote,
 * not what it reads afterwards.
 */
final class ImageScenario implements AutoCloseable {
  /** The same at every run; the keys are public anyway. */
  static final long KMS_SEED = 1;

  /** As long as by default. */
  static final Duration KEPT_IN_TRASH = Duration.ofDays(30);

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final EzyPassLocal local = EzyPassLocal.start(FakeKms.seeded(KMS_SEED), config -> config);
  private final Map<UserId, VaultUser> users = new LinkedHashMap<>();
  private final Map<CredentialId, Credential> credentials = new LinkedHashMap<>();
  private final PastContents past = new PastContents();
  private final Map<UserId, Instant> deletions = new LinkedHashMap<>();
  private final List<ObjectNode> pendingWrites = new ArrayList<>();

  ImageScenario() {
    local.clock().advance(Duration.between(local.clock().instant(), START));
  }

  EzyPassLocal local() {
    return local;
  }

  VaultRepository vaults() {
    return local.repository();
  }

  /** Lets a minute pass, so that times differ. */
  void later() {
    local.clock().advance(Duration.ofMinutes(1));
  }

  VaultUser register(NewUser user) {
    return keep(vaults().register(user));
  }

  VaultUser keep(VaultUser user) {
    users.put(user.id(), user);
    return user;
  }

  Credential add(UserId owner, CredentialContent content) {
    return keep(vaults().vault(owner).add(content));
  }

  Credential update(Credential seen, CredentialContent content) {
    later();
    return replaced(
        seen, vaults().vault(seen.owner()).update(seen.id(), seen.version(), content), null);
  }

  /** A change that somebody made; the version before is kept if its secrets were replaced. */
  Credential replaced(Credential before, Credential after, @Nullable Instant keptUntil) {
    past.replaced(before, after, keptUntil);
    return keep(after);
  }

  Credential keep(Credential credential) {
    credentials.put(credential.id(), credential);
    return credential;
  }

  /** Deletes it, into the trash, for as long as it is kept there by default. */
  void delete(Credential credential) {
    later();
    vaults().vault(credential.owner()).delete(credential.id(), credential.version());
    trashed(credential, Actor.user(credential.owner()), KEPT_IN_TRASH);
  }

  /** Somebody deleted it, into the trash, at this moment. */
  void trashed(Credential credential, Actor by, @Nullable Duration keptFor) {
    Instant now = local.clock().instant();
    Instant purgeAt = keptFor == null ? null : now.plus(keptFor).truncatedTo(ChronoUnit.SECONDS);
    past.deleted(credential, now, by, purgeAt);
    credentials.remove(credential.id());
  }

  /** Takes it out of the trash. */
  Credential restore(Credential deleted) {
    later();
    return restored(
        vaults().vault(deleted.owner()).trash().restore(deleted.id(), deleted.version() + 1));
  }

  /** It was taken out of the trash. */
  Credential restored(Credential credential) {
    past.takenOut(credential.id());
    return keep(credential);
  }

  /** It was deleted for good. */
  void purged(Credential credential) {
    past.takenOut(credential.id());
    credentials.remove(credential.id());
  }

  /** Starts or goes on with a rotation, and stops after so many rows. */
  void rotate(UserId user, int rows) {
    AtomicLong steps = new AtomicLong();
    later();
    JobOptions options =
        JobOptions.unpaced()
            .observedBy(progress -> steps.set(progress.steps()))
            .cancelledWhen(() -> steps.get() >= rows);
    local.ezypass().admin().rotate(user, options);
  }

  /** Deletes a user; the tombstone stays. */
  void bury(UserId user) {
    deletions.put(user, vaults().deleteUser(user).finalFrom());
    forget(user);
  }

  /** Begins to delete a user and stops after the first transaction. */
  void buryHalf(UserId user) {
    local.faults().wholeCall(Fault.LOST_REQUEST, "Query");
    try {
      vaults().deleteUser(user);
      throw new IllegalStateException("the deletion went on");
    } catch (StorageUnavailableException | WriteOutcomeUnknownException expected) {
      Instant now = local.clock().instant();
      deletions.put(user, now.plus(Duration.ofMinutes(70)));
      forget(user);
    }
  }

  private void forget(UserId user) {
    users.remove(user);
    credentials.values().removeIf(credential -> credential.owner().equals(user));
  }

  /** A write whose answers, or whose requests, are all lost; it is settled at the end. */
  void lost(String what, Fault fault, String operation, WriteOutcome outcome, Runnable write) {
    local.faults().wholeCall(fault, operation);
    try {
      write.run();
      throw new IllegalStateException(what + " has ended well");
    } catch (WriteOutcomeUnknownException e) {
      ObjectNode node = TableImage.empty().put("write", what).put("outcome", outcome.name());
      pendingWrites.add(node.put("pending", e.pending().value()));
    }
  }

  /** All of it as an image. */
  ObjectNode image(String version) {
    ObjectNode root = TableImage.empty().put("written", version);
    root.putObject("kms").put("seed", KMS_SEED).putArray("keys").add(local.kmsKey());
    root.put("tableId", local.tableId().value());
    root.put("clock", local.clock().instant().toString());
    ArrayNode all = root.putArray("users");
    users.values().forEach(user -> all.add(describe(user)));
    ArrayNode gone = root.putArray("deletions");
    deletions.forEach(
        (id, time) -> gone.addObject().put("id", id.value()).put("finalFrom", time.toString()));
    root.putArray("pendingWrites").addAll(pendingWrites);
    root.set("items", RawItems.toJson(local.inspector().items()));
    return root;
  }

  private ObjectNode describe(VaultUser user) {
    ObjectNode node = Contents.of(user);
    ArrayNode live = node.putArray("credentials");
    ArrayNode expired = node.putArray("expired");
    ObjectNode revisions = node.putObject("revisions");
    past.describeTrash(user.id(), node.putArray("trash"));
    past.idsInTrash(user.id()).forEach(id -> past.describeRevisions(id, revisions));
    for (Credential credential : credentials.values()) {
      if (credential.owner().equals(user.id())) {
        Instant end = credential.content().meta().expiresAt();
        if (end == null || end.isAfter(local.clock().instant())) {
          live.add(Contents.of(credential));
          past.describeRevisions(credential.id(), revisions);
        } else {
          expired.add(credential.id().value());
        }
      }
    }
    return node;
  }

  Vault vault(UserId owner) {
    return vaults().vault(owner);
  }

  @Override
  public void close() {
    local.close();
  }
}
