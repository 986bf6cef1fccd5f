package io.ezypass.internal.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

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
  /** {@code vault.delete(id, version)}. */
  DELETE("delete", "pk = user, sk = CRED# id", list("DeleteItem"), list("DeleteItem"), 0),
  /** {@code vault.delete(id, version)} once the website has changed. */
  DELETE_MOVED(
      "delete, once moved",
      "pk = user, sk = CRED# id and its target",
      list("DeleteItem", "TransactWriteItems"),
      list("DeleteItem", "TransactWriteItems"),
      0),
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
      list("TransactWriteItems", "GenerateDataKey"),
      list("TransactWriteItems", "GenerateDataKey"),
      0),
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
  LIST_USERS("list users, per shard", "pk = USERS# shard", list("Query"), list("Query"), 0),
  /** {@code repository.deleteUser(id)}, first call. */
  DELETE_USER(
      "delete a user, per 99 rows",
      "pk = user",
      list("BatchGetItem", "TransactWriteItems", "Query", "TransactWriteItems"),
      list("BatchGetItem", "TransactWriteItems", "Query", "TransactWriteItems"),
      0),
  /** {@code repository.resolve(pending)}. */
  RESOLVE(
      "resolve a pending write",
      "pk = user, sk = CRED# id or PROFILE",
      list("GetItem"),
      list("GetItem"),
      0),
  /** {@code admin.migrate(user, APPLY)}; it needs no opened keys, so warm is cold. */
  MIGRATE(
      "move a user to another KMS key",
      "pk = user, sk = KEYS",
      list("GetItem", "UpdateItem", "ReEncrypt"),
      list("GetItem", "UpdateItem", "ReEncrypt"),
      0),
  /** {@code admin.rotate(…)}, whatever is cached; every item more is an UpdateItem more. */
  ROTATE("rotate a vault key, with one credential", "pk = user", rotation(), rotation(), 0),
  /** {@code admin.rotationStatus(…)}, whatever is cached. */
  ROTATION_STATUS(
      "look how far a rotation is",
      "pk = user",
      list("GetItem", "Query", "Decrypt"),
      list("GetItem", "Query", "Decrypt"),
      0);

  private final String operation;
  private final String keyCondition;
  private final List<String> warm;
  private final List<String> cold;

  AccessPattern(String operation, String keyCondition, List<String> warm, List<String> cold) {
    this(operation, keyCondition, warm, cold, 1);
  }

  AccessPattern(
      String operation, String keyCondition, List<String> warm, List<String> cold, int decrypts) {
    this.operation = operation;
    this.keyCondition = keyCondition;
    this.warm = warm;
    List<String> all = new ArrayList<>(cold);
    for (int i = 0; i < decrypts; i++) {
      all.add("Decrypt");
    }
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
    SortedSet<String> actions = new TreeSet<>();
    for (String request : cold) {
      switch (request) {
        case "Decrypt", "GenerateDataKey" -> actions.add("kms:" + request);
        case "ReEncrypt" -> actions.addAll(list("kms:ReEncryptFrom", "kms:ReEncryptTo"));
        case "TransactWriteItems" -> actions.addAll(transactionActions());
        default -> actions.add("dynamodb:" + request);
      }
    }
    return actions;
  }

  /** A row of the documents' table: operation, key condition, warm, cold. */
  public String markdownRow() {
    return "| "
        + String.join(" | ", operation, "`" + keyCondition + "`", summary(warm), summary(cold))
        + " |";
  }

  /** A transaction needs the permissions of what is in it. */
  private List<String> transactionActions() {
    return switch (this) {
      case REGISTER -> list("dynamodb:PutItem");
      case DELETE_MOVED -> list("dynamodb:DeleteItem");
      case DELETE_USER ->
          list(
              "dynamodb:PutItem",
              "dynamodb:DeleteItem",
              "dynamodb:UpdateItem",
              "dynamodb:ConditionCheckItem");
      default -> list("dynamodb:PutItem", "dynamodb:DeleteItem");
    };
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
