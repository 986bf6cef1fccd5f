package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/** Reads a credential whole; costs as {@link CurrentCredential}. */
public final class GetCredential {
  private final CurrentCredential current;

  /** The use case. */
  public GetCredential(Environment env, KeyAccess access) {
    this.current = new CurrentCredential(env, access);
  }

  /** The plan. */
  public Plan<Credential> plan(UserId owner, CredentialId id) {
    return current.whole(owner, id).map(found -> found.row().credential());
  }
}
