package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The operations on the history of one vault, written once for both twins. */
final class HistoryCalls {
  private final Table table;
  private final VaultCalls vault;
  private final UserId owner;

  HistoryCalls(Table table, VaultCalls vault, UserId owner) {
    this.table = table;
    this.vault = vault;
    this.owner = owner;
  }

  Supplier<List<Revision>> list(CredentialId id) {
    present("id", id);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              member.live(id, table.now());
              return member.revisions(id).at(table.now()).kept().stream()
                  .map(Revisions.Kept::shown)
                  .toList();
            });
  }

  Supplier<Credential> get(CredentialId id, long version) {
    present("id", id);
    Arguments.version("version", version);
    return () -> table.call(() -> Member.copy(version(id, version)));
  }

  Supplier<Set<ContentField>> compare(CredentialId id, long version, long other) {
    present("id", id);
    Arguments.version("version", version);
    Arguments.version("other", other);
    return () ->
        table.call(
            () ->
                ContentField.differing(
                    version(id, version).content(), version(id, other).content()));
  }

  Supplier<Credential> revert(CredentialId id, long seenVersion, long toVersion) {
    present("id", id);
    Arguments.version(seenVersion);
    Arguments.version("toVersion", toVersion);
    return vault.change(
        id,
        seenVersion,
        Action.REVERT,
        stored -> {
          if (toVersion == stored.version()) {
            throw new RevisionNotFoundException(owner, id, toVersion);
          }
          CredentialContent content = version(id, toVersion).content();
          Arguments.inFuture("expiresAt", content.meta().expiresAt(), table.now());
          return Member.copy(content);
        });
  }

  private Credential version(CredentialId id, long version) {
    Instant now = table.now();
    Member member = table.member(owner);
    Credential current = member.live(id, now);
    Credential found =
        version == current.version() ? current : member.revisions(id).at(now).version(version);
    if (found == null) {
      throw new RevisionNotFoundException(owner, id, version);
    }
    return found;
  }
}
