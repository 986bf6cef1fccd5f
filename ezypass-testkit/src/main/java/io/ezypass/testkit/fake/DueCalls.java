package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on the due list, written once for both twins. */
final class DueCalls {
  private final Table table;

  DueCalls(Table table) {
    this.table = table;
  }

  Supplier<Page<DueCredential>> list(LocalDate rotateBy, PageRequest page) {
    present("rotateBy", rotateBy);
    present("page", page);
    return () ->
        table.call(
            () ->
                table.page("due " + rotateBy, page, last -> dueAfter(rotateBy, last), due -> due));
  }

  Supplier<Optional<CredentialSummary>> check(DueCredential due) {
    present("due", due);
    return () ->
        table.call(
            () ->
                Optional.ofNullable(
                        table.member(due.owner()).credentials.get(due.credential().value()))
                    .filter(credential -> isDue(credential, due.rotateBy(), table.now()))
                    .map(Credential::summary));
  }

  private Map<String, DueCredential> dueAfter(LocalDate day, @Nullable String last) {
    Instant now = table.now();
    TreeMap<String, DueCredential> due = new TreeMap<>();
    for (Member member : table.members.values()) {
      for (Credential credential : member.credentials.values()) {
        if (isDue(credential, day, now)) {
          due.put(
              credential.owner() + "#" + credential.id(),
              new DueCredential(credential.owner(), credential.id(), day));
        }
      }
    }
    return last == null ? due : due.tailMap(last, false);
  }

  private static boolean isDue(Credential credential, LocalDate day, Instant now) {
    return day.equals(credential.content().meta().rotateBy()) && Member.isLive(credential, now);
  }
}
