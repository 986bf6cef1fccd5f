package io.ezypass.internal.op;

import io.ezypass.BatchRead;
import io.ezypass.error.VaultException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads many credentials whole: 1 BatchGetItem for 100 of them, and one more for those that have
 * moved; GetItem and 1 KMS call more cold.
 */
public final class GetCredentials {
  private final KeyAccess access;
  private final CurrentCredentials current;

  /** The use case. */
  public GetCredentials(Environment env, KeyAccess access) {
    this.access = access;
    this.current = new CurrentCredentials(env, access);
  }

  /** The plan. An id that is asked for twice is read once, and given twice. */
  public Plan<List<BatchRead>> plan(UserId owner, List<CredentialId> ids) {
    return new Run(owner, ids).next(0);
  }

  private final class Run {
    private final UserId owner;
    private final List<CredentialId> asked;
    private final List<CredentialId> distinct;
    private final Map<CredentialId, BatchRead> read = new HashMap<>();

    Run(UserId owner, List<CredentialId> ids) {
      this.owner = owner;
      this.asked = ids;
      this.distinct = List.copyOf(new LinkedHashSet<>(ids));
    }

    Plan<List<BatchRead>> next(int from) {
      if (from == distinct.size()) {
        return Plan.done(inOrder());
      }
      int to = Math.min(distinct.size(), from + CurrentCredentials.AT_ONCE);
      return new Plan.Attempt<>(
          access.keys(
              owner,
              keys -> current.plan(keys, distinct.subList(from, to), CredentialRow::openWhole)),
          looks -> {
            looks.forEach((id, look) -> read.put(id, read(id, look)));
            return next(to);
          },
          failure -> {
            if (from == 0 || !(failure instanceof VaultException known)) {
              throw failure;
            }
            distinct.forEach(id -> read.putIfAbsent(id, new BatchRead(id, null, known)));
            return Plan.done(inOrder());
          });
    }

    private BatchRead read(CredentialId id, CurrentCredentials.Look look) {
      return new BatchRead(
          id, look.found() == null ? null : look.found().row().credential(), look.failure());
    }

    /** As asked for; each with secrets of its own. */
    private List<BatchRead> inOrder() {
      List<BatchRead> all = new ArrayList<>(asked.size());
      LinkedHashSet<CredentialId> given = new LinkedHashSet<>();
      for (CredentialId id : asked) {
        BatchRead one = read.get(id);
        if (one == null) {
          throw new IllegalStateException("every id that was asked for was looked for");
        }
        all.add(given.add(id) ? one : copy(one));
      }
      return List.copyOf(all);
    }

    private BatchRead copy(BatchRead from) {
      Credential credential = from.credential();
      return credential == null
          ? from
          : new BatchRead(
              from.id(),
              new Credential(
                  credential.id(),
                  credential.owner(),
                  CredentialSealer.copy(credential.content()),
                  credential.audit(),
                  credential.version()),
              null);
    }
  }
}
