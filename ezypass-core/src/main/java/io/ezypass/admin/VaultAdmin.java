package io.ezypass.admin;

import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;

/**
 * Sets the table up and looks after it. Separate from the repositories since it needs other IAM
 * permissions: give them to a deployment job, not to the service.
 *
 * <p>Fails as {@link io.ezypass.VaultRepository} does. Thread safe.
 */
public interface VaultAdmin {
  /**
   * Creates the table with on-demand billing and TTL, and waits until it can be used, at most five
   * minutes. A table that is there already is left as it is. Costs CreateTable, DescribeTable until
   * it is active, UpdateTimeToLive, UpdateContinuousBackups where asked for, and a {@link #check}.
   *
   * @param options what else it shall have
   * @return what is wrong with it now
   */
  TableCheck createTable(TableOptions options);

  /**
   * Compares the table with what the library needs, so that CloudFormation or Terraform may create
   * it. Costs DescribeTable, DescribeTimeToLive and GetItem.
   *
   * @return what is wrong with it
   */
  TableCheck check();

  /**
   * Writes the root: the table id and the wrapped lookup key. To be called once for a new table;
   * calling it again, also from several processes at once, gives the id that is there. Costs 1
   * GetItem; for a new table 1 KMS call and 1 PutItem more. Never do this to a table whose root was
   * lost: a new root would orphan every vault, restore the old one instead.
   *
   * @return the table's id, for pinning in the configuration
   */
  TableId initialise();

  /**
   * Lists users whose deletion was begun and is not final; {@code deleteUser} resumes it. Costs as
   * {@code listUsers}.
   *
   * @param page which page
   * @return ids and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<UserId> unfinishedDeletions(PageRequest page);
}
