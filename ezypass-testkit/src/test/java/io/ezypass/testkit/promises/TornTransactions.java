package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Restores every mix of old and new rows of an operation that writes several, and repairs it.
 *
 * @param image the table before the operation
 */
record TornTransactions(RepairScene scene, List<Map<String, AttributeValue>> image) {
  /** What is reported, and makes no call fail but reading that version. */
  private static final Set<Kind> HARMLESS = Set.of(Kind.REVISION_MISSING, Kind.REVISION_ORPHANED);

  private record Row(String pk, String sk) {
    static Row of(Map<String, AttributeValue> item) {
      return new Row(item.get("pk").s(), item.get("sk").s());
    }
  }

  /**
   * An operation.
   *
   * @param users whose rows are the whole table, so that every mix takes few requests
   * @param rows how many rows it writes
   */
  record Operation(String name, Set<UserId> users, int rows, Consumer<RepairScene> does) {
    Operation(String name, UserId user, int rows, Consumer<RepairScene> does) {
      this(name, Set.of(user), rows, does);
    }
  }

  void everyMix(Operation operation) {
    List<Map<String, AttributeValue>> table =
        image.stream()
            .filter(item -> operation.users().stream().anyMatch(user -> isOf(user, item)))
            // One who is alone has nobody to share with.
            .filter(item -> operation.users().size() > 1 || !isGrant(item))
            .toList();
    scene.restore(table);
    operation.does().accept(scene);
    Map<Row, Map<String, AttributeValue>> before = byRow(table);
    Map<Row, Map<String, AttributeValue>> after = byRow(scene.inspector.items());
    Set<Row> rows = new LinkedHashSet<>(before.keySet());
    rows.addAll(after.keySet());
    List<Row> changed =
        rows.stream()
            .filter(row -> !before.getOrDefault(row, Map.of()).equals(after.get(row)))
            .sorted(Comparator.comparing(Row::toString))
            .toList();
    assertThat(changed).hasSize(operation.rows());
    for (int mask = 0; mask < 1 << changed.size(); mask++) {
      Map<Row, Map<String, AttributeValue>> mix = new HashMap<>(before);
      for (int i = 0; i < changed.size(); i++) {
        if ((mask >> i & 1) == 1) {
          Row row = changed.get(i);
          mix.remove(row);
          if (after.containsKey(row)) {
            mix.put(row, after.get(row));
          }
        }
      }
      scene.restore(mix.values());
      boolean whole = mask == 0 || mask == (1 << changed.size()) - 1;
      check(whole, new ArrayList<>(mix.values()), operation.name() + ", mix " + mask);
    }
  }

  private void check(boolean whole, List<Map<String, AttributeValue>> mix, String what) {
    List<Finding> findings = scene.repairs();

    if (whole) {
      assertThat(findings).as(what).isEmpty();
    }
    List<Finding> reports =
        findings.stream().filter(finding -> finding.outcome() == Finding.Outcome.REPORTED).toList();
    Set<UserId> reported =
        reports.stream()
            .filter(finding -> !HARMLESS.contains(finding.kind()))
            .map(Finding::user)
            .collect(Collectors.toSet());
    List<Map<String, AttributeValue>> now = scene.inspector.items();
    assertThat(highest(now)).as(what).isEqualTo(highest(mix));
    assertThat(sealed(mix))
        .as("%s: no other version comes into being", what)
        .containsAll(sealed(now));
    List<String> seen = scene.seen(reported);
    assertThat(seen).as(what).noneMatch(String::isBlank);
    Set<String> listed =
        now.stream()
            .filter(item -> item.get("pk").s().startsWith("USERS#"))
            .map(item -> item.get("sk").s())
            .collect(Collectors.toSet());
    assertThat(now)
        .as("%s: no claim without a user", what)
        .filteredOn(item -> item.get("sk").s().equals("CLAIM"))
        .filteredOn(item -> !reported.contains(UserId.of(item.get("u").s())))
        .allMatch(item -> listed.contains(item.get("u").s()));
    if (reports.stream().allMatch(finding -> finding.kind() == Kind.REVISION_MISSING)) {
      unnamed(now).forEach(scene::remove);
      scene.deletesEverything();
    }
  }

  /** Rows of the due list that no credential names: without a scan there is no way to them. */
  private static List<Map<String, AttributeValue>> unnamed(
      List<Map<String, AttributeValue>> items) {
    Set<Row> named = new HashSet<>();
    for (Map<String, AttributeValue> item : items) {
      if (item.containsKey("q")) {
        byte[] tag = item.get("q").b().asByteArray();
        String sk = item.get("sk").s();
        named.add(
            new Row(
                "DUE#" + Base64.getUrlEncoder().withoutPadding().encodeToString(tag),
                item.get("pk").s().substring(2) + "#" + sk.substring(sk.length() - 16)));
      }
    }
    return items.stream()
        .filter(item -> item.get("pk").s().startsWith("DUE#") && !named.contains(Row.of(item)))
        .toList();
  }

  private static boolean isGrant(Map<String, AttributeValue> item) {
    return item.get("sk").s().startsWith("SHARE");
  }

  private static boolean isOf(UserId user, Map<String, AttributeValue> item) {
    AttributeValue holder = item.get("u");
    return item.get("pk").s().equals("TABLE")
        || item.get("pk").s().equals("U#" + user)
        || item.get("sk").s().equals(user.value())
        || item.get("sk").s().startsWith(user + "#")
        || (holder != null && holder.s().equals(user.value()));
  }

  /** The highest version of each credential, live or in the trash, by its rand. */
  private static Map<String, Long> highest(List<Map<String, AttributeValue>> items) {
    Map<String, Long> versions = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      String sk = item.get("sk").s();
      if (item.containsKey("v") && (sk.startsWith("CRED#") || sk.startsWith("TRASH#"))) {
        String rand = sk.substring(sk.length() - 16);
        versions.merge(rand, Long.parseLong(item.get("v").n()), Math::max);
      }
    }
    return versions;
  }

  private static Set<Object> sealed(List<Map<String, AttributeValue>> items) {
    Set<Object> parts = new HashSet<>();
    for (Map<String, AttributeValue> item : items) {
      if (item.containsKey("h")) {
        // The first grant seals the row once more, in the same version and of the same write.
        List<Byte> operation = new ArrayList<>();
        for (int i = 4; i < 20; i++) {
          operation.add(item.get("h").b().asByteArray()[i]);
        }
        parts.add(List.of(item.get("sk"), item.get("v"), operation));
      }
    }
    return parts;
  }

  private static Map<Row, Map<String, AttributeValue>> byRow(
      List<Map<String, AttributeValue>> items) {
    return items.stream().collect(Collectors.toMap(Row::of, item -> item));
  }
}
