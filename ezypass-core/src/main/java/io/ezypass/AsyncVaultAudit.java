package io.ezypass;

import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link VaultAudit}: the same promises, costs and failures, method by method.
 * Bad arguments are thrown at once; every other failure completes the future.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultAudit {
  /**
   * Lists one page, newest first. See {@link VaultAudit#list}.
   *
   * @param range which part of the trail
   * @param page which page
   * @return the events, and the token of the next page; a page may be empty and have a token
   */
  CompletableFuture<Page<AuditEvent>> list(AuditRange range, PageRequest page);
}
