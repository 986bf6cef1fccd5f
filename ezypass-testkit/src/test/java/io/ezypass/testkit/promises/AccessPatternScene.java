package io.ezypass.testkit.promises;

import io.ezypass.BatchOptions;
import io.ezypass.EzyPass;
import io.ezypass.OperationEvent;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.health.HealthOptions;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.table.AccessPattern;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.DueCredential;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Brings about what each access pattern presupposes, and makes the call. */
final class AccessPatternScene {
  /** In the first shard of the directory, so that a page of one user is one Query. */
  static final UserId USER =
      IntStream.range(0, 1_000)
          .mapToObj(i -> UserId.of("user-" + i))
          .filter(user -> ItemKey.shard(user, 16) == 0)
          .findFirst()
          .orElseThrow();

  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);
  static final UserId OTHER = UserId.of("other");
  static final UserId SHARER = UserId.of("sharer");
  private static final UserProfile PROFILE = new UserProfile("tahir", "tahir@example.com", "Tahir");

  private final EzyPassLocal local;
  private final List<OperationEvent> events;

  AccessPatternScene(EzyPassLocal local, List<OperationEvent> events) {
    this.local = local;
    this.events = events;
  }

  Credential prepare(AccessPattern pattern) {
    VaultRepository vaults = local.repository();
    vaults.register(new NewUser(OTHER, new UserProfile(null, "other@example.com", null)));
    vaults.register(new NewUser(USER, PROFILE));
    vaults.register(NewUser.withId(SHARER));
    if (pattern == AccessPattern.OPEN_SHARED) {
      return shared(vaults.vault(SHARER), USER);
    }
    Vault vault = vaults.vault(USER);
    Credential credential =
        vault.add(
            switch (pattern) {
              case UPDATE_DUE, DELETE_FOR_GOOD_DUE, LIST_DUE, CHECK_DUE -> due(DAY);
              default -> content("github.com");
            });
    return switch (pattern) {
      case GET_MOVED, UPDATE_MOVED, DELETE_MOVED, DELETE_FOR_GOOD_MOVED ->
          vault.update(credential.id(), 1, content("gitlab.com"));
      case LIST_REVISIONS,
          GET_REVISION,
          COMPARE_REVISIONS,
          REVERT,
          DELETE_FOR_GOOD_REVISIONS,
          PURGE_REVISIONS -> {
        vault.update(credential.id(), 1, content("github.com", "second"));
        Credential third = vault.update(credential.id(), 2, content("github.com", "third"));
        if (pattern == AccessPattern.PURGE_REVISIONS) {
          vault.delete(third.id(), third.version());
        }
        yield third;
      }
      case SHARE_AGAIN, REVOKE, LIST_GRANTS, DELETE_SHARED, DELETE_FOR_GOOD_SHARED ->
          shared(vault, OTHER);
      case LIST_TRASH, RESTORE, PURGE, EMPTY_TRASH -> {
        vault.delete(credential.id(), 1);
        yield credential;
      }
      default -> credential;
    };
  }

  /** A credential of somebody else. */
  private static Credential shared(Vault vault, UserId recipient) {
    Credential credential = vault.add(content("github.com"));
    vault.sharing().share(credential.id(), NewGrant.to(recipient));
    return credential;
  }

  /**
   * Another process; what it is to move, it finds under another KMS key than its own, and what it
   * is to delete for good, it does not put into the trash.
   */
  EzyPass process(AccessPattern pattern) {
    return local.open(
        bare -> {
          EzyPass.Builder builder = bare.observer(events::add);
          return switch (pattern) {
            case MIGRATE -> builder.kmsKey(local.kms().createKey()).acceptedKmsKeys(local.kmsKey());
            case DELETE_FOR_GOOD,
                DELETE_FOR_GOOD_MOVED,
                DELETE_FOR_GOOD_REVISIONS,
                DELETE_FOR_GOOD_DUE,
                DELETE_FOR_GOOD_SHARED ->
                builder.policies(VaultPolicies.defaults().withTrash(TrashPolicy.off()));
            case ADD_AUDITED ->
                builder.policies(VaultPolicies.defaults().withAudit(AuditPolicy.keepForever()));
            case DELETE_FOR_GOOD_AUDITED ->
                builder.policies(
                    new VaultPolicies(
                        RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.keepForever()));
            default -> builder;
          };
        });
  }

  void call(
      AccessPattern pattern, VaultRepository vaults, VaultAdmin admin, Credential credential) {
    CredentialId id = credential.id();
    long seen = credential.version();
    switch (pattern) {
      case OPEN_VAULT -> vaults.vault(USER).open();
      case LIST_PAGE -> vaults.vault(USER).list(PageRequest.first(10));
      case FILTER_PAGE ->
          vaults.vault(USER).filter(CredentialFilter.favourites(), PageRequest.first(10));
      case SEARCH -> vaults.vault(USER).search(SearchQuery.of("github"));
      case GET, GET_MOVED -> vaults.vault(USER).get(id);
      case FIND_BY_WEBSITE ->
          vaults.vault(USER).findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT);
      case CHECK_HEALTH -> vaults.vault(USER).health(HealthOptions.reuse());
      case ADD, ADD_AUDITED -> vaults.vault(USER).add(content("example.com"));
      case ADD_DUE -> vaults.vault(USER).add(due(DAY));
      case UPDATE_DUE -> vaults.vault(USER).update(id, seen, due(DAY.plusDays(90)));
      case UPDATE, UPDATE_MOVED -> vaults.vault(USER).update(id, seen, credential.content());
      case CHANGE_WEBSITE -> vaults.vault(USER).update(id, seen, content("example.com"));
      case UPDATE_KEEPING -> vaults.vault(USER).update(id, seen, content("github.com", "other"));
      case DELETE,
          DELETE_MOVED,
          DELETE_FOR_GOOD,
          DELETE_FOR_GOOD_MOVED,
          DELETE_FOR_GOOD_REVISIONS,
          DELETE_FOR_GOOD_DUE,
          DELETE_SHARED,
          DELETE_FOR_GOOD_SHARED,
          DELETE_FOR_GOOD_AUDITED ->
          vaults.vault(USER).delete(id, seen);
      case LIST_REVISIONS -> vaults.vault(USER).history().list(id);
      case GET_REVISION -> vaults.vault(USER).history().get(id, 1);
      case COMPARE_REVISIONS -> vaults.vault(USER).history().compare(id, 1, 2);
      case REVERT -> vaults.vault(USER).history().revert(id, seen, 1);
      case LIST_TRASH -> vaults.vault(USER).trash().list(PageRequest.first(10));
      case RESTORE -> vaults.vault(USER).trash().restore(id, seen + 1);
      case PURGE, PURGE_REVISIONS -> vaults.vault(USER).trash().purge(id, seen + 1);
      case EMPTY_TRASH -> vaults.vault(USER).trash().empty();
      case SHARE -> vaults.vault(USER).sharing().share(id, NewGrant.to(OTHER));
      case SHARE_AGAIN -> vaults.vault(USER).sharing().share(id, NewGrant.to(SHARER));
      case REVOKE -> vaults.vault(USER).sharing().revoke(id, OTHER);
      case LIST_GRANTS -> vaults.vault(USER).sharing().grants(id);
      case LIST_RECEIVED -> vaults.vault(USER).sharing().received(PageRequest.first(10));
      case OPEN_SHARED -> vaults.vault(USER).sharing().open(SHARER, id).close();
      case LIST_AUDIT -> vaults.vault(USER).audit().list(AuditRange.all(), PageRequest.first(10));
      case ADD_MANY ->
          vaults
              .vault(USER)
              .batch()
              .add(
                  BatchId.of("batch"),
                  Collections.nCopies(99, content("example.com")),
                  BatchOptions.standard());
      case GET_MANY -> vaults.vault(USER).batch().get(List.of(id));
      case DELETE_MANY ->
          vaults
              .vault(USER)
              .batch()
              .delete(
                  BatchId.of("batch"),
                  List.of(new CredentialVersion(id, seen)),
                  BatchOptions.standard());
      case REGISTER -> vaults.register(NewUser.withEmail("new@example.com"));
      case FIND_USER -> vaults.findUser(USER);
      case FIND_USER_BY_KEY -> vaults.findUserBy(UserKey.username("TAHIR"));
      case UPDATE_USER -> vaults.updateUser(USER, 1, PROFILE.withDisplayName("T."));
      case CHANGE_USER_KEY -> vaults.updateUser(USER, 1, PROFILE.withEmail("t@example.com"));
      case LIST_USERS -> vaults.listUsers(PageRequest.first(1));
      case LIST_DUE -> vaults.due().list(DAY, PageRequest.first(1));
      case CHECK_DUE -> vaults.due().check(new DueCredential(USER, id, DAY));
      case DELETE_USER -> vaults.deleteUser(USER);
      case RESOLVE -> vaults.resolve(pending(credential));
      case MIGRATE -> admin.migrate(USER, Mode.APPLY);
      case ROTATE -> admin.rotate(USER, JobOptions.unpaced());
      case ROTATION_STATUS -> admin.rotationStatus(USER);
    }
  }

  private PendingWrite pending(Credential credential) {
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.UPDATE,
            local.tableId().bytes(),
            new byte[16],
            USER,
            credential.id(),
            credential.version() + 1));
  }

  private static CredentialContent due(LocalDate day) {
    return content("github.com").toBuilder().rotateBy(day).build();
  }

  private static CredentialContent content(String website) {
    return content(website, "correct horse");
  }

  private static CredentialContent content(String website, String password) {
    return CredentialContent.builder()
        .website(website)
        .login("tahir")
        .password(Secret.of(password))
        .build();
  }
}
