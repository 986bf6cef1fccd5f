package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.inFuture;
import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.VersionConflictException;
import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.SearchRanking;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
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
  private final VaultPolicies policies;

  VaultCalls(Table table, Actors actors, UserId owner, VaultPolicies policies) {
    this.table = table;
    this.actors = actors;
    this.owner = owner;
    this.policies = policies;
  }

  /** The name under which page tokens of a vault are issued. */
  static String listOf(UserId owner) {
    return "vault " + owner.value();
  }

  /** The same of a filtered vault: the parts of the filter, of which none has a line break. */
  private static String listOf(UserId owner, CredentialFilter filter) {
    return String.join(
        "\n",
        listOf(owner),
        String.valueOf(filter.favouritesOnly()),
        String.valueOf(filter.websiteKind()),
        String.join("\n", filter.tags()));
  }

  UserId owner() {
    return owner;
  }

  BatchCalls batch() {
    return new BatchCalls(table, actors, owner, policies);
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
              return store(
                  member, new Credential(id, owner, own, audit, 1), Revisions.NONE, Action.ADD);
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
    return change(
        id,
        seenVersion,
        Action.UPDATE,
        stored -> {
          ContentSize.check(own);
          return own;
        });
  }

  /** The next version of what is stored, if it still has the version seen. */
  Supplier<Credential> change(
      CredentialId id,
      long seenVersion,
      Action action,
      Function<Credential, CredentialContent> next) {
    Actor by = actors.actingFor(owner);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              Credential stored = member.live(id, now);
              if (stored.version() != seenVersion) {
                throw TrashCalls.conflict(stored, seenVersion);
              }
              CredentialContent content = next.apply(stored);
              Revisions kept =
                  member.revisions(id).after(stored, content, policies.revisions(), now);
              Audit audit = stored.audit().updated(now, by);
              return store(
                  member, new Credential(id, owner, content, audit, seenVersion + 1), kept, action);
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

  HistoryCalls history() {
    return new HistoryCalls(table, this, owner);
  }

  TrashCalls trash() {
    return new TrashCalls(table, actors, owner, policies);
  }

  AuditCalls audit() {
    return new AuditCalls(table, owner);
  }

  SharingCalls sharing() {
    return new SharingCalls(table, actors, owner, policies.audit());
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

  Supplier<Page<CredentialSummary>> filter(CredentialFilter filter, PageRequest page) {
    present("filter", filter);
    present("page", page);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              return table.page(
                  listOf(owner, filter),
                  page,
                  member::after,
                  credential ->
                      Member.isLive(credential, now) && filter.matches(credential.content().meta())
                          ? credential.summary()
                          : null);
            });
  }

  Supplier<List<SearchHit>> search(SearchQuery query) {
    present("query", query);
    Supplier<List<CredentialSummary>> open = open();
    return () -> {
      SearchRanking ranking = SearchRanking.of(query);
      open.get().forEach(ranking::add);
      return ranking.best();
    };
  }

  /** The estimator runs outside the lock, as the function given to {@link #edit} does. */
  Supplier<HealthReport> health(HealthOptions options) {
    present("options", options);
    Supplier<List<Credential>> credentials = credentials();
    return () -> PasswordHealth.judge(owner, credentials.get(), options, table.now());
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

  private Credential store(Member member, Credential credential, Revisions kept, Action action) {
    Audit audit = credential.audit();
    AuditedChange change = AuditTrail.change(action, credential);
    table.script.commit(
        () -> {
          member.put(credential, kept);
          member.trail.record(
              policies.audit(), audit.updatedAt(), audit.updatedBy(), List.of(change));
        });
    return Member.copy(credential);
  }
}
