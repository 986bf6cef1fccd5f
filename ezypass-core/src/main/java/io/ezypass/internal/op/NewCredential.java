package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/**
 * A new credential, sealed, with all that is written along with it: the one place that says so, for
 * one alone and for many.
 */
record NewCredential(
    Transition transition, CredentialSealer.SealedCredential sealed, Satellites satellites) {

  /** Seals one of many, however large it is; what leaves the event is written beside them. */
  static Plan<NewCredential> seal(
      Environment env, Table table, UserKeys keys, CredentialContent content, Audit audit) {
    CredentialId id = new CredentialSealer(env).newId(keys, content, audit);
    return seal(env, table, keys, id, content, audit, AuditRow.none());
  }

  /** Seals it under an id of its own, however large it is, with the event that it leaves. */
  static Plan<NewCredential> seal(
      Environment env, KeyAccess access, UserKeys keys, CredentialContent content, Audit audit) {
    CredentialId id = new CredentialSealer(env).newId(keys, content, audit);
    return new AuditTrail(env, access)
        .next(keys, audit.createdBy(), Action.ADD, id, 1)
        .then(event -> seal(env, access.table(), keys, id, content, audit, event));
  }

  private static Plan<NewCredential> seal(
      Environment env,
      Table table,
      UserKeys keys,
      CredentialId id,
      CredentialContent content,
      Audit audit,
      AuditRow event) {
    CredentialSealer sealer = new CredentialSealer(env);
    CredentialSealer.Next next = CredentialSealer.Next.first(content, audit);
    Transition transition = new Transition(keys, id, null, next);
    return Satellites.of(env, table, transition, null, event)
        .map(
            satellites -> {
              CredentialSealer.SealedCredential sealed =
                  sealer.sealAnySize(keys, id, next, satellites);
              return new NewCredential(transition, sealed, satellites);
            });
  }

  CredentialId id() {
    return transition.id();
  }

  /** Its own row. */
  Item item() {
    return sealed.item();
  }

  /** What its own row was sealed with. */
  Header header() {
    return sealed.header();
  }

  /** Whether it is no larger than a credential may be. */
  boolean fits() {
    return item().size() <= CredentialSealer.MAX_LIVE;
  }

  /** Puts it into a transaction, on the condition that nothing stands in its place. */
  Transaction.Handle into(Transaction tx) {
    Transaction.Handle row = tx.put(item(), Condition.absent());
    satellites.into(tx);
    return row;
  }

  /** As its caller gets it. */
  Credential credential() {
    CredentialSealer.Next next = transition.next();
    UserId owner = transition.keys().user();
    return new Credential(id(), owner, next.content(), next.audit(), 1);
  }

  /** Shows the id only. */
  @Override
  public String toString() {
    return "NewCredential[" + id() + "]";
  }
}
