package io.ezypass.testkit.dynamodb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The broken connection behind a lost response, told apart from real ones. */
final class LostResponse extends IOException {
  private static final long serialVersionUID = 1;

  LostResponse(String operation) {
    super("Connection reset: the response of " + operation);
  }

  /** Whether this is what a failure came from. */
  static boolean caused(Throwable failure) {
    @Nullable Throwable cause = failure;
    while (cause != null && !(cause instanceof LostResponse)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
