package io.ezypass.testkit.tamper;

import io.ezypass.BatchOptions;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.NewGrant;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A call that reads items.
 *
 * @param name the call
 * @param opensSecrets whether it opens the secret part of credentials
 * @param call gives what it read
 */
record ReadPath(String name, boolean opensSecrets, Function<Caller.Views, Object> call) {

  private static ReadPath of(String name, Function<VaultRepository, Object> call) {
    return new ReadPath(name, false, views -> call.apply(views.vaults()));
  }

  private static ReadPath whole(String name, Function<VaultRepository, Object> call) {
    return new ReadPath(name, true, views -> call.apply(views.vaults()));
  }

  static ReadPath get(UserId user, CredentialId id) {
    return whole("get", vaults -> vaults.vault(user).get(id));
  }

  /** All that reads a credential by its id. The version is the stored one, so that it does read. */
  static List<ReadPath> byId(UserId user, CredentialId id, long version) {
    CredentialContent same = TamperScene.content("github.com");
    CredentialContent elsewhere = TamperScene.content("elsewhere.example");
    return List.of(
        get(user, id),
        whole(
            "edit",
            vaults -> vaults.vault(user).edit(id, read -> read.toBuilder().title("x").build())),
        of(
            "check what is due",
            vaults -> vaults.due().check(new DueCredential(user, id, DueRows.DAY))),
        of("update", vaults -> vaults.vault(user).update(id, version, same)),
        of("change of website", vaults -> vaults.vault(user).update(id, version, elsewhere)));
  }

  /** All that lists a vault. */
  static List<ReadPath> listing(UserId user) {
    return List.of(
        whole("credentials", vaults -> vaults.vault(user).credentials().toList()),
        of("open", vaults -> vaults.vault(user).open()),
        of("list", vaults -> vaults.vault(user).list(PageRequest.first(100))),
        of("filter", vaults -> filter(vaults.vault(user))),
        of("search", vaults -> vaults.vault(user).search(SearchQuery.of("example"))),
        of("summaries", vaults -> vaults.vault(user).summaries().toList()));
  }

  /** All that reads a revision. The versions are the stored ones, so that it does read. */
  static List<ReadPath> revision(UserId user, CredentialId id, long version, long current) {
    return List.of(
        whole("history get", vaults -> vaults.vault(user).history().get(id, version)),
        of("history list", vaults -> vaults.vault(user).history().list(id)),
        whole("compare", vaults -> vaults.vault(user).history().compare(id, version, current)),
        whole("revert", vaults -> vaults.vault(user).history().revert(id, current, version)));
  }

  static ReadPath restore(UserId user, CredentialId id, long version) {
    return whole("restore", vaults -> vaults.vault(user).trash().restore(id, version));
  }

  /** All that lists the trash. */
  static List<ReadPath> trash(UserId user) {
    return List.of(
        of("trash list", vaults -> vaults.vault(user).trash().list(PageRequest.first(100))),
        of("empty the trash", vaults -> vaults.vault(user).trash().empty()));
  }

  static ReadPath findByWebsite(UserId user, String website) {
    return of("find by website", vaults -> find(vaults.vault(user), Website.of(website)));
  }

  private static Object filter(Vault vault) {
    return vault.filter(CredentialFilter.everything(), PageRequest.first(100));
  }

  private static List<CredentialSummary> find(Vault vault, Website website) {
    return vault.findByWebsite(website, WebsiteMatch.EXACT);
  }

  /** All that follows a claim. */
  static ReadPath findBy(UserKey key) {
    return of("find user by " + key.kind(), vaults -> vaults.findUserBy(key));
  }

  static ReadPath findUser(UserId user) {
    return of("find user", vaults -> vaults.findUser(user));
  }

  /** All that reads a profile. */
  static List<ReadPath> profile(UserId user, UserProfile stored, long version) {
    List<ReadPath> paths = new ArrayList<>(List.of(findUser(user)));
    paths.add(findBy(UserKey.email(String.valueOf(stored.email()))));
    paths.add(findBy(UserKey.username(String.valueOf(stored.username()))));
    paths.add(
        of(
            "update user",
            vaults ->
                vaults.updateUser(
                    user, version, new UserProfile(stored.username(), stored.email(), "x"))));
    paths.add(
        of(
            "change of e-mail address",
            vaults ->
                vaults.updateUser(
                    user, version, new UserProfile(stored.username(), "x@example.com", "x"))));
    return paths;
  }

  static ReadPath listDue(LocalDate day) {
    return of("list what is due", vaults -> vaults.due().list(day, PageRequest.first(100)));
  }

  /** All that reads a grant of a credential to a recipient. */
  static List<ReadPath> grant(UserId owner, CredentialId id, UserId recipient) {
    return List.of(
        of("grants", vaults -> vaults.vault(owner).sharing().grants(id)),
        of("given", vaults -> vaults.vault(owner).sharing().given(PageRequest.first(100))),
        of("open shared", vaults -> vaults.vault(recipient).sharing().open(owner, id)),
        of("share", vaults -> vaults.vault(owner).sharing().share(id, NewGrant.to(recipient))));
  }

  static ReadPath received(UserId user) {
    return of("received", vaults -> vaults.vault(user).sharing().received(PageRequest.first(100)));
  }

  /** A batch that has run already. */
  static ReadPath batchAgain(UserId user) {
    return of(
        "batch",
        vaults ->
            vaults
                .vault(user)
                .batch()
                .add(LogRows.BATCH, LogRows.contents(), BatchOptions.standard()));
  }

  static ReadPath audit(UserId user) {
    return of(
        "audit trail",
        vaults -> vaults.vault(user).audit().list(AuditRange.all(), PageRequest.first(100)));
  }

  static ReadPath add(UserId user) {
    return of("add", vaults -> vaults.vault(user).add(TamperScene.content("github.com")));
  }

  static ReadPath listUsers() {
    return of("list users", vaults -> vaults.listUsers(PageRequest.first(100)));
  }

  static ReadPath unfinishedDeletions() {
    return new ReadPath(
        "unfinished deletions",
        false,
        views -> views.admin().unfinishedDeletions(PageRequest.first(100)));
  }
}
