package io.ezypass.examples.quickstart;

import io.ezypass.model.CredentialSummary;
import io.ezypass.model.VaultUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as DynamoDB has them, and beside each what the application sees of it. Rows
 * of other users, who may be there from earlier runs, are left out.
 */
final class TableView {
  /** A large vault is shown by its first and last rows. */
  private static final int FIRST = 14;

  private static final int LAST = 2;

  private static final String LEGEND =
      "sealed, sizes in bytes: m what lists show, s secrets; w a key, wrapped by KMS; v version";

  private final Set<String> users = new HashSet<>();
  private final Map<String, String> seen = new HashMap<>();

  /** Adds what the application sees of one user. */
  void add(VaultUser user, List<CredentialSummary> vault) {
    users.add(user.id().value());
    String pk = "U#" + user.id();
    seen.put(pk + "PROFILE", profile(user));
    for (CredentialSummary c : vault) {
      // A credential's id is how its sort key ends, for as long as its website does not change.
      seen.put(pk + "CRED#" + c.id(), credential(c));
    }
  }

  /**
   * Puts the two side by side.
   *
   * @param rendered what {@code TableInspector.render()} gave: partition keys, and below each its
   *     rows, indented
   */
  List<String> lines(String rendered) {
    List<String> lines = new ArrayList<>();
    lines.add(beside("DynamoDB sees", "the application sees"));
    for (String collection : rendered.split("\n(?=\\S)", -1)) {
      List<String> rows = collection.lines().toList();
      String pk = rows.get(0);
      List<String> ours =
          rows.stream().skip(1).filter(row -> isOurs(pk, row)).map(row -> line(pk, row)).toList();
      if (!ours.isEmpty()) {
        lines.add(beside(pk, ""));
        lines.addAll(withoutMiddle(ours));
      }
    }
    lines.add(LEGEND);
    return lines;
  }

  private boolean isOurs(String pk, String row) {
    return pk.equals("TABLE") || users.stream().anyMatch((pk + row)::contains);
  }

  private String line(String pk, String row) {
    String[] skAndRest = row.strip().split(" +", 2);
    String attributes =
        skAndRest[1].replaceAll("<(\\d+) bytes>", "$1").replaceAll("arn:\\S+", "arn..");
    return beside(
        String.format("  %-7s %s", skAndRest[0], attributes),
        seen.getOrDefault(pk + skAndRest[0], ""));
  }

  private static List<String> withoutMiddle(List<String> rows) {
    int left = rows.size() - FIRST - LAST;
    if (left <= 0) {
      return rows;
    }
    List<String> some = new ArrayList<>(rows.subList(0, FIRST));
    some.add(beside("  .. and " + left + " more", ""));
    some.addAll(rows.subList(FIRST + left, rows.size()));
    return some;
  }

  private static String profile(VaultUser user) {
    return String.format("%-37s v%d", cut(user.email(), 37), user.version());
  }

  private static String credential(CredentialSummary c) {
    String website = cut(c.website().value(), 21);
    return String.format("%-21s %-15s v%d", website, cut(c.login(), 15), c.version());
  }

  private static String beside(String left, String right) {
    return String.format("%-57s | %s", cut(left, 57), right).stripTrailing();
  }

  private static String cut(@Nullable String text, int max) {
    String whole = Objects.requireNonNullElse(text, "");
    return whole.codePointCount(0, whole.length()) <= max
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, max - 2)) + "..";
  }
}
