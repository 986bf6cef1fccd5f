package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import java.util.List;

/**
 * A new credential, sealed, with all that is written along with it: the one place that says so, for
 * one alone and for many.
 *
 * @param header what it was sealed with
 */
record NewCredential(CredentialId id, Item item, Header header) {
  /** How many actions of a transaction it takes. */
  static final int ACTIONS = 1;

  /** Seals it under an id of its own, however large it is. */
  static NewCredential seal(
      Environment env, UserKeys keys, CredentialContent content, Audit audit) {
    CredentialSealer sealer = new CredentialSealer(env);
    CredentialId id = sealer.newId(keys, content, audit);
    CredentialSealer.SealedCredential sealed =
        sealer.sealAnySize(keys, id, content, audit, 1, List.of());
    return new NewCredential(id, sealed.item(), sealed.header());
  }

  /** How large what is written is, as DynamoDB counts it. */
  long size() {
    return item.size();
  }

  /** Puts it into a transaction, on the condition that nothing stands in its place. */
  Transaction.Handle into(Transaction transaction) {
    return transaction.put(item, Condition.absent());
  }

  /** Shows the id only. */
  @Override
  public String toString() {
    return "NewCredential[" + id + "]";
  }
}
