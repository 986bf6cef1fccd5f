package io.ezypass.testkit.model;

import io.ezypass.Vault;
import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Revision;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.model.Side.Party;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Calls that show the whole of what is stored. */
final class Everything {
  private final World world;
  private final List<Call> calls = new ArrayList<>();

  Everything(World world) {
    this.world = world;
  }

  List<Call> calls() {
    int limit = 1 + world.random.nextInt(9);
    calls.add(Call.bag("users", party -> Pages.all(party.repository()::listUsers, limit)));
    for (UserId user : World.USERS) {
      calls.add(Call.of("user " + user, party -> party.repository().findUser(user)));
      vault(user, limit);
      for (String name : world.names(user)) {
        credential(user, name);
      }
    }
    for (int day = -3; day <= 5; day++) {
      due(world.today().plusDays(day), limit);
    }
    return calls;
  }

  private void vault(UserId owner, int limit) {
    vault(owner, "open", vault -> vault.open());
    vault(owner, "list", vault -> Pages.all(vault::list, limit));
    vault(owner, "credentials", vault -> vault.credentials().toList());
    vault(owner, "trash", vault -> Pages.all(vault.trash()::list, limit));
    calls.add(
        new Call(
            "audit trail of " + owner,
            party ->
                party
                    .shown()
                    .events(
                        Pages.all(
                            page -> party.vault(owner).audit().list(AuditRange.all(), page),
                            limit))));
    CredentialFilter filter = CredentialFilter.tagged("WORK");
    vault(owner, "filter", vault -> Pages.all(page -> vault.filter(filter, page), limit));
    vault(owner, "given", vault -> Pages.all(vault.sharing()::given, limit));
    vault(owner, "received", vault -> received(vault, limit));
    vault(owner, "search", vault -> vault.search(SearchQuery.of("example")));
    for (Website site : Contents.WEBSITES) {
      vault(
          owner,
          "find " + site.written(),
          vault -> vault.findByWebsite(site, WebsiteMatch.WITH_PARENT_DOMAINS));
    }
  }

  private void vault(UserId owner, String what, java.util.function.Function<Vault, List<?>> read) {
    calls.add(Call.bag(what + " of " + owner, party -> read.apply(party.vault(owner))));
  }

  /** With what opening each of them shows. */
  private static List<Object> received(Vault vault, int limit) {
    List<Object> all = new ArrayList<>();
    for (SharedCredential shared : Pages.all(vault.sharing()::received, limit)) {
      all.add(shared);
      all.add(vault.sharing().open(shared.owner(), shared.id()));
    }
    return all;
  }

  /** With whom it is shared, each kept version, and how it differs from the current one. */
  private void credential(UserId owner, String name) {
    calls.add(Call.of(name + " of " + owner, party -> party.vault(owner).get(party.id(name))));
    calls.add(
        Call.of(
            "grants of " + name + " of " + owner,
            party -> party.vault(owner).sharing().grants(party.id(name))));
    calls.add(
        new Call("history of " + name + " of " + owner, party -> history(party, owner, name)));
  }

  private static String history(Party party, UserId owner, String name) {
    CredentialId id = party.id(name);
    Vault vault = party.vault(owner);
    List<Object> all = new ArrayList<>(vault.history().list(id));
    for (Revision revision : vault.history().list(id)) {
      all.add(vault.history().get(id, revision.version()));
      all.add(vault.history().compare(id, revision.version(), vault.get(id).version()));
    }
    return party.shown().list(all);
  }

  /** With what checking each of them says. */
  private void due(LocalDate day, int limit) {
    calls.add(
        Call.bag(
            "due on " + day,
            party -> {
              List<Object> all = new ArrayList<>();
              for (DueCredential due :
                  Pages.all(page -> party.repository().due().list(day, page), 10 * limit)) {
                all.add(due);
                all.add(party.repository().due().check(due).map(CredentialSummary::meta));
              }
              return all;
            }));
  }
}
