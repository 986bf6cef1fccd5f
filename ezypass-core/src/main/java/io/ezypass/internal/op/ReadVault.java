package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Opens a vault: one descending Query a page, keys and profile first, so that even cold it costs
 * the same Queries and one KMS call.
 */
public final class ReadVault {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  /** The use case. */
  public ReadVault(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /**
   * A part of a vault. The sort key never leaves the library.
   *
   * @param next behind which sort key the vault goes on; null at its end
   */
  public record Part<T>(List<T> items, @Nullable String next) {}

  /** All summaries. */
  public Plan<List<CredentialSummary>> all(UserId owner) {
    return all(owner, null, new ArrayList<>());
  }

  /** One part of the summaries. */
  public Plan<Part<CredentialSummary>> summaries(UserId owner, @Nullable String after) {
    return part(
        owner, after, (keys, item) -> CredentialRow.openMeta(keys, item), CredentialRow::summary);
  }

  /** One part of the credentials with their secrets. */
  public Plan<Part<Credential>> credentials(UserId owner, @Nullable String after) {
    return part(
        owner,
        after,
        (keys, item) -> CredentialRow.openWhole(keys, item),
        CredentialRow::credential);
  }

  private Plan<List<CredentialSummary>> all(
      UserId owner, @Nullable String after, List<CredentialSummary> sofar) {
    return summaries(owner, after)
        .then(
            part -> {
              sofar.addAll(part.items());
              return part.next() == null
                  ? Plan.done(List.copyOf(sofar))
                  : all(owner, part.next(), sofar);
            });
  }

  private <T> Plan<Part<T>> part(
      UserId owner,
      @Nullable String after,
      BiFunction<UserKeys, Item, CredentialRow> opener,
      java.util.function.Function<CredentialRow, T> view) {
    String partition = ItemKey.partition(owner);
    return access.cached(
        owner,
        keys ->
            page(partition, after)
                .then(
                    page -> {
                      if (after == null && !KeyAccess.isLive(keysItem(page))) {
                        throw new UserNotFoundException(owner);
                      }
                      return open(keys, page, opener, view);
                    }),
        () -> {
          if (after != null) {
            return access.keys(owner, keys -> part(owner, after, opener, view));
          }
          long askedAt = env.nanoTime().getAsLong();
          return page(partition, null)
              .then(
                  page ->
                      access.opened(
                          owner, keysItem(page), askedAt, keys -> open(keys, page, opener, view)));
        });
  }

  /**
   * 1 Query. The first page is read on until it is past KEYS: a page may be empty and still not be
   * the last, and what it does not show yet must not be taken for absent.
   */
  private Plan<Reads.ItemPage> page(String partition, @Nullable String after) {
    return reads
        .query(env.requests().open(partition, after))
        .then(
            page -> {
              String last = page.lastSortKey();
              return last != null && last.compareTo(ItemKey.KEYS_SK) > 0
                  ? page(partition, last)
                  : Plan.done(page);
            });
  }

  private <T> Plan<Part<T>> open(
      UserKeys keys,
      Reads.ItemPage page,
      BiFunction<UserKeys, Item, CredentialRow> opener,
      java.util.function.Function<CredentialRow, T> view) {
    List<Item> rows =
        page.items().stream().filter(item -> !isKeysOrProfile(item.key().sk())).toList();
    return access
        .<List<CredentialRow>>covering(
            keys,
            generations(keys.user(), rows),
            covering -> Plan.done(openRows(covering, rows, opener, env.now())))
        .map(opened -> new Part<>(opened.stream().map(view).toList(), page.lastSortKey()));
  }

  /** Opens rows of credentials, passing over forwarding rows and what has expired. */
  static List<CredentialRow> openRows(
      UserKeys keys,
      List<Item> rows,
      BiFunction<UserKeys, Item, CredentialRow> opener,
      Instant now) {
    List<CredentialRow> opened = new ArrayList<>();
    for (Item row : rows) {
      if (!row.key().isCredential()) {
        throw new TamperedItemException(Describe.row(keys.user(), row.key()));
      }
      if (row.isForwarding()) {
        CredentialRow.target(keys, row);
      } else {
        CredentialRow credential = opener.apply(keys, row);
        if (!credential.isExpired(now)) {
          opened.add(credential);
        }
      }
    }
    return opened;
  }

  /** The generations that rows were sealed under, each with the description of the first row. */
  static Map<Integer, String> generations(UserId user, List<Item> rows) {
    Map<Integer, String> generations = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.key().isCredential() && !row.isForwarding())
        .forEach(
            row ->
                generations.putIfAbsent(
                    CredentialRow.generation(user, row), Describe.row(user, row.key())));
    return generations;
  }

  private static @Nullable Item keysItem(Reads.ItemPage page) {
    return page.items().stream()
        .filter(item -> item.key().sk().equals(ItemKey.KEYS_SK))
        .findFirst()
        .orElse(null);
  }

  private static boolean isKeysOrProfile(String sortKey) {
    return sortKey.equals(ItemKey.KEYS_SK) || sortKey.equals(ItemKey.PROFILE_SK);
  }
}
