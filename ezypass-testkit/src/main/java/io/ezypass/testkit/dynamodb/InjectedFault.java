package io.ezypass.testkit.dynamodb;

/**
 * One fault that {@link Faults} has injected.
 *
 * @param call which API call, counted from 1 over all clients of the faults
 * @param attempt which attempt of it, counted from 1; 0 for a fault of the call as a whole
 * @param operation the operation's name, such as {@code PutItem}
 * @param fault what was done to it
 */
public record InjectedFault(int call, int attempt, String operation, Fault fault) {}
