/**
 * An AWS KMS in this process.
 *
 * <pre>
 * FakeKms               what a test holds: keys, aliases, permissions, failures, recorded calls
 * ├─ KmsClients         the SDK's client interfaces
 * │  └─ KmsBackend      finds the operation for a request
 * │     ├─ CallControl  records, holds and fails calls          KmsCall, KmsGate, KmsErrors
 * │     └─ KmsOperations  what AWS does with a request          CiphertextBlob, EncryptionContext
 * └─ Keyring            keys and aliases                        KmsKey, NewKeys
 * </pre>
 */
@NullMarked
package io.ezypass.testkit.kms;

import org.jspecify.annotations.NullMarked;
