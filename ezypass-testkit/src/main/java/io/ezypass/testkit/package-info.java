/**
 * Everything that a service needs to test its use of EzyPass without an AWS account.
 *
 * <pre>
 * fake       an in-memory vault, for unit tests
 * junit      a JUnit extension that injects a repository
 * contract   every promise of the repositories as a suite, to be run on any implementation
 * tamper     damaged, swapped and copied items, each of which has to be refused, as a suite
 * dynamodb   DynamoDB Local in this JVM, faults, counting of requests
 * kms        an AWS KMS in this JVM that really encrypts
 * </pre>
 *
 * <p>Nothing in here prints to the console, writes a file into the working directory or keeps a JVM
 * alive.
 */
@NullMarked
package io.ezypass.testkit;

import org.jspecify.annotations.NullMarked;
