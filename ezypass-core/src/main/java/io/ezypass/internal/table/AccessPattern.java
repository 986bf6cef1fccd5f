package io.ezypass.internal.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The catalogue of access patterns: what each operation sends, with the keys it needs in the key
 * cache ("warm") and without ("cold"). Tests count the requests really sent against it, and the
 * tables in the documents are checked against it. No pattern scans.
 *
 * <p>Not counted here: the first use of a table in a process adds a GetItem for its root, the first
 * use of its lookup key a GetItem and a KMS call, an alias a DescribeKey per process.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
public enum AccessPattern {
  /** {@code vault.open()}, {@code summaries()}, {@code credentials()}. */
  OPEN_VAULT(
      "open a vault", "pk = user AND sk BETWEEN CRED# AND PROFILE", list("Query"), list("Query")),
  /** {@code vault.list(page)}. */
  LIST_PAGE(
      "list a page",
      "pk = user AND begins_with(sk, CRED#)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.filter(filter, page)}. */
  FILTER_PAGE(
      "list a filtered page, per megabyte read",
      "pk = user AND begins_with(sk, CRED#)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.search(query)}. */
  SEARCH(
      "search a vault", "pk = user AND sk BETWEEN CRED# AND PROFILE", list("Query"), list("Query")),
  /** {@code vault.get(id)}. */
  GET("get by id", "pk = user, sk = CRED# id", list("GetItem"), list("BatchGetItem")),
  /** {@code vault.get(id)} once the website has changed. */
  GET_MOVED(
      "get by id, once moved",
      "pk = user, sk = CRED# id, then its target",
      list("GetItem", "GetItem"),
      list("BatchGetItem", "GetItem")),
  /** {@code vault.findByWebsite(website, EXACT)}. */
  FIND_BY_WEBSITE(
      "find by website, per website asked",
      "pk = user AND begins_with(sk, CRED# tag)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.health(options)}, which opens the secrets too. */
  CHECK_HEALTH(
      "check password health",
      "pk = user AND sk BETWEEN CRED# AND PROFILE",
      list("Query"),
      list("Query")),
  /** {@code vault.add(content)}. */
  ADD("add", "pk = user, sk = CRED# tag rand", list("PutItem"), list("GetItem", "PutItem")),
  /** {@code vault.add(content)} with a {@code rotateBy}. */
  ADD_DUE(
      "add with a due date",
      "pk = user, sk = CRED# tag rand; pk = DUE# tag, sk = user rand",
      list("TransactWriteItems"),
      list("GetItem", "TransactWriteItems")),
  /** {@code vault.update(…)}, and each round of {@code edit}. */
  UPDATE(
      "update, same website",
      "pk = user, sk = CRED# id",
      list("GetItem", "PutItem"),
      list("BatchGetItem", "PutItem")),
  /** {@code vault.update(…)} once the website has changed. */
  UPDATE_MOVED(
      "update, once moved",
      "pk = user, sk = CRED# id, then its target",
      list("GetItem", "GetItem", "PutItem"),
      list("BatchGetItem", "GetItem", "PutItem")),
  /** {@code vault.update(…)} with another website. */
  CHANGE_WEBSITE(
      "change website",
      "pk = user, sk = CRED# id and the new place",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.update(…)} of what the revision policy keeps. */
  UPDATE_KEEPING(
      "update that keeps a revision",
      "pk = user, sk = CRED# id and REV# rand version",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.update(…)} with another {@code rotateBy}, or with another end of what is due. */
  UPDATE_DUE(
      "update that changes the due date",
      "pk = user, sk = CRED# id; pk = DUE# tag, sk = user rand",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.delete(id, version)}, into the trash. */
  DELETE(
      "delete",
      "pk = user, sk = CRED# id and TRASH# rand",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} once the website has changed. */
  DELETE_MOVED(
      "delete, once moved",
      "pk = user, sk = CRED# id, its target and TRASH# rand",
      list("GetItem", "GetItem", "TransactWriteItems"),
      list("BatchGetItem", "GetItem", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} where the policy has no trash. */
  DELETE_FOR_GOOD(
      "delete without trash",
      "pk = user AND begins_with(sk, REV# rand), then sk = CRED# id",
      list("Query", "DeleteItem")),
  /** {@code vault.delete(id, version)} without trash once the website has changed. */
  DELETE_FOR_GOOD_MOVED(
      "delete without trash, once moved",
      "pk = user AND begins_with(sk, REV# rand), then sk = CRED# id and its target",
      list("Query", "DeleteItem", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} without trash of what has revisions. */
  DELETE_FOR_GOOD_REVISIONS(
      "delete without trash, with revisions",
      "pk = user AND begins_with(sk, REV# rand), then sk = CRED# id",
      list("Query", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} without trash of what is due, and so names another row. */
  DELETE_FOR_GOOD_DUE(
      "delete without trash, with a due date",
      "pk = user AND begins_with(sk, REV# rand), then sk = CRED# id; pk = DUE# tag, sk = user rand",
      list("Query", "DeleteItem", "TransactWriteItems")),
  /** {@code vault.history().list(id)} of what has revisions. */
  LIST_REVISIONS(
      "list revisions",
      "pk = user, sk = CRED# id, then begins_with(sk, REV# rand)",
      list("GetItem", "Query"),
      list("BatchGetItem", "Query")),
  /** {@code vault.history().get(id, version)} of an earlier version. */
  GET_REVISION(
      "read a revision",
      "pk = user, sk = CRED# id, then REV# rand version",
      list("GetItem", "GetItem"),
      list("BatchGetItem", "GetItem")),
  /** {@code vault.history().compare(id, version, other)} of two earlier versions. */
  COMPARE_REVISIONS(
      "compare two revisions",
      "pk = user, sk = CRED# id, then REV# rand version",
      list("GetItem", "GetItem", "GetItem"),
      list("BatchGetItem", "GetItem", "GetItem")),
  /** {@code vault.history().revert(id, version, toVersion)}. */
  REVERT(
      "revert to a revision",
      "pk = user, sk = CRED# id and REV# rand version",
      list("GetItem", "GetItem", "TransactWriteItems"),
      list("BatchGetItem", "GetItem", "TransactWriteItems")),
  /** {@code vault.trash().list(page)}. */
  LIST_TRASH(
      "list the trash",
      "pk = user AND begins_with(sk, TRASH#)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.trash().restore(id, version)}. */
  RESTORE(
      "restore",
      "pk = user, sk = TRASH# rand and CRED# id",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.trash().purge(id, version)}. */
  PURGE(
      "purge",
      "pk = user AND begins_with(sk, REV# rand), then sk = TRASH# rand",
      list("Query", "DeleteItem")),
  /** {@code vault.trash().purge(id, version)} of what has revisions. */
  PURGE_REVISIONS(
      "purge, with revisions",
      "pk = user AND begins_with(sk, REV# rand), then sk = TRASH# rand",
      list("Query", "TransactWriteItems")),
  /** {@code vault.trash().empty()}; every credential more is a purge more. */
  EMPTY_TRASH(
      "empty the trash, with one credential",
      "pk = user AND begins_with(sk, TRASH#), then as purge",
      list("Query", "Query", "DeleteItem"),
      list("GetItem", "Query", "Query", "DeleteItem")),
  /** {@code vault.sharing().share(…)} of what was never shared. */
  SHARE(
      "share",
      "pk = user, sk = CRED# id and SHARE# id recipient; pk = recipient, sk = SHAREIN# user id",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code vault.sharing().share(…)} of what was shared before. */
  SHARE_AGAIN(
      "share what was shared before",
      "the same, and pk = user AND begins_with(sk, SHARE# id)",
      list("GetItem", "Query", "TransactWriteItems"),
      list("BatchGetItem", "Query", "TransactWriteItems")),
  /** {@code vault.sharing().revoke(…)}. */
  REVOKE(
      "revoke",
      "pk = user, sk = CRED# id and SHARE# id recipient; pk = recipient, sk = SHAREIN# user id",
      list("GetItem", "TransactWriteItems")),
  /** {@code vault.sharing().grants(id)}, and a page of {@code given(page)}. */
  LIST_GRANTS(
      "list the grants of one, or of all",
      "pk = user AND begins_with(sk, SHARE# id), or SHARE#",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.sharing().received(page)}. */
  LIST_RECEIVED(
      "list what others share",
      "pk = user AND begins_with(sk, SHAREIN#)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.sharing().open(owner, id)}, cold for both users. */
  OPEN_SHARED(
      "open what another shares",
      "pk = owner, sk = SHARE# id user, CRED# id and KEYS",
      list("TransactGetItems"),
      list("GetItem", "TransactGetItems"),
      2),
  /** {@code vault.delete(id, version)}, into the trash, of what was shared. */
  DELETE_SHARED(
      "delete what was shared",
      "as delete, and pk = user AND begins_with(sk, SHARE# id)",
      list("GetItem", "Query", "TransactWriteItems"),
      list("BatchGetItem", "Query", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} without trash of what was shared. */
  DELETE_FOR_GOOD_SHARED(
      "delete without trash, what was shared",
      "as delete without trash, and pk = user AND begins_with(sk, SHARE# id)",
      list("Query", "DeleteItem", "Query", "TransactWriteItems")),
  /** {@code vault.audit().list(range, page)}. */
  LIST_AUDIT(
      "list the audit trail",
      "pk = user AND begins_with(sk, AUDIT#)",
      list("Query"),
      list("GetItem", "Query")),
  /** {@code vault.add(content)} with an audit trail: a Query more, and a transaction. */
  ADD_AUDITED(
      "add, with an audit trail",
      "pk = user AND begins_with(sk, AUDIT#), then sk = AUDIT# month number and CRED# tag rand",
      list("Query", "TransactWriteItems"),
      list("GetItem", "Query", "TransactWriteItems")),
  /** {@code vault.delete(id, version)} without trash, which with an audit trail needs keys. */
  DELETE_FOR_GOOD_AUDITED(
      "delete without trash, with an audit trail",
      "pk = user AND begins_with(sk, REV# rand), the same of AUDIT#, then sk = CRED# id",
      list("Query", "Query", "TransactWriteItems"),
      list("Query", "GetItem", "Query", "TransactWriteItems")),
  /** {@code vault.batch().add(…)}; run again, only the Query. */
  ADD_MANY(
      "add many, per 99",
      "pk = user, sk = BATCH# tag chunk and CRED# tag rand",
      list("Query", "TransactWriteItems"),
      list("GetItem", "Query", "TransactWriteItems")),
  /** {@code vault.batch().get(…)}. */
  GET_MANY(
      "get many, per 100",
      "pk = user, sk = CRED# id",
      list("BatchGetItem"),
      list("GetItem", "BatchGetItem")),
  /** {@code vault.batch().delete(…)}; run again, only the Query. */
  DELETE_MANY(
      "delete many, per 49",
      "pk = user, sk = BATCH# tag chunk, CRED# id and TRASH# rand",
      list("Query", "BatchGetItem", "TransactWriteItems"),
      list("GetItem", "Query", "BatchGetItem", "TransactWriteItems")),
  /** {@code repository.register(user)}; it makes the keys, so it is neither warm nor cold. */
  REGISTER(
      "register",
      "KEYS, PROFILE, claims, directory row",
      list("TransactWriteItems", "GenerateDataKey")),
  /** {@code repository.findUser(id)}. */
  FIND_USER("find a user by id", "pk = user, sk = PROFILE", list("GetItem"), list("BatchGetItem")),
  /** {@code repository.findUserBy(key)}. */
  FIND_USER_BY_KEY(
      "find a user by e-mail or username",
      "pk = EMAIL# or NAME# tag, then PROFILE",
      list("GetItem", "GetItem"),
      list("GetItem", "BatchGetItem")),
  /** {@code repository.updateUser(…)}. */
  UPDATE_USER(
      "update a user",
      "pk = user, sk = PROFILE",
      list("GetItem", "PutItem"),
      list("BatchGetItem", "PutItem")),
  /** {@code repository.updateUser(…)} with another e-mail address or username. */
  CHANGE_USER_KEY(
      "change e-mail or username",
      "PROFILE and the claims",
      list("GetItem", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems")),
  /** {@code repository.listUsers(page)}. */
  LIST_USERS("list users, per shard", "pk = USERS# shard", list("Query")),
  /** {@code repository.due().list(day, page)}. */
  LIST_DUE("list what is due on a day, per shard", "pk = DUE# tag", list("Query")),
  /** {@code repository.due().check(due)}; it needs that user's keys. */
  CHECK_DUE("check what is due", "pk = user, sk = CRED# id", list("GetItem"), list("BatchGetItem")),
  /** {@code repository.deleteUser(id)}, first call. */
  DELETE_USER(
      "delete a user, per 99 rows",
      "pk = user",
      list("BatchGetItem", "TransactWriteItems", "Query", "TransactWriteItems")),
  /** {@code repository.resolve(pending)} of what is where it was; otherwise a GetItem more. */
  RESOLVE("resolve a pending write", "pk = user, sk = CRED# id or PROFILE", list("GetItem")),
  /** {@code admin.migrate(user, APPLY)}; it needs no opened keys, so warm is cold. */
  MIGRATE(
      "move a user to another KMS key",
      "pk = user, sk = KEYS",
      list("GetItem", "UpdateItem", "ReEncrypt")),
  /** {@code admin.rotate(…)}, whatever is cached; every item more is an UpdateItem more. */
  ROTATE("rotate a vault key, with one credential", "pk = user", rotation()),
  /** {@code admin.rotationStatus(…)}, whatever is cached. */
  ROTATION_STATUS("look how far a rotation is", "pk = user", list("GetItem", "Query", "Decrypt"));

  private final String operation;
  private final String keyCondition;
  private final List<String> warm;
  private final List<String> cold;

  /** What needs no user's cached keys, or opens them whatever is cached. */
  AccessPattern(String operation, String keyCondition, List<String> always) {
    this(operation, keyCondition, always, always, 0);
  }

  AccessPattern(String operation, String keyCondition, List<String> warm, List<String> cold) {
    this(operation, keyCondition, warm, cold, 1);
  }

  AccessPattern(
      String operation, String keyCondition, List<String> warm, List<String> cold, int decrypts) {
    this.operation = operation;
    this.keyCondition = keyCondition;
    this.warm = warm;
    List<String> all = new ArrayList<>(cold);
    all.addAll(Collections.nCopies(decrypts, "Decrypt"));
    this.cold = List.copyOf(all);
  }

  /** The operation in words. */
  public String operation() {
    return operation;
  }

  /** Which keys it asks for. */
  public String keyCondition() {
    return keyCondition;
  }

  /** Requests and KMS calls with cached keys, by AWS's operation names. */
  public List<String> warm() {
    return warm;
  }

  /** Requests and KMS calls without cached keys. */
  public List<String> cold() {
    return cold;
  }

  /** The IAM actions that it needs. */
  public SortedSet<String> iamActions() {
    return Permissions.of(this);
  }

  /** A row of the documents' table: operation, key condition, warm, cold. */
  public String markdownRow() {
    return "| "
        + String.join(" | ", operation, "`" + keyCondition + "`", summary(warm), summary(cold))
        + " |";
  }

  private static String summary(List<String> requests) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    requests.forEach(request -> counts.merge(request, 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((request, count) -> parts.add(count + " " + request));
    return String.join(" + ", parts);
  }

  /** Keys read anew, headers looked at, KEYS written and read back, rows rewritten, headers. */
  private static List<String> rotation() {
    return list(
        "GetItem",
        "Query",
        "PutItem",
        "GetItem",
        "Query",
        "UpdateItem",
        "UpdateItem",
        "Query",
        "Decrypt",
        "GenerateDataKey",
        "Decrypt");
  }

  private static List<String> list(String... requests) {
    return List.of(requests);
  }
}
