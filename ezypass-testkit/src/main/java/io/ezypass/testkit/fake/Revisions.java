package io.ezypass.testkit.fake;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Revision;
import io.ezypass.model.RevisionPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kept versions of one credential, newest first. Not changed once made. */
record Revisions(List<Kept> kept) {
  static final Revisions NONE = new Revisions(List.of());

  /** One of them, with secrets that nobody else holds. */
  record Kept(Credential credential, @Nullable Instant until) {
    Revision shown() {
      return new Revision(credential.summary(), until);
    }
  }

  /** Those that are left now. */
  Revisions at(Instant now) {
    return new Revisions(
        kept.stream().filter(k -> k.until() == null || k.until().isAfter(now)).toList());
  }

  /** Those after a change of what was stored into another content. */
  Revisions after(Credential stored, CredentialContent next, RevisionPolicy policy, Instant now) {
    boolean keeps =
        switch (policy.what()) {
          case NOTHING -> false;
          case SECRET_CHANGES -> !stored.content().secrets().equals(next.secrets());
          case EVERYTHING -> true;
        };
    List<Kept> all = new ArrayList<>();
    if (keeps) {
      Instant until =
          policy.keptFor() == null
              ? null
              : now.plus(policy.keptFor()).truncatedTo(ChronoUnit.SECONDS);
      all.add(new Kept(stored, until));
    }
    all.addAll(at(now).kept());
    return new Revisions(List.copyOf(all.subList(0, Math.min(all.size(), policy.limit()))));
  }

  /** One of them; null if it is not kept. */
  @Nullable Credential version(long version) {
    return kept.stream()
        .map(Kept::credential)
        .filter(credential -> credential.version() == version)
        .findFirst()
        .orElse(null);
  }
}
