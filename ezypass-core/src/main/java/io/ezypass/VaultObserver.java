package io.ezypass;

/**
 * Is told of every operation when it has ended: for metrics and alarms. Given to {@link
 * EzyPass.Builder#observer}.
 *
 * <p>It runs before the caller gets the result, on the thread on which the operation ended: the
 * caller's own, or for async operations whichever completes the request, the SDK's I/O threads
 * included. So it has to be fast, must not block, and is called by many threads at once.
 *
 * <p>What it throws changes no operation: it is caught, and logged once as a warning by its type.
 */
@FunctionalInterface
public interface VaultObserver {
  /**
   * Takes note of an operation.
   *
   * @param event what it was, how it ended and what it took
   */
  void ended(OperationEvent event);
}
