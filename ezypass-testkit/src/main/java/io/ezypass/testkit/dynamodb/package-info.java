/**
 * DynamoDB for tests.
 *
 * <pre>
 * DynamoDbLocal   one in-process DynamoDB Local server per JVM
 * Faults          seeded, replayable faults for its clients     Fault, InjectedFault
 * CallCounter     counts the requests that a client sends
 * </pre>
 */
@NullMarked
package io.ezypass.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
