package io.ezypass.testkit.fake;

import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.TrashedCredential;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A credential in the trash, in the version that deleting gave it. */
record Trashed(Credential credential, Instant at, Actor by, @Nullable Instant purgeAt) {
  static Trashed of(Credential stored, Instant now, Actor by, TrashPolicy policy) {
    return new Trashed(
        new Credential(
            stored.id(), stored.owner(), stored.content(), stored.audit(), stored.version() + 1),
        now,
        by,
        policy.keptFor() == null
            ? null
            : now.plus(policy.keptFor()).truncatedTo(ChronoUnit.SECONDS));
  }

  boolean isKept(Instant now) {
    return Member.isLive(credential, now) && (purgeAt == null || purgeAt.isAfter(now));
  }

  TrashedCredential shown() {
    return new TrashedCredential(credential.summary(), at, by, purgeAt);
  }
}
