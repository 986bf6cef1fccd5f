package io.ezypass;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One operation that has ended: how, and what it took. Nothing in it tells whose vault it was or
 * what is in it, so all of it may go into a metric. {@code operation} and {@code outcome}, and the
 * keys of both maps, have few values each and may be tags.
 *
 * <p>Each call of a method is one operation, with these exceptions. A stream or publisher is one
 * for each part of up to a megabyte that it reads. A job of {@link io.ezypass.admin.VaultAdmin} is
 * one for each user and for each page of users. A refresh of cached keys in the background is an
 * operation of its own, {@code "refresh keys"}. A call whose arguments are refused before anything
 * is sent is none.
 *
 * <p>Figures are those of the requests that the library made. What a request consumed is known only
 * from its answer: a refused condition and a lost answer consume capacity that is not in here.
 *
 * @param operation which one, such as {@code "add"} or {@code "find user by key"}: the name of the
 *     method in words, and for the parts of a job what the part is
 * @param outcome how it ended
 * @param elapsed from the call to its end, pauses and the wait for somebody else's load of keys
 *     included; also the time in which the process was suspended
 * @param requests requests to DynamoDB by AWS's operation name; one that the SDK sent several times
 *     counts once
 * @param kmsCalls calls to KMS, likewise
 * @param readUnits read capacity units that DynamoDB says were consumed
 * @param writeUnits write capacity units that DynamoDB says were consumed
 * @param keyCacheHits how often keys came out of the key cache, a user's or the table's
 * @param keyLoads how often it loaded keys that were not cached, or too old
 * @param joinedKeyLoads how often it waited for keys that another operation was loading already
 * @param retries attempts beyond the first: those of the SDK, and the rounds that the library began
 *     again after a collision, a conflict, a lost answer or keys left unprocessed. Those of the SDK
 *     before a success are only seen if the client tells its configuration, as AWS's own do
 * @param reconciledWrites writes that had taken effect although their answer was lost, and that the
 *     library recognised as its own
 */
public record OperationEvent(
    String operation,
    Outcome outcome,
    Duration elapsed,
    Map<String, Integer> requests,
    Map<String, Integer> kmsCalls,
    double readUnits,
    double writeUnits,
    int keyCacheHits,
    int keyLoads,
    int joinedKeyLoads,
    int retries,
    int reconciledWrites) {

  /** How an operation ended. Each failure stands for the exception that its caller got. */
  public enum Outcome {
    /** It did what it was to do. */
    SUCCESS,
    /**
     * {@code UserNotFoundException}, {@code CredentialNotFoundException} or {@code
     * RevisionNotFoundException}.
     */
    NOT_FOUND,
    /**
     * {@code AlreadyExistsException}, {@code AlreadySharedException}, or {@code
     * BatchMismatchException}.
     */
    ALREADY_EXISTS,
    /** {@code VersionConflictException}. */
    VERSION_CONFLICT,
    /** {@code WriteOutcomeUnknownException}: whether it was written is to be resolved. */
    OUTCOME_UNKNOWN,
    /** {@code TamperedItemException}: somebody else writes to the table. */
    TAMPERED,
    /** {@code UnsupportedFormatException}. */
    UNSUPPORTED_FORMAT,
    /** {@code NotInitialisedException}. */
    NOT_INITIALISED,
    /** {@code KeyUnavailableException}, {@code DENIED}. */
    KEY_DENIED,
    /** {@code KeyUnavailableException}, {@code REVOKED}. */
    KEY_REVOKED,
    /** {@code KeyUnavailableException}, {@code THROTTLED}. */
    KEY_THROTTLED,
    /** {@code KeyUnavailableException}, {@code UNREACHABLE}. */
    KEY_UNREACHABLE,
    /** {@code KeyUnavailableException}, {@code NOT_ACCEPTED}. */
    KEY_NOT_ACCEPTED,
    /** {@code StorageUnavailableException}, {@code THROTTLED}. */
    STORAGE_THROTTLED,
    /** {@code StorageUnavailableException}, {@code UNREACHABLE}. */
    STORAGE_UNREACHABLE,
    /** {@code StorageUnavailableException}, {@code REFUSED}. */
    STORAGE_REFUSED,
    /** {@code InvalidPageTokenException}. */
    INVALID_PAGE_TOKEN,
    /** {@code LimitExceededException}. */
    LIMIT_EXCEEDED,
    /** {@code IllegalArgumentException}, of what only showed while it ran. */
    INVALID_ARGUMENT,
    /** Its thread was interrupted, or its future was completed by somebody else. */
    CANCELLED,
    /** Anything else, such as what the function given to {@code edit} throws. */
    FAILED
  }

  /**
   * Copies the maps, which are in the order of their keys then.
   *
   * @throws IllegalArgumentException naming what is null
   */
  public OperationEvent {
    present("operation", operation);
    present("outcome", outcome);
    present("elapsed", elapsed);
    requests = Collections.unmodifiableMap(new TreeMap<>(present("requests", requests)));
    kmsCalls = Collections.unmodifiableMap(new TreeMap<>(present("kmsCalls", kmsCalls)));
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    return value;
  }
}
