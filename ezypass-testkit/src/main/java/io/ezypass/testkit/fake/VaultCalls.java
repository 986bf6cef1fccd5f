package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.inFuture;
import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The operations on one vault, written once for both twins: see {@link UserCalls}. */
final class VaultCalls {
  private static final int EDIT_ROUNDS = 8;

  private final Table table;
  private final Actors actors;
  private final UserId owner;

  VaultCalls(Table table, Actors actors, UserId owner) {
    this.table = table;
    this.actors = actors;
    this.owner = owner;
  }

  /** The name under which page tokens of a vault are issued. */
  static String listOf(UserId owner) {
    return "vault " + owner.value();
  }

  UserId owner() {
    return owner;
  }

  BatchCalls batch() {
    return new BatchCalls(table, actors, owner);
  }

  Supplier<Credential> add(CredentialContent content) {
    CredentialContent own = checkedCopy(content);
    Actor by = actors.actingFor(owner);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              ContentSize.check(own);
              CredentialId id = CredentialId.of(table.random.credentialId());
              Audit audit = Audit.created(table.now(), by);
              return store(member, new Credential(id, owner, own, audit, 1));
            });
  }

  Supplier<Credential> get(CredentialId id) {
    present("id", id);
    return () -> table.call(() -> Member.copy(table.member(owner).live(id, table.now())));
  }

  Supplier<Credential> update(CredentialId id, long seenVersion, CredentialContent content) {
    present("id", id);
    Arguments.version(seenVersion);
    CredentialContent own = checkedCopy(content);
    Actor by = actors.actingFor(owner);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              ContentSize.check(own);
              Credential stored = member.live(id, table.now());
              requireVersion(stored, seenVersion);
              Audit audit = stored.audit().updated(table.now(), by);
              return store(member, new Credential(id, owner, own, audit, seenVersion + 1));
            });
  }

  Supplier<Credential> edit(CredentialId id, UnaryOperator<CredentialContent> change) {
    present("id", id);
    present("change", change);
    return () -> {
      for (int round = 1; ; round++) {
        Supplier<Credential> write = changed(id, change);
        try {
          return write.get();
        } catch (VersionConflictException e) {
          if (round == EDIT_ROUNDS) {
            throw e;
          }
        }
      }
    };
  }

  Runnable delete(CredentialId id, long seenVersion) {
    present("id", id);
    Arguments.version(seenVersion);
    return () -> table.call(() -> remove(id, seenVersion));
  }

  Supplier<List<CredentialSummary>> open() {
    return all(Credential::summary);
  }

  Supplier<List<Credential>> credentials() {
    return all(Member::copy);
  }

  Supplier<Page<CredentialSummary>> list(PageRequest page) {
    present("page", page);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              return table.page(
                  listOf(owner),
                  page,
                  member::after,
                  credential -> Member.isLive(credential, now) ? credential.summary() : null);
            });
  }

  Supplier<List<CredentialSummary>> findByWebsite(Website website, WebsiteMatch match) {
    List<Website> asked = new ArrayList<>(List.of(present("website", website)));
    if (present("match", match) == WebsiteMatch.WITH_PARENT_DOMAINS) {
      asked.addAll(website.parentDomains());
    }
    Supplier<List<CredentialSummary>> open = open();
    return () -> {
      List<CredentialSummary> vault = open.get();
      return asked.stream()
          .flatMap(place -> vault.stream().filter(c -> c.website().isSamePlaceAs(place)))
          .toList();
    };
  }

  private <T> Supplier<List<T>> all(Function<Credential, T> shown) {
    return () ->
        table.call(
            () -> {
              Instant now = table.now();
              return table.member(owner).credentials.values().stream()
                  .filter(credential -> Member.isLive(credential, now))
                  .map(shown)
                  .toList();
            });
  }

  /**
   * The caller's function runs outside the lock: it may take its time, and use the vault itself.
   */
  private Supplier<Credential> changed(CredentialId id, UnaryOperator<CredentialContent> change) {
    try (Credential seen = get(id).get()) {
      return update(id, seen.version(), present("changed content", change.apply(seen.content())));
    }
  }

  /** The copy is made at once: the caller may wipe its secrets before an executor gets here. */
  private CredentialContent checkedCopy(CredentialContent content) {
    inFuture("expiresAt", present("content", content).meta().expiresAt(), table.now());
    return Member.copy(content);
  }

  private Credential store(Member member, Credential credential) {
    table.script.commit(() -> member.credentials.put(credential.id().value(), credential));
    return Member.copy(credential);
  }

  /** Needs nobody to exist: what is not there is already deleted, in whoever's vault. */
  private boolean remove(CredentialId id, long seenVersion) {
    Member member = table.members.get(owner.value());
    Credential stored = member == null ? null : member.credentials.get(id.value());
    if (member == null || stored == null) {
      table.script.commit(() -> {});
      return false;
    }
    if (Member.isLive(stored, table.now())) {
      requireVersion(stored, seenVersion);
    }
    table.script.commit(() -> member.credentials.remove(id.value()));
    return true;
  }

  private static void requireVersion(Credential stored, long seenVersion) {
    if (stored.version() != seenVersion) {
      throw new VersionConflictException(
          "Credential " + stored.id() + " of user " + stored.owner(),
          seenVersion,
          stored.version());
    }
  }
}
